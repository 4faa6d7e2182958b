"""How a ledger grows: `make bench-ledger` (REPORTS=20000).

Writes a corpus of that many reports (real ones, or the samples where those are missing, repeated under the names of
places that there are not), adds it, and prints reports a second and core, what each takes of the processor and how that
grows, the peak of memory of all processes together, the size of the file, how long a panel and a search take, and a
rebuild that is killed halfway and goes on. The ratio of the last tenth of the adding to the first can be compared between
machines; the rates cannot.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
from functools import partial
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench-ledger"
ENOUGH = 5000
"""Reports are added by the dozen: of fewer than this a tenth says nothing."""
YEARS = range(2007, 2027)
WORDS = ("中国式现代化", "新质生产力", "营商环境 改革", "乡村振兴", "粮食产量")
"""What is searched for."""


def reports(count: int) -> Iterator[dict[str, Any]]:
    """So many reports, each of a place and year that no other is of."""
    for number, report in enumerate(islice(cycle(_real() or _samples()), count)):
        place = f"甲{number // len(YEARS)}市"
        year = YEARS[number % len(YEARS)]
        yield {**report, "id": f"{place}-{year}", "region": place, "year": year, "level": "city"}


def _real() -> list[dict[str, Any]]:
    return [
        {"text": row["text"], "title": row.get("title")}
        for path in sorted(CORPUS.glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def _samples() -> list[dict[str, Any]]:
    from duban import samples

    return [{"text": text, "title": None} for text in samples.texts()]


def write_corpus(path: Path, count: int) -> int:
    """The corpus as JSON Lines; its size in bytes."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports(count):
            file.write(json.dumps(report, ensure_ascii=False) + "\n")
    return path.stat().st_size


class Memory(threading.Thread):
    """The most that this process and its children together have held, in megabytes, looked at five times a second.

    Pages that processes share are counted once (PSS, Linux).
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(0.2):
            self.peak = max(self.peak, sum(map(_held, _family(os.getpid()))))

    def stop(self) -> float:
        self._done.set()
        self.join()
        return self.peak


def _family(process: int) -> list[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [process, *(each for child in found for each in _family(int(child)))]


def _held(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has just ended
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _used(process: int) -> float:
    """Seconds of processor that a process and its children, ended ones too, have taken."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def grow(ledger: Path, corpus: Path, jobs: int, count: int) -> None:
    """Add the corpus and print of each tenth how fast it went, and what it took of the processors.

    The second does not depend on what else the machine does.
    """
    import duban.ledger

    memory = Memory()
    memory.start()
    start = time.perf_counter()
    marks = [start]
    used = [0.0]
    tenth = count // 10 if count >= ENOUGH else count
    own = _used(os.getpid())
    with duban.ledger.open(ledger, writable=True) as book:
        for number, _ in enumerate(book.add([str(corpus)], jobs=jobs), 1):
            if number % tenth == 0:
                marks.append(time.perf_counter())
                used.append(sum(map(_used, _family(os.getpid()))) - own)
                rate = tenth / (marks[-1] - marks[-2]) / jobs
                cost = (used[-1] - used[-2]) / tenth * 1000
                print(
                    f"  {number:>8} added     {rate:.2f} a second and core, {cost:.0f} ms of processor each",
                    flush=True,
                )
    took = time.perf_counter() - start
    costs = [after - before for before, after in pairwise(used)]
    print(f"added                {count} reports in {took:.0f} s on {jobs} processes")
    print(f"processor            {used[-1] / count * 1000:.0f} ms a report, all processes")
    if len(costs) > 1:
        print(f"last to first tenth  {costs[-1] / costs[0]:.2f} times the processor")
    print(f"memory               {memory.stop():.0f} MB at the peak, all processes")
    print(f"file                 {ledger.stat().st_size / 1e6:.0f} MB", flush=True)


def ask(ledger: Path) -> None:
    """Time panels and searches."""
    import duban.ledger

    with duban.ledger.open(ledger) as book:
        book.panel("地区生产总值", kind="growth", statuses=["target"], places=[], years=[1900])
        for name, kind, statuses in (
            ("地区生产总值", "growth", ["target"]),
            ("地区生产总值", "level", ["actual", "estimate"]),
            ("城镇新增就业", "level", ["target"]),
        ):
            rows = book.panel(name, kind=kind, statuses=statuses).num_rows
            took = median(partial(book.panel, name, kind=kind, statuses=statuses))
            print(f"panel                {name} {kind}: {rows} cells, {took:.2f} s")
        for words in WORDS:
            found = book.search(words, limit=50).num_rows
            took = median(partial(book.search, words, limit=50))
            print(f"search               {words}: {found} shown, {took:.2f} s", flush=True)


def median(work: Callable[[], object]) -> float:
    """Median seconds of five calls."""
    took = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def rebuild(ledger: Path, jobs: int, seconds: float) -> None:
    """Rebuild from scratch, kill it with no warning, start it again and see it through."""
    import duban.ledger

    command = [sys.executable, "-m", "duban.cli", "ledger", "rebuild", str(ledger), "--jobs", str(jobs)]
    with subprocess.Popen(
        [*command, "--fresh"], stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
    with duban.ledger.open(ledger) as book:
        ((kept, total),) = book.database.rows(
            "SELECT (SELECT count(*) FROM readings), (SELECT count(*) FROM documents)"
        )
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - start
    with duban.ledger.open(ledger) as book:
        ((done,),) = book.database.rows("SELECT count(*) FROM readings")
    print(
        f"rebuild              killed after {seconds:.0f} s with {kept} of {total}; went on to {done} in {took:.0f} s"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=20_000)
    options.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options.add_argument("--keep", action="store_true", help="ask a ledger that is there already")
    chosen = options.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    ledger, corpus = FOLDER / "bench.duckdb", FOLDER / "corpus.jsonl"
    if not chosen.keep:
        ledger.unlink(missing_ok=True)
        size = write_corpus(corpus, chosen.reports)
        print(f"corpus               {chosen.reports} reports, {size / 1e6:.0f} MB", flush=True)
        grow(ledger, corpus, chosen.jobs, chosen.reports)
    ask(ledger)
    part = FOLDER / "part.duckdb"
    part.unlink(missing_ok=True)
    small = FOLDER / "part.jsonl"
    write_corpus(small, min(400, chosen.reports))
    import duban.ledger

    with duban.ledger.open(part, writable=True) as book:
        list(book.add([str(small)], jobs=chosen.jobs))
    rebuild(part, chosen.jobs, 10)
    if not chosen.keep:
        shutil.rmtree(FOLDER)


if __name__ == "__main__":
    main()
