"""Speed, start-up time and memory of reading, on this machine: `make bench`.

Prints megabytes of UTF-8 a second in one process, and the ratio to one bare compiled expression for number
and unit in the same run: the ratio can be compared between machines, the rate cannot.
"""

from __future__ import annotations

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "provincial_2025.jsonl"
ENOUGH = 2_000_000
"""Bytes of text to measure on where the corpus is missing."""
RUNS = 7

NUMBER_AND_UNIT = re.compile(
    r"(?:百分之|[约近超逾])?[0-9０-９一二三四五六七八九十百千万亿两〇零]"
    r"(?:[0-9０-９一二三四五六七八九十百千万亿两〇零点]|[.．,，](?=[0-9０-９]))*[多余]?"
    r"(?:元|美元|%|％|个百分点|人次|人|户|家|个|项|件|条|处|座|公里|平方公里|平方米|立方米|亩|公顷|吨|千瓦时|千瓦|年|天|倍|位)"
)


def texts() -> list[str]:
    """The 31 provincial reports of 2025 where they are, else our samples over and over."""
    if CORPUS.is_file():
        with CORPUS.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    samples = list(sample_texts())
    each = sum(len(text.encode()) for text in samples)
    return samples * -(-ENOUGH // each)


def sample_texts() -> Iterator[str]:
    """The reports that come with the package."""
    from importlib.resources import files

    for entry in sorted(files("duban.samples").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".txt"):
            yield entry.read_text(encoding="utf-8")


def seconds(work: Callable[[], object]) -> float:
    """The wall-clock time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds(work: Callable[[], object]) -> float:
    """The time one call spends on the processor: what else the machine does counts less."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read_all(reports: Sequence[str]) -> int:
    """Read every report; the number of figures found."""
    from duban.documents import from_text
    from duban.reading.reader import read_document

    return sum(len(read_document(from_text(text, year=2025)).figures) for text in reports)


def scan_all(reports: Sequence[str]) -> int:
    """Scan every report with the bare expression; the number of hits."""
    return sum(sum(1 for _ in NUMBER_AND_UNIT.finditer(text)) for text in reports)


def start_up(*command: str) -> float:
    """Median seconds of a fresh interpreter running the command."""
    runs = [
        seconds(lambda: subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL))
        for _ in range(RUNS)
    ]
    return statistics.median(runs)


def write_docx(path: Path, text: str) -> None:
    """Write the text as a Word file, a paragraph a line."""
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def read_docx() -> float:
    """Seconds of `duban read` on one sample as docx: what a person waits, start-up and all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        write_docx(path, next(sample_texts()))
        return start_up(
            "-m", "duban.cli", "read", str(path), "--format", "csv", "-o", str(path.with_suffix(".csv"))
        )


def report_speed(reports: Sequence[str], name: str = "read_document") -> None:
    """Print how fast all reports were read, beside the bare expression."""
    size = sum(len(text.encode()) for text in reports) / 1e6
    read_all(reports[:1])  # word lists are loaded once, and not part of the rate
    reading = min(processor_seconds(lambda: read_all(reports)) for _ in range(3))
    scanning = min(processor_seconds(lambda: scan_all(reports)) for _ in range(3))
    print(f"{name:22} {size / reading:8.2f} MB/s in one process")
    print(
        f"bare expression        {size / scanning:8.2f} MB/s; reading takes {reading / scanning:.0f} times as long"
    )


COMPILED = Path(__file__).resolve().parent.parent / "build" / "compiled"


def report_compiled() -> None:
    """Print how fast the same modules are once mypyc has compiled them (`make compiled`)."""
    if not (COMPILED / ".done").exists():
        print("compiled               not built: make compiled (needs a C compiler)")
        return
    script = "import bench_read; bench_read.report_speed(bench_read.texts(), name='the same compiled')"
    paths = os.pathsep.join((str(COMPILED), str(Path(__file__).parent)))
    subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONPATH": paths})


def report_memory(reports: Sequence[str]) -> None:
    """Print the peak of Python's memory over one report at a time, and of the whole process."""
    longest = max(reports, key=len)
    tracemalloc.start()
    read_all([longest])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"memory                 {peak / 1e6:8.1f} MB at the peak of reading the longest report")
    print(
        f"                       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.1f} MB the whole process"
    )


def report_start_up() -> None:
    """Print how long a person waits before anything happens."""
    bare = start_up("-c", "pass")
    print(f"python -c pass         {bare:8.3f} s (median of {RUNS}; part of each below)")
    print(f"import duban           {start_up('-c', 'import duban'):8.3f} s")
    print(f"duban --help           {start_up('-m', 'duban.cli', '--help'):8.3f} s")
    print(f"duban read one.docx    {read_docx():8.3f} s")


def main() -> None:
    """Measure and print."""
    reports = texts()
    size = sum(len(text.encode()) for text in reports) / 1e6
    print(
        f"texts                  {len(reports)} reports, {size:.2f} MB of UTF-8, {read_all(reports)} figures"
    )
    report_speed(reports)
    report_compiled()
    report_memory(reports)
    report_start_up()


if __name__ == "__main__":
    main()
