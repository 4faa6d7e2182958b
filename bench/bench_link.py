"""Speed of linking: the catalogue's load, phrases never seen, a corpus in which most were seen; and finding places in text.

Figures are those of the reports in ../shared/corpus, or of the samples where that folder is missing.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from duban import samples
from duban.catalogue import link, places
from duban.documents import Document, from_text
from duban.documents.corpus import read_corpus
from duban.reading.reader import read_document

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
LOAD = "import time; t = time.process_time(); from duban.catalogue import indicators; n = len(indicators()); print(n, time.process_time() - t)"


def main() -> None:
    """Print the measures."""
    number, seconds = subprocess.run(
        [sys.executable, "-c", LOAD], check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"load: {number} indicators in {float(seconds) * 1000:.0f} ms of processor, imports included")
    documents = _documents()
    asked = _asked(documents)
    link("生产总值", "元", "level")
    first = _seconds(asked)
    print(f"phrases not seen before: {len(asked) / first:,.0f} figures a second")
    again = _seconds(asked * 10)
    print(f"phrases seen before: {10 * len(asked) / again:,.0f} figures a second")
    size = sum(len(document.text.encode()) for document in documents)
    print(f"names of places found in text: {size / _scanning(documents) / 1e6:.0f} MB a second")


def _documents() -> list[Document]:
    return (
        [document for path in sorted(CORPUS.glob("*.jsonl")) for document in read_corpus(path)]
        if CORPUS.is_dir()
        else [from_text(text) for text in samples.texts()]
    )


def _asked(documents: list[Document]) -> list[tuple[str, str, str, str | None]]:
    return [
        (figure.indicator, figure.unit, figure.kind.value, document.place)
        for document in documents
        for figure in read_document(document).figures
    ]


def _seconds(asked: list[tuple[str, str, str, str | None]]) -> float:
    start = time.perf_counter()
    for phrase, unit, kind, place in asked:
        link(phrase, unit, kind, place)
    return time.perf_counter() - start


def _scanning(documents: list[Document]) -> float:
    """Seconds, once the places of each report's own are at hand."""
    scanned = [(document.text, places.find(document.place or ""), document.year) for document in documents]
    for _, own, year in scanned:
        list(places.names_in("", own, on=year))
    start = time.perf_counter()
    for text, own, year in scanned:
        for _ in places.names_in(text, own, on=year):
            pass
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
