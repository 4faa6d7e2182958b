"""Make the air records of the invented city anew: `python -m tests.samples.make_air [FOLDER]`.

Three years of hourly readings at three stations and a background station. The daily levels are invented in the
manner of a city on the lower Yangtze (particles in winter, ozone in summer) and then moved until the year's
mean of PM2.5 and its days up to standard are those that the city's two reports state. The same seed gives the
same readings.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from duban import samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SEED = 20260114
STATIONS = {"市监测站": 1, "望澜新城": 0, "砚湖公园": -1, "霁湖湿地": -7}
"""Station → by how much its particles differ from the city's mean; the last one is the background station."""
BACKGROUND = "霁湖湿地"
MEANS = {2023: 32.9, 2024: 31.5, 2025: 30.2}
"""Year → mean of PM2.5: 31.5 and 30.2 are stated, 32.9 follows from 下降4.3%."""
POLLUTED = {2023: (22, 30), 2024: (20, 29), 2025: (18, 31)}
"""Year → days with too much PM2.5, and with too much ozone: 313, 317 and 316 days are left up to standard.

The reports claim 318 for 2024: samples/contradictions.yaml says what follows from that."""
HOURS = np.arange(24)
TRAFFIC = 0.16 * np.exp(-((HOURS - 8) ** 2) / 8) + 0.2 * np.exp(-((HOURS - 21) ** 2) / 14)
SUN = np.clip(np.sin((HOURS - 5.5) / 17 * np.pi), 0, None) ** 1.5


def days_of(year: int) -> int:
    """How many days the year has."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def levels(year: int, draw: np.random.Generator) -> tuple[Numbers, Numbers]:
    """The year's daily means of PM2.5 and daily maxima of ozone for the city, none near a limit."""
    count = days_of(year)
    season = np.cos((np.arange(count) - 10) / count * 2 * np.pi)
    weather = np.zeros(count)
    for day in range(1, count):
        weather[day] = 0.6 * weather[day - 1] + draw.normal(0, 0.32)
    particles = np.clip(np.round((29 + 13 * season) * np.exp(weather - 0.08)), 6, 68)
    ozone = np.clip(np.round(96 - 42 * season - 14 * weather + draw.normal(0, 9, count)), 28, 148)
    dirty, hazy = POLLUTED[year]
    winter = np.argsort(-(season + weather))[:dirty]
    particles[winter] = draw.integers(84, 126, dirty)
    ozone[winter] = np.minimum(ozone[winter], 90)
    summer = [day for day in np.argsort(season + 0.5 * weather) if day not in set(winter)][:hazy]
    ozone[summer] = draw.integers(170, 206, hazy)
    return particles, ozone


def hourly(particles: Numbers, ozone: Numbers, year: int, draw: np.random.Generator) -> dict[str, Numbers]:
    """Pollutant → readings by station, day and hour; `nan` where there is none."""
    shape = (len(STATIONS), len(particles), 24)
    offsets = np.array(list(STATIONS.values()))[:, None, None]
    wave = 1 + 0.18 * np.cos((HOURS - 2) / 24 * 2 * np.pi)
    pm25 = np.maximum(np.round(particles[None, :, None] * wave) + offsets + draw.integers(-1, 2, shape), 2)
    sun = 0.34 + 0.66 * SUN / np.convolve(SUN, np.ones(8) / 8, "valid").max()
    o3 = np.round(ozone[None, :, None] * sun) + draw.integers(-1, 2, shape) - 3 * np.sign(offsets)
    cold = np.cos((np.arange(len(particles)) - 10) / len(particles) * 2 * np.pi)[None, :, None]
    fall = (year - 2023) * 0.4
    found = {
        "pm25": pm25,
        "pm10": np.round(pm25 * 1.42 + 11) + draw.integers(0, 2, shape),
        "so2": np.round(7 - fall + 1.6 * cold) + draw.integers(0, 2, shape),
        "no2": np.round((23 - 2 * fall + 6 * cold) * (0.85 + TRAFFIC)) + draw.integers(0, 2, shape) + offsets,
        "co": np.round((0.62 + 0.14 * cold + 0.002 * particles[None, :, None]) * np.ones(shape), 1),
        "o3": o3,
    }
    for name, values in found.items():
        found[name] = np.maximum(values, 1 if name != "co" else 0.1)
        found[name][draw.random(shape) < 0.004] = np.nan
    found["pm25"][2, 200:203] = np.nan  # an instrument under repair
    return found


def city_mean(pm25: Numbers) -> float:
    """The year's mean of the city's daily means over its three stations, as HJ 663 has it."""
    counted = pm25[:-1]
    enough = (~np.isnan(counted)).sum(axis=2) >= 20
    with np.errstate(invalid="ignore"):
        means = np.where(
            enough, np.nansum(counted, axis=2) / np.maximum((~np.isnan(counted)).sum(axis=2), 1), np.nan
        )
    return float(np.nanmean(np.nanmean(means, axis=0)))


def year_of(year: int) -> dict[str, Numbers]:
    """The year's readings, with its mean where it has to be."""
    particles, ozone = levels(year, np.random.default_rng([SEED, year]))
    order = np.random.default_rng([SEED, year, 1]).permutation(len(particles))
    for _ in range(60):
        found = hourly(particles, ozone, year, np.random.default_rng([SEED, year, 2]))
        short = (MEANS[year] - city_mean(found["pm25"])) * len(particles)
        if abs(short) < 1:
            return found
        free = [day for day in order if 8 < particles[day] < 67]
        particles[free[: int(min(abs(short), len(free)))]] += np.sign(short)
    raise RuntimeError(f"{year}: the mean cannot be reached")


def table() -> pa.Table:
    """All readings, by station and time; an hour is labelled by its end."""
    years = {year: year_of(year) for year in MEANS}
    columns: dict[str, list[Any]] = {"station": [], "time": []}
    for number, station in enumerate(STATIONS):
        for year, found in years.items():
            first = datetime(year, 1, 1)  # noqa: DTZ001 - records are in local time
            count = days_of(year) * 24
            columns["station"] += [station] * count
            columns["time"] += [first + timedelta(hours=hour + 1) for hour in range(count)]
            for name, values in found.items():
                flat = values[number].reshape(-1)
                whole = [
                    None if np.isnan(each) else (int(each) if name != "co" else float(each)) for each in flat
                ]
                columns.setdefault(name, []).extend(whole)
    types = {"station": pa.dictionary(pa.int8(), pa.string()), "time": pa.timestamp("s"), "co": pa.float32()}
    return pa.table({name: pa.array(column, types.get(name, pa.int16())) for name, column in columns.items()})


def write(folder: Path) -> None:
    """Write the records as the package ships them."""
    encodings = dict.fromkeys(("time", "pm25", "pm10", "o3", "no2"), "DELTA_BINARY_PACKED")
    pq.write_table(
        table(), folder / "hourly.parquet", compression="zstd", compression_level=19, version="2.6",
        use_dictionary=["station", "so2", "co"], column_encoding=encodings, write_statistics=False,
        row_group_size=200_000, store_schema=False,
    )  # fmt: skip
    rows = [f"{name},{samples.PLACE},{'是' if name == BACKGROUND else '否'}" for name in STATIONS]
    (folder / "stations.csv").write_text("点位,地区,对照点\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else samples.records_path("air"))
