"""Make the water records of the invented city anew: `python -m tests.samples.make_water [FOLDER]`.

Two years of monthly samples at twelve sections of the national network, two of them points of a lake, and at four
sources of drinking water. The levels are invented; one section was over class Ⅲ in 2024 (91.7 % of twelve were good) and
none in 2025, and every source is up to standard, as the city's two reports state. The same seed gives the same samples.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from duban import samples

SEED = 20260114
YEARS = (2024, 2025)
SECTIONS = {
    "入境断面": ("澜水河", "河流", "Ⅱ", 0.7),
    "望澜大桥": ("澜水河", "河流", "Ⅲ", 0.95),
    "澜水河三桥": ("澜水河", "河流", "Ⅲ", 1.0),
    "出境断面": ("澜水河", "河流", "Ⅲ", 1.05),
    "砚湖口": ("砚水", "河流", "Ⅲ", 0.98),
    "砚水桥": ("砚水", "河流", "Ⅲ", 1.02),
    "栎山电站": ("栎溪", "河流", "Ⅱ", 0.6),
    "栎溪口": ("栎溪", "河流", "Ⅲ", 0.85),
    "泠水闸": ("泠水", "河流", "Ⅲ", 1.1),
    "梧源水文站": ("梧水", "河流", "Ⅱ", 0.65),
    "霁湖湖心": ("霁湖", "湖库", "Ⅲ", 0.9),
    "霁湖东": ("霁湖", "湖库", "Ⅲ", 1.0),
}
"""Section → its river or lake, the kind of that, its target class, and how much there is in it of everything."""
SOURCES = {"澜水一水厂": "澜水河", "梧源水库": "梧水", "栎山水库": "栎溪", "泠水二水厂": "泠水"}
OVER = {("泠水闸", 2024): 1.75}
"""Section and year in which there was so much more phosphorus: 泠水闸 was of class Ⅳ in 2024."""
LEVELS = {
    "高锰酸盐指数": (3.4, 1),
    "化学需氧量": (13.0, 1),
    "五日生化需氧量": (2.2, 1),
    "氨氮": (0.42, 2),
    "总磷": (0.115, 3),
}
"""Item → what there is of it at 1, and the decimals it is reported with."""
LAKE = {"总磷": 0.036, "总氮": 0.82, "叶绿素a": 9.0, "透明度": 1.1}
NOT_FOUND = {
    "氨氮": 0.05,
    "挥发酚": 0.0003,
    "石油类": 0.01,
    "汞": 0.00004,
    "铅": 0.002,
    "氰化物": 0.001,
    "硫化物": 0.003,
}
"""Item → the limit of detection; all but ammonia are never found."""
HEADINGS = [
    "断面名称", "采样时间", "pH", "溶解氧", *LEVELS, "总氮", "挥发酚", "石油类", "汞", "铅", "氰化物", "硫化物", "叶绿素a",
    "透明度", "硫酸盐", "锰",
]  # fmt: skip


def sample(
    name: str, year: int, month: int, share: float, *, lake: bool, draw: random.Random
) -> dict[str, object]:
    """The sample of a month: warm months have less oxygen, wet ones more of the rest."""
    warm = (6 - abs(month - 7)) / 6
    fall = 0.97 if year == 2025 else 1.0
    row: dict[str, object] = {"断面名称": name, "采样时间": f"{year}-{month:02}-{draw.randint(3, 8):02}"}
    row["pH"] = round(7.6 + draw.uniform(-0.2, 0.3), 1)
    row["溶解氧"] = round(9.6 - 2.4 * warm + draw.uniform(-0.3, 0.3), 1)
    levels = {item: LAKE.get(item, level) if lake else level for item, (level, _) in LEVELS.items()}
    for item, (_, digits) in LEVELS.items():
        much = share * fall * (0.9 + 0.2 * warm) * draw.uniform(0.92, 1.08)
        if item == "总磷":
            much *= OVER.get((name, year), 1)
        found = round(levels[item] * much, digits)
        limit = NOT_FOUND.get(item, 0)
        row[item] = found if found > limit else f"{limit}L"
    row |= {item: f"{limit:.5f}".rstrip("0") + "L" for item, limit in NOT_FOUND.items() if item not in LEVELS}
    if lake:
        row["总氮"] = round(LAKE["总氮"] * draw.uniform(0.9, 1.1), 2)
        row["叶绿素a"] = round(LAKE["叶绿素a"] * (0.7 + 0.6 * warm) * draw.uniform(0.9, 1.1), 1)
        row["透明度"] = round(LAKE["透明度"] * draw.uniform(0.9, 1.1), 1)
    return row


def rows() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows of the two tables, the sections and the samples."""
    draw = random.Random(SEED)
    listed: list[dict[str, object]] = []
    taken: list[dict[str, object]] = []
    for name, (water, kind, target, share) in SECTIONS.items():
        listed.append(
            {
                "断面名称": name,
                "地区": samples.PLACE,
                "所在水体": water,
                "断面类型": kind,
                "水质目标": target,
                "断面级别": "国控",
                "饮用水水源": "否",
            }
        )
        for year in YEARS:
            taken += [sample(name, year, m, share, lake=kind == "湖库", draw=draw) for m in range(1, 13)]
    for name, water in SOURCES.items():
        lake = name.endswith("水库")
        listed.append(
            {
                "断面名称": name,
                "地区": samples.PLACE,
                "所在水体": water,
                "断面类型": "湖库" if lake else "河流",
                "水质目标": "Ⅲ",
                "断面级别": "",
                "饮用水水源": "是",
            }
        )
        for year in YEARS:
            for month in range(1, 13):
                row = sample(name, year, month, 0.6, lake=lake, draw=draw)
                row |= {"硫酸盐": round(draw.uniform(18, 34), 1), "锰": "0.01L"}
                taken.append(row)
    return listed, sorted(taken, key=lambda row: (str(row["采样时间"]), str(row["断面名称"])))


def write(folder: Path) -> None:
    """Write the records as the package ships them: the wide sheet that a monitoring station hands over."""
    listed, taken = rows()
    folder.mkdir(parents=True, exist_ok=True)
    for name, headings, found in (("sections", list(listed[0]), listed), ("samples", HEADINGS, taken)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, headings, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else samples.records_path("water"))
