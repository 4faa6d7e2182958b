"""Make the statistical records of the invented city anew: `python -m tests.samples.make_growth [FOLDER]`.

Annual series of 2020 to 2025, quarters of the product at constant prices, indices of investment, and monthly returns of a
few firms of three years. They bear out what the city's two reports state, but for the figures of `PLANTED`.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from duban import samples

SEED = 20260114
YEARS = range(2020, 2026)
SERIES: dict[str, tuple[str, list[float]]] = {
    "地区生产总值": ("亿元", [1456.5, 1575.4, 1636.2, 1720.1, 1819.8, 1921.7]),
    "第一产业增加值": ("亿元", [168.9, 176.4, 181.6, 187.5, 194.7, 201.8]),
    "第二产业增加值": ("亿元", [611.7, 669.5, 690.5, 722.4, 764.3, 810.9]),
    "第三产业增加值": ("亿元", [675.9, 729.5, 764.1, 810.2, 860.8, 909.0]),
    "人均地区生产总值": ("元", [46240, 50050, 52050, 54810, 58100, 61514]),
    "社会消费品零售总额": ("亿元", [488.1, 541.8, 548.3, 582.8, 612.5, 646.2]),
    "进出口总额": ("亿元", [136.0, 148.2, 158.6, 170.0, 186.3, 203.6]),
    "出口总额": ("亿元", [94.1, 102.6, 110.1, 118.3, 131.5, 143.9]),
    "进口总额": ("亿元", [41.9, 45.6, 48.5, 51.7, 54.8, 59.7]),
    "实际使用外资": ("亿美元", [0.92, 1.1, 1.2728, 0.8772, 1.2, 1.15]),
    "一般公共预算收入": ("亿元", [80.0, 86.2, 89.6, 94.5, 98.6, 103.1]),
    "税收收入": ("亿元", [56.0, 60.8, 61.4, 65.7, 69.0, 73.7]),
    "一般公共预算支出": ("亿元", [312.4, 334.0, 352.9, 369.8, 386.0, 401.4]),
    "民生支出": ("亿元", [245.2, 263.5, 280.2, 294.7, 308.8, 323.1]),
    "城镇居民人均可支配收入": ("元", [34210, 36950, 38430, 40019, 41860, 43869]),
    "农村居民人均可支配收入": ("元", [16120, 17750, 18840, 19991, 21350, 22823]),
    "金融机构本外币贷款余额": ("亿元", [1712, 1888, 2078, 2276, 2460, 2638]),
    "制造业贷款余额": ("亿元", [262, 291, 325, 358, 395, 434]),
    "接待游客": ("万人次", [1650, 1920, 1780, 2480, 2860, 3146]),
    "旅游收入": ("亿元", [131.0, 155.2, 142.6, 205.7, 243.1, 272.3]),
    "全社会研发经费投入": ("亿元", [26.2, 30.0, 33.5, 36.7, 43.7, 50.0]),
    "技术合同成交额": ("亿元", [6.2, 8.0, 10.4, 13.8, 38.5, 46.2]),
    "高新技术企业": ("家", [195, 240, 292, 356, 412, 468]),
    "每万人口发明专利拥有量": ("件", [5.1, 5.9, 6.8, 7.7, 8.6, 9.3]),
    "港口货物吞吐量": ("万吨", [2410, 2630, 2790, 2999, 3260, 3490]),
    "集装箱吞吐量": ("万标准箱", [26.1, 30.2, 33.9, 37.8, 42.5, 48.3]),
    "经营主体": ("万户", [24.6, 26.9, 28.8, 30.9, 33.0, 35.6]),
    "粮食总产量": ("万吨", [161.2, 163.0, 164.5, 166.4, 168.3, 169.6]),
    "新能源发电量": ("亿千瓦时", [8.4, 10.9, 13.9, 17.4, 21.6, 26.4]),
    "全社会用电量": ("亿千瓦时", [96.2, 104.1, 108.0, 114.2, 120.0, 125.7]),
    "城镇新增就业": ("万人", [3.42, 3.66, 3.61, 3.7, 3.62, 3.71]),
    "常住人口城镇化率": ("%", [58.2, 60.0, 61.8, 63.1, 63.9, 64.7]),
}
"""Indicator → its unit, and what it was from 2020 to 2025."""
GROWTH = {
    "地区生产总值": [8.0, 3.6, 5.5, 5.8, 5.6],
    "第一产业增加值": [6.8, 3.4, 3.5, 3.6, 3.4],
    "第二产业增加值": [9.2, 3.3, 5.6, 6.5, 6.3],
}
"""At comparable prices, from 2021 to 2025; the third sector is what is left."""
INVESTMENT = [7.6, 6.9, 6.1, 5.2, 2.1]
INDUSTRY = {2024: 7.8, 2025: 8.4}
SHARES = (0.221, 0.246, 0.252, 0.281)
"""Of the quarters in the year."""
PLANTED = {("旅游收入", 2025): 268.9, ("集装箱吞吐量", 2025): 47.9, ("金融机构本外币贷款余额", 2023): 2286}
"""What the records have instead: of 2025 the reports say 272.3 and 48.3, and for 2024 that loans grew by 8.1 %, not by 7.6 %."""
UNITS = 24


def series() -> list[dict[str, object]]:
    """A row an indicator and year."""
    return [
        {
            "指标": name,
            "地区": samples.PLACE,
            "时期": year,
            "数值": PLANTED.get((name, year), value),
            "单位": unit,
        }
        for name, (unit, values) in SERIES.items()
        for year, value in zip(YEARS, values, strict=True)
    ]


def constant() -> list[dict[str, object]]:
    """The product and its sectors in the prices of 2020, by quarters and years."""
    found: dict[str, list[float]] = {}
    for name, rates in GROWTH.items():
        levels = [SERIES[name][1][0]]
        for rate in rates:
            levels.append(levels[-1] * (1 + rate / 100))
        found[name] = levels
    product, first, second = found.values()
    found["第三产业增加值"] = [a - b - c for a, b, c in zip(product, first, second, strict=True)]
    rows: list[dict[str, object]] = []
    for name, levels in found.items():
        for year, level in zip(YEARS, levels, strict=True):
            periods = {f"{year}年": 1.0} | {f"{year}-Q{n}": share for n, share in enumerate(SHARES, 1)}
            for period, share in periods.items():
                value = round(level * share, 2)
                rows.append(
                    {
                        "指标": name,
                        "地区": samples.PLACE,
                        "时期": period,
                        "数值": value,
                        "单位": "亿元",
                        "价格基期": 2020,
                    }
                )
    return rows


def indices() -> list[dict[str, object]]:
    """Investment, of which only rates are published, and the product per head."""
    rows: list[dict[str, object]] = []
    for year, rate in zip(YEARS[1:], INVESTMENT, strict=True):
        rows.append(
            {
                "指标": "固定资产投资",
                "地区": samples.PLACE,
                "时期": year,
                "指数": round(100 + rate, 1),
                "基期": "上年同期",
            }
        )
    return rows


def units() -> list[dict[str, object]]:
    """Monthly returns of firms; two enter and two leave a year, and those in both grow as the reports say."""
    draw = random.Random(SEED)
    size = {number: draw.uniform(2000, 9000) for number in range(1, UNITS + 1)}
    made = {
        (number, 2023, month): round(size[number] * draw.uniform(0.93, 1.07), 1)
        for number in size
        for month in range(1, 13)
    }
    there = list(size)
    for year, rate in INDUSTRY.items():
        there = there[2:]
        raw = {(n, m): made[n, year - 1, m] * draw.uniform(0.9, 1.1) for n in there for m in range(1, 13)}
        factor = sum(made[n, year - 1, m] for n, m in raw) * (1 + rate / 100) / sum(raw.values())
        made |= {(n, year, m): round(value * factor, 1) for (n, m), value in raw.items()}
        new = [UNITS + 2 * (year - 2023) - 1, UNITS + 2 * (year - 2023)]
        made |= {(n, year, m): round(draw.uniform(1500, 4000), 1) for n in new for m in range(1, 13)}
        there += new
    return [
        {"企业": f"LC{number:03}", "地区": samples.PLACE, "月份": f"{year}-{month:02}", "本月增加值": value}
        for (number, year, month), value in sorted(made.items(), key=lambda each: (each[0][1:], each[0][0]))
    ]


def write(folder: Path) -> None:
    """Write the records as the package ships them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {
        "series": series(),
        "constant": constant(),
        "indices": indices(),
        "units": units(),
    }.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else samples.records_path("growth"))
