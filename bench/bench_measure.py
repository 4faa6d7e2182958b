"""How long a hundred million station-hours take: `make bench-measure` (ROWS=100_000_000).

Generates hourly readings in one Parquet file (half a gigabyte, some 40 seconds; kept in build/bench for the
next time), then prints seconds, peak memory and the ratio to one bare DuckDB aggregate over the same file in the
same run: the ratio can be compared between machines, the seconds cannot. Each is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
YEARS = range(2015, 2025)
HOURS = 87_672
"""Of the ten years."""
CITIES_OF = 10
"""Stations a city; one of them is background."""
POLLUTANTS = ("pm25", "pm10", "so2", "no2", "co", "o3")


def generate(folder: Path, rows: int) -> None:
    """Write `hourly.parquet` and `stations.csv`: every station has all the hours, two in a hundred without value."""
    import duckdb

    stations = -(-rows // HOURS)
    values = ", ".join(
        f"CASE WHEN hash(s, h, {number}) % 100 < 2 THEN NULL "
        f"ELSE (5 + hash(s, h // 6, {number}) % 120 + hash(s, h, -{number}) % 10){' / 100.0' * (name == 'co')} END "
        f"::DOUBLE AS {name}"
        for number, name in enumerate(POLLUTANTS, 1)
    )
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "hourly.part"
    duckdb.sql(
        f"COPY (SELECT 'S' || lpad(s::VARCHAR, 5, '0') AS station, "
        f"TIMESTAMP '{YEARS[0]}-01-01 01:00:00' + INTERVAL (h) HOUR AS time, {values} "
        f"FROM range({stations}) a(s), range({HOURS}) b(h)) TO '{part}' (FORMAT parquet, COMPRESSION zstd)"
    )
    lines = [f"S{number:05},城{number // CITIES_OF},{number % CITIES_OF == 0}" for number in range(stations)]
    (folder / "stations.csv").write_text(
        "\n".join(("station,place,background", *lines)) + "\n", encoding="utf-8"
    )
    part.replace(folder / "hourly.parquet")


def bare(folder: Path) -> int:
    """One aggregate over the file: the mean of every pollutant by station."""
    import duckdb

    means = ", ".join(f"avg({name})" for name in POLLUTANTS)
    return len(duckdb.sql(f"SELECT station, {means} FROM '{folder}/hourly.parquet' GROUP BY 1").fetchall())


def measure(folder: Path, *codes: str) -> int:
    """The measures named, or all, for every city and year; how many values that is."""
    from duban import measures

    periods = [measures.parse(str(year)) for year in YEARS]
    with measures.evaluate(measures.read("air"), folder, periods, measures=codes) as found:
        return len(found.values)


RUNS = {
    "bare": ("bare DuckDB aggregate", bare),
    "one": ("mean PM2.5", lambda folder: measure(folder, "pm25")),
    "all": ("all measures", measure),
}


def run(name: str, folder: Path) -> None:
    """Run one and print what it took, for the process that asked."""
    start = time.perf_counter()
    made = RUNS[name][1](folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "made": made}))


def report(folder: Path) -> None:
    """Print the runs beside one another."""
    import duckdb

    rows = duckdb.sql(f"SELECT count(*) FROM '{folder}/hourly.parquet'").fetchall()[0][0]
    print(
        f"records                {rows:,} station-hours, {(folder / 'hourly.parquet').stat().st_size / 1e6:.0f} MB of Parquet"
    )
    base = 0.0
    for name, (title, _) in RUNS.items():
        command = [sys.executable, __file__, "--run", name, "--folder", str(folder)]
        done = min(
            (
                json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                for _ in range(3 if name == "bare" else 1)
            ),
            key=lambda each: each["seconds"],
        )
        base = base or done["seconds"]
        ratio = (
            ""
            if name == "bare"
            else f"; {done['seconds'] / base:.1f} times the bare aggregate, {done['made']:,} values"
        )
        print(f"{title:22} {done['seconds']:7.1f} s, {done['peak']:6.0f} MB at the peak{ratio}")


def main() -> None:
    """Generate what is missing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--run", choices=list(RUNS))
    options = parser.parse_args()
    folder = options.folder or FOLDER / str(options.rows)
    if options.run:
        run(options.run, folder)
        return
    if not (folder / "hourly.parquet").exists():
        generate(folder, options.rows)
    report(folder)


if __name__ == "__main__":
    main()
