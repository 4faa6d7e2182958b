"""Records read as a table: formats, headings, units, and every fault told and counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from duban.errors import InputError
from duban.measures.data import Data, open_data
from duban.measures.pack import read

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.pack import Pack
    from tests.measures.conftest import Records


def rows(data: Data, table: str = "requests") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        data.table(table).order_by(data.pack.tables[table].key).to_pyarrow().to_pylist()
    )
    return found


def messages(data: Data) -> list[str]:
    return [issue.message("en") for issue in data.issues]


EXPECTED = [
    {"number": "1", "place": "甲市", "received": date(2024, 3, 1), "settled": date(2024, 3, 5)},
    {"number": "2", "place": "乙县", "received": date(2024, 3, 2), "settled": None},
]


def as_csv(folder: Path) -> None:
    (folder / "requests.csv").write_text(
        "工单编号,区县,受理时间,办结时间\n1,甲市,2024-03-01,2024/3/5\n2,乙县,20240302,\n", encoding="utf-8"
    )


def as_gb18030(folder: Path) -> None:
    (folder / "requests.csv").write_text(
        "工单编号,区县,受理时间,办结时间\n1,甲市,2024年3月1日,2024.3.5\n2,乙县,2024-03-02,—\n",
        encoding="gb18030",
    )


def as_workbook(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工单编号", "区县", "受理时间", "办结时间"])
    sheet.append([1, " 甲市 ", date(2024, 3, 1), "2024-03-05"])
    sheet.append([2, "乙县", "2024-03-02", None])
    book.save(folder / "requests.xlsx")


def as_parquet(folder: Path) -> None:
    table = pa.table(
        {
            "number": ["1", "2"],
            "place": ["甲市", "乙县"],
            "received": [date(2024, 3, 1), date(2024, 3, 2)],
            "settled": pa.array([date(2024, 3, 5), None], pa.date32()),
        }
    )
    pq.write_table(table, folder / "requests.parquet")


def as_folder(folder: Path) -> None:
    (folder / "requests").mkdir()
    (folder / "requests" / "a.csv").write_text(
        "number,place,received,settled\n1,甲市,2024-03-01,2024-03-05\n", encoding="utf-8"
    )
    (folder / "requests" / "b.csv").write_text(
        "settled,number,place,received\n,2,乙县,2024-03-02\n", encoding="utf-8"
    )


@pytest.mark.parametrize("write", [as_csv, as_gb18030, as_workbook, as_parquet, as_folder])
def test_every_format_gives_the_same_records(write: Any, hotline: Pack, tmp_path: Path) -> None:
    write(tmp_path)
    with open_data(hotline, tmp_path) as data:
        assert rows(data) == EXPECTED
        assert messages(data) == []


def test_a_database_gives_the_same_records(hotline: Pack, tmp_path: Path) -> None:
    path = tmp_path / "records.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE requests (number TEXT, place TEXT, received DATE, settled DATE)")
        connection.execute(
            "INSERT INTO requests VALUES ('1', '甲市', '2024-03-01', '2024-03-05'), ('2', '乙县', '2024-03-02', NULL)"
        )
    with open_data(hotline, path) as data:
        assert rows(data) == EXPECTED


def test_headings_of_ones_own_are_declared(hotline: Pack, records: Records) -> None:
    folder = records(
        "1,甲市,2024-03-01,", headings="号,place,received,settled", requests="columns: {号: number}\n"
    )
    with open_data(hotline, folder) as data:
        assert [each["number"] for each in rows(data)] == ["1"]


@pytest.mark.parametrize(
    ("lines", "used", "issues"),
    [
        pytest.param(
            ["1,甲市,2024-03-01,", ",甲市,2024-03-02,"], 1,
            ["requests.csv, row 3: “number” is missing; the rows are set aside (1×). To do: add it and read the file again"],
            id="no key",
        ),
        pytest.param(
            ["1,甲市,三月一日,", "2,甲市,2024-03-01,"], 1,
            ["requests.csv, row 2: “received” is missing; the rows are set aside (1×). To do: add it and read the file again"],
            id="a required day that cannot be read",
        ),
        pytest.param(
            ["1,甲市,2024-03-01,明天", "2,甲市,2024-03-01,后天"], 2,
            ["requests.csv, row 2, 3: “settled” cannot be read as a date; taken as missing (2×). To do: mend these cells in the source"],
            id="a value that cannot be read",
        ),
        pytest.param(
            ["1,甲市,2024-03-01,", "1,甲市,2024-03-01,"], 1,
            ["requests: repeated rows, counted once (1×). To do: remove the repetitions"],
            id="the same row twice",
        ),
        pytest.param(
            ["1,甲市,2024-03-01,", "1,乙县,2024-03-01,", "2,乙县,2024-03-01,"], 1,
            ["requests: several rows have the same number and different values; all are set aside (2×). To do: leave the right one; for a correction, fill in known_since"],
            id="rows that contradict one another",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_and_counted(
    lines: list[str], used: int, issues: list[str], hotline: Pack, records: Records
) -> None:
    with open_data(hotline, records(*lines)) as data:
        assert len(rows(data)) == used
        assert (data.records["requests"].read, data.records["requests"].aside) == (
            len(lines),
            len(lines) - used,
        )
        assert messages(data) == issues


def test_a_column_that_is_not_ours_is_told(hotline: Pack, records: Records) -> None:
    folder = records("1,甲市,2024-03-01,,x", headings="number,place,received,settled,remark")
    with open_data(hotline, folder) as data:
        assert messages(data) == [
            "requests.csv: the file's column “remark” is not used. To do: if it is one of ours under another name, declare it under columns in requests.yaml"
        ]


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (
            "number,received,settled",
            r"requests\.csv: there is no column for “place” \(地区\); expected a heading such as place, 地区",
        ),
        ("number,编号,place,received,settled", "two columns, “number” and “编号”, are both number"),
    ],
)
def test_a_file_without_its_columns_is_refused(
    headings: str, message: str, hotline: Pack, records: Records
) -> None:
    with pytest.raises(InputError, match=message):
        open_data(hotline, records("1,1,1,1,1"[: 2 * headings.count(",") + 1], headings=headings))


def test_a_folder_without_the_table_is_refused(hotline: Pack, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"there is no file for the table “requests” \(诉求\); expected requests\.csv"
    ):
        open_data(hotline, tmp_path)


def test_two_sources_of_a_table_are_refused(hotline: Pack, tmp_path: Path) -> None:
    as_csv(tmp_path)
    as_parquet(tmp_path)
    with pytest.raises(InputError, match=r"more than one source: requests\.csv, requests\.parquet"):
        open_data(hotline, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("requests.parquet", b"PAR1 not", "cannot be read"),
        ("requests.xlsx", b"PK not", "the workbook cannot be read"),
        ("requests.csv", b"number\xff\xff\xff\n", "neither UTF-8 nor GB 18030"),
    ],
)
def test_a_broken_file_is_refused(
    name: str, content: bytes, message: str, hotline: Pack, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        open_data(hotline, tmp_path)


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("units: {weight: kg}\n", "“weight” is no column"),
        ("lable: end\n", "“lable” is not known here"),
    ],
)
def test_what_a_source_declares_is_checked(
    declared: str, message: str, hotline: Pack, records: Records
) -> None:
    with pytest.raises(Exception, match=message):
        open_data(hotline, records("1,甲市,2024-03-01,", requests=declared))


def test_of_a_row_known_twice_the_later_counts_and_the_earlier_can_be_had_again(
    hotline: Pack, records: Records
) -> None:
    folder = records(
        "1,甲市,2024-03-01,,2024-03-02",
        "1,甲市,2024-03-01,2024-03-09,2024-03-10",
        "2,甲市,2024-03-05,,2024-03-06",
        headings="number,place,received,settled,known_since",
    )
    settled = {}
    for day in (None, date(2024, 3, 10), date(2024, 3, 9), date(2024, 3, 5)):
        with open_data(hotline, folder, as_of=day) as data:
            settled[day] = [(each["number"], each["settled"]) for each in rows(data)]
    assert settled == {
        None: [("1", date(2024, 3, 9)), ("2", None)],
        date(2024, 3, 10): [("1", date(2024, 3, 9)), ("2", None)],
        date(2024, 3, 9): [("1", None), ("2", None)],
        date(2024, 3, 5): [("1", None)],
    }


def test_the_same_bytes_have_the_same_vintage_wherever_they_are(hotline: Pack, tmp_path: Path) -> None:
    vintages = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        as_csv(tmp_path / name)
        with open_data(hotline, tmp_path / name) as data:
            vintages.append(data.vintage)
    (tmp_path / "two" / "requests.yaml").write_text("source: 热线平台\n", encoding="utf-8")
    with open_data(hotline, tmp_path / "two") as data:
        vintages.append(data.vintage)
    assert vintages[0] == vintages[1] != vintages[2]


class TestAir:
    """Units, bounds, layouts and references, on the tables of the air pack."""

    STATIONS = "station,place\n1001A,甲市\n1002A,甲市\n"

    def folder(self, tmp_path: Path, hourly: str, **files: str) -> Path:
        (tmp_path / "stations.csv").write_text(self.STATIONS, encoding="utf-8")
        (tmp_path / "hourly.csv").write_text(hourly, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize(
        ("heading", "declared", "cell", "value"),
        [
            ("co", "", "0.9", 0.9),
            ("CO(mg/m³)", "", "0.9", 0.9),
            ("CO（μg/m3）", "", "900", 0.9),
            ("一氧化碳", "units: {co: ug/m3}\n", "900", 0.9),
            ("PM2.5(mg/m3)", "", "0.035", 35.0),
        ],
    )
    def test_units(self, heading: str, declared: str, cell: str, value: float, tmp_path: Path) -> None:
        folder = self.folder(tmp_path, f"station,time,{heading}\n1001A,2024-03-05 01:00,{cell}\n")
        if declared:
            (folder / "hourly.yaml").write_text(declared, encoding="utf-8")
        with open_data(read("air"), folder) as data:
            row = rows(data, "hourly")[0]
            assert value in {row["co"], row["pm25"]}

    def test_a_unit_that_only_the_numbers_tell_is_taken_and_told(self, tmp_path: Path) -> None:
        folder = self.folder(
            tmp_path, "station,time,co\n1001A,2024-03-05 01:00,900\n1001A,2024-03-05 02:00,700\n"
        )
        with open_data(read("air"), folder) as data:
            assert [each["co"] for each in rows(data, "hourly")] == [0.9, 0.7]
            assert "“co” has no declared unit; by its numbers it is in µg/m³" in messages(data)[0]
            assert "write units: {co: µg/m³} in hourly.yaml" in messages(data)[0]

    def test_a_value_out_of_bounds_is_set_aside_and_the_row_stays(self, tmp_path: Path) -> None:
        folder = self.folder(
            tmp_path, "station,time,pm25,no2\n1001A,2024-03-05 01:00,-5,20\n1001A,2024-03-05 02:00,9999,21\n"
        )
        with open_data(read("air"), folder) as data:
            assert [(each["pm25"], each["no2"]) for each in rows(data, "hourly")] == [
                (None, 20.0),
                (None, 21.0),
            ]
            assert [message.split(";")[0] for message in messages(data)] == [
                "hourly.csv, row 2: “pm25” is below 0 µg/m³",
                "hourly.csv, row 3: “pm25” is above 5000 µg/m³",
            ]
            assert data.records["hourly"].aside == 0

    def test_a_station_that_is_not_listed_is_set_aside(self, tmp_path: Path) -> None:
        folder = self.folder(
            tmp_path, "station,time,pm25\n1001A,2024-03-05 01:00,5\n9999A,2024-03-05 01:00,6\n"
        )
        with open_data(read("air"), folder) as data:
            assert [each["station"] for each in rows(data, "hourly")] == ["1001A"]
            assert messages(data) == [
                "hourly: “点位 9999A” is not found in 监测点位; the rows are set aside (1×). To do: add it to 监测点位"
            ]

    def test_two_readings_of_one_hour_contradict(self, tmp_path: Path) -> None:
        folder = self.folder(
            tmp_path,
            "station,time,pm25\n1001A,2024-03-05 01:00,5\n1001A,2024-03-05 01:20,6\n1001A,2024-03-05 02:00,7\n",
        )
        with open_data(read("air"), folder) as data:
            assert [each["pm25"] for each in rows(data, "hourly")] == [7.0]
            assert data.records["hourly"].aside == 2

    def test_the_platform_s_files(self, tmp_path: Path) -> None:
        (tmp_path / "stations.csv").write_text(self.STATIONS, encoding="utf-8")
        (tmp_path / "hourly").mkdir()
        for day in ("20240305", "20240306"):
            lines = ["date,hour,type,1001A,1002A"]
            for hour in (0, 1):
                lines += [
                    f"{day},{hour},AQI,50,51",
                    f"{day},{hour},PM2.5,{30 + hour},40",
                    f"{day},{hour},PM2.5_24h,99,99",
                    f"{day},{hour},CO,0.5,",
                    f"{day},{hour},O3_8h,1,1",
                ]
            (tmp_path / "hourly" / f"china_sites_{day}.csv").write_text(
                "\n".join(lines) + "\n", encoding="utf-8"
            )
        with open_data(read("air"), tmp_path) as data:
            found = [
                (each["station"], str(each["time"])[:16], each["pm25"], each["co"], each["o3"])
                for each in rows(data, "hourly")
            ]
            assert found[:3] == [
                ("1001A", "2024-03-05 00:00", 30.0, 0.5, None),
                ("1001A", "2024-03-05 01:00", 31.0, 0.5, None),
                ("1001A", "2024-03-06 00:00", 30.0, 0.5, None),
            ]
            assert found[4] == ("1002A", "2024-03-05 00:00", 40.0, None, None)
            assert len(found) == 8
            assert messages(data) == []

    def test_one_line_a_pollutant(self, tmp_path: Path) -> None:
        folder = self.folder(
            tmp_path,
            "station,time,type,value\n1001A,2024-03-05 24:00,PM2.5,30\n1001A,2024-03-05 24:00,SO2,8\n"
            "1001A,2024-03-06 01:00,PM2.5,NA\n1002A,2024-03-06 01:00,NO2,20\n1002A,2024-03-06 01:00,NO2,25\n",
        )
        with open_data(read("air"), folder) as data:
            assert [(str(each["time"]), each["pm25"], each["so2"]) for each in rows(data, "hourly")] == [
                ("2024-03-06 00:00:00", 30.0, 8.0)
            ]
            assert "several rows have the same station、time" in messages(data)[0]
