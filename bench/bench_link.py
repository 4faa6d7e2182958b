"""Speed of linking: the catalogue's load, phrases never seen, and a corpus in which most were seen.

Figures are those of the reports in ../shared/corpus, or of the samples where that folder is missing.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from duban import samples
from duban.catalogue import link
from duban.documents import from_text
from duban.documents.corpus import read_corpus
from duban.reading.reader import read_document

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
LOAD = "import time; t = time.process_time(); from duban.catalogue import indicators; n = len(indicators()); print(n, time.process_time() - t)"


def main() -> None:
    """Print the three measures."""
    number, seconds = subprocess.run(
        [sys.executable, "-c", LOAD], check=True, capture_output=True, text=True
    ).stdout.split()
    print(f"load: {number} indicators in {float(seconds) * 1000:.0f} ms of processor, imports included")
    asked = _asked()
    link("生产总值", "元", "level")
    first = _seconds(asked)
    print(f"phrases not seen before: {len(asked) / first:,.0f} figures a second")
    again = _seconds(asked * 10)
    print(f"phrases seen before: {10 * len(asked) / again:,.0f} figures a second")


def _asked() -> list[tuple[str, str, str, str | None]]:
    documents = (
        [document for path in sorted(CORPUS.glob("*.jsonl")) for document in read_corpus(path)]
        if CORPUS.is_dir()
        else [from_text(text) for text in samples.texts()]
    )
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


if __name__ == "__main__":
    main()
