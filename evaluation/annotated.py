"""The reports that were annotated by hand, wherever their text lives.

- the invented samples, annotated in `tests/samples/gold/`;
- `shared/gold/NAME.txt` with `NAME.figures.jsonl` and `NAME.distinctions.jsonl` beside it: real reports, and so
  not part of this repository but of a folder `shared` beside it;
- reports of `shared/corpus/*.jsonl`, annotated in `evaluation/annotations/ID.figures.jsonl`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from duban import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evaluation.matching import Record

__all__ = ["SHARED", "Annotated", "annotated_reports", "load_lines"]

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
ANNOTATIONS = Path(__file__).resolve().parent / "annotations"
FIGURES = ".figures.jsonl"


@dataclass(frozen=True, kw_only=True)
class Annotated:
    """One annotated report: its text, and the files that say what a reader should find in it."""

    name: str
    text: str
    figures: Path
    real: bool = True
    place: str | None = None
    """Given where the corpus gives it; None where the text has to tell."""
    year: int | None = None

    @property
    def distinctions(self) -> Path | None:
        """The annotated distinctions, where there are some."""
        path = self.figures.with_name(f"{self.name}.distinctions.jsonl")
        return path if path.is_file() else None


def load_lines(path: Path) -> list[Record]:
    """The objects of a JSONL file, blank lines passed over."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def annotated_reports(shared: Path = SHARED, *, only: str = "") -> Iterator[Annotated]:
    """Every annotated report whose name contains `only`: the invented ones, then the real ones there are."""
    for path, text in zip(samples.paths(), samples.texts(), strict=True):
        if only in path.stem:
            figures = REPOSITORY / "tests" / "samples" / "gold" / f"{path.stem}{FIGURES}"
            yield Annotated(name=path.stem, text=text, figures=figures, real=False)
    for figures in sorted((shared / "gold").glob(f"*{FIGURES}")):
        if only in _name(figures):
            # Bytes, not read_text: line ends must stay as they are for the offsets to hold.
            text = figures.with_name(f"{_name(figures)}.txt").read_bytes().decode("utf-8")
            yield Annotated(name=_name(figures), text=text, figures=figures)
    if shared.is_dir():
        yield from _from_corpus(shared, only)


def _name(figures: Path) -> str:
    return figures.name.removesuffix(FIGURES)


def _from_corpus(shared: Path, only: str) -> Iterator[Annotated]:
    missing = {_name(path): path for path in sorted(ANNOTATIONS.glob(f"*{FIGURES}")) if only in _name(path)}
    for corpus in sorted((shared / "corpus").glob("*.jsonl")):
        for report in load_lines(corpus) if missing else ():
            path = missing.pop(report["id"], None)
            if path is not None:
                place, year = report["region"], report["year"]
                yield Annotated(name=report["id"], text=report["text"], figures=path, place=place, year=year)
    if missing:
        raise LookupError(f"no report in {shared / 'corpus'} has the id {' or '.join(missing)}")
