"""Values below what can be detected: how laboratories write them, and what they count as."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from duban.errors import PackError
from duban.measures.data import open_data
from duban.measures.pack import read

if TYPE_CHECKING:
    from pathlib import Path

WATER = read("water")
SECTIONS = "section,place\nA,甲市\n"


def records(folder: Path, samples: str, **more: str) -> Path:
    (folder / "sections.csv").write_text(SECTIONS, encoding="utf-8")
    (folder / "samples.csv").write_text(samples, encoding="utf-8")
    for name, text in more.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def values(folder: Path, column: str = "nh3n") -> list[float | None]:
    with open_data(WATER, folder) as data:
        rows = data.table("samples").order_by("time")
        found: list[float | None] = rows[column].to_pyarrow().to_pylist()
    return found


WRITTEN = {
    "0.3": 0.3, "1.5e-1": 0.15, "<0.08": 0.04, "＜0.08": 0.04, "小于0.08": 0.04, "0.08L": 0.04, "0.08 l": 0.04, "未检出": 0.025,
    "ND": 0.025, "n.d.": 0.025, "--": None, "": None, "约0.3": None, "-0.1": None, "900": None,
}  # fmt: skip


def test_how_it_is_written(tmp_path: Path) -> None:
    """Half the limit; of a bare 未检出 half the column's own, 0.05."""
    lines = [f"A,2024-03-{day:02},{cell}" for day, cell in enumerate(WRITTEN, 1)]
    found = values(records(tmp_path, "\n".join(("section,time,氨氮", *lines)) + "\n"))
    assert dict(zip(WRITTEN, found, strict=True)) == pytest.approx(WRITTEN, nan_ok=True)


def test_units_do_not_change_the_limit_of_a_bare_one(tmp_path: Path) -> None:
    folder = records(tmp_path, "section,time,铅(μg/L)\nA,2024-03-05,4L\nA,2024-04-05,ND\nA,2024-05-05,12\n")
    assert values(folder, "lead") == [pytest.approx(0.002), pytest.approx(0.005), pytest.approx(0.012)]


def test_what_is_told(tmp_path: Path) -> None:
    folder = records(
        tmp_path, "section,time,氨氮\nA,2024-03-05,未检出\nA,2024-04-05,<0.05\nA,2024-05-05,多\n"
    )
    with open_data(WATER, folder) as data:
        told = [issue.message("en") for issue in data.issues if issue.severity == "warning"]
    assert [each.partition(". To do")[0] for each in told] == [
        "samples.csv, row 4: “氨氮” cannot be read as a number or a limit of detection; taken as missing (1×)",
        "samples.csv, row 2: “氨氮” was not detected and no limit is given; taken as 0.05 mg/L (1×)",
    ]


def test_a_line_has_its_unit(tmp_path: Path) -> None:
    """One line an item: µg/L is converted, with the sign of what was not found; a unit that is none is told."""
    lines = (
        "断面名称,采样时间,监测项目,监测值,单位",
        "A,2024-03-05,铅,12,μg/L",
        "A,2024-03-05,砷,0.3L,ug/L",
        "A,2024-03-05,氨氮,0.3,mg/L",
        "A,2024-03-05,总磷,0.3,斗",
        "A,2024-03-05,电导率,300,μS/cm",
    )
    folder = records(tmp_path, "\n".join(lines) + "\n")
    found = [values(folder, name)[0] for name in ("lead", "arsenic", "nh3n", "tp")]
    assert found == [pytest.approx(0.012), pytest.approx(0.00015), pytest.approx(0.3), None]


def test_numbers_of_a_typed_file_are_as_they_are(tmp_path: Path) -> None:
    import duckdb

    folder = records(tmp_path, "")
    (folder / "samples.csv").unlink()
    target = folder / "samples.parquet"
    duckdb.sql(f"COPY (SELECT 'A' AS section, TIMESTAMP '2024-03-05' AS time, 0.3 AS nh3n) TO '{target}'")
    assert values(folder) == [pytest.approx(0.3)]


def test_the_type_needs_its_parameter(tmp_path: Path) -> None:
    from duban.measures.scaffold import new

    tables = new("hotline", tmp_path) / "tables.yaml"
    text = tables.read_text(encoding="utf-8")
    tables.write_text(
        text + "    level:\n      type: measured\n      text: {zh: 值, en: level}\n", encoding="utf-8"
    )
    with pytest.raises(PackError, match="“below” and the type “measured” go together"):
        read(str(tables.parent))
