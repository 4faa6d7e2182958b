"""How long the site of a ledger takes: `make bench-site`.

The reports of ../shared/corpus, or the samples where that folder is missing, are added to a ledger; then the seconds (and those of
this process alone) of settling and auditing, of taking everything out of the ledger, and of writing the pages; the pages and megabytes.
"""

from __future__ import annotations

import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from duban import samples
from duban.ledger.site.build import build
from duban.ledger.site.source import holdings
from duban.ledger.store.ledger import open_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"


def main() -> None:
    """Print the measures."""
    reports = [str(CORPUS)] if CORPUS.is_dir() else [str(path) for path in samples.paths()]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "l.duckdb", writable=True) as book,
    ):
        with _timed("read and added"):
            count = sum(1 for _ in book.add(reports))
        with _timed("settled"):
            list(book.settle())
        with _timed("audited"):
            list(book.audit())
        with _timed("taken out of the ledger"):
            held = holdings(book)
        with _timed("written"):
            pages = build(held, Path(folder) / "site")
        sizes = [path.stat().st_size for path in (Path(folder) / "site").rglob("*") if path.is_file()]
        print(
            f"{count} reports: {pages} pages, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e6:.2f} MB"
        )


@contextmanager
def _timed(what: str) -> Iterator[None]:
    wall, used = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - wall:.1f} s, {time.process_time() - used:.1f} s of this process")


if __name__ == "__main__":
    main()
