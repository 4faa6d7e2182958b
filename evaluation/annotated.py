"""The reports that were annotated by hand, wherever their text lives.

Texts of real reports are not part of this repository. They lie in the folder `shared` beside it:
`shared/gold/NAME.txt` with its annotations, and `shared/corpus/*.jsonl`, whose reports are annotated in
`evaluation/annotations/ID.figures.jsonl` and `ID.distinctions.jsonl` (see annotations/GUIDE.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Annotated", "Record", "annotated_reports", "load_lines"]

Record = dict[str, Any]
"""One line of an annotation or of a prediction."""

ANNOTATIONS = Path(__file__).parent / "annotations"


@dataclass(frozen=True, kw_only=True)
class Annotated:
    """One annotated report: its text, and the files that say what a reader should find in it."""

    name: str
    text: str
    figures: Path
    distinctions: Path | None
    place: str | None = None
    """Given where the corpus gives it; None where the text has to tell."""
    year: int | None = None


def load_lines(path: Path) -> list[Record]:
    """The objects of a JSONL file, blank lines passed over."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def annotated_reports(shared: Path, *, only: str | None = None) -> Iterator[Annotated]:
    """Every annotated report whose name contains `only`, the ones of shared/gold first."""
    wanted = sorted([*(shared / "gold").glob("*.figures.jsonl"), *ANNOTATIONS.glob("*.figures.jsonl")])
    kept = [path for path in wanted if only is None or only in _name(path)]
    yield from _with_own_text(path for path in kept if path.parent != ANNOTATIONS)
    yield from _from_corpus({_name(path): path for path in kept if path.parent == ANNOTATIONS}, shared)


def _name(figures: Path) -> str:
    return figures.name.removesuffix(".figures.jsonl")


def _distinctions_of(figures: Path) -> Path | None:
    path = figures.with_name(f"{_name(figures)}.distinctions.jsonl")
    return path if path.is_file() else None


def _with_own_text(figures: Iterable[Path]) -> Iterator[Annotated]:
    for path in figures:
        # Bytes, not read_text: line ends must stay as they are for the offsets to hold.
        text = path.with_name(f"{_name(path)}.txt").read_bytes().decode("utf-8")
        yield Annotated(name=_name(path), text=text, figures=path, distinctions=_distinctions_of(path))


def _from_corpus(figures: dict[str, Path], shared: Path) -> Iterator[Annotated]:
    missing = dict(figures)
    for corpus in sorted((shared / "corpus").glob("*.jsonl")):
        for report in load_lines(corpus) if missing else ():
            path = missing.pop(report["id"], None)
            if path is not None:
                yield Annotated(
                    name=report["id"],
                    text=report["text"],
                    figures=path,
                    distinctions=_distinctions_of(path),
                    place=report["region"],
                    year=report["year"],
                )
    if missing:
        raise LookupError(
            f"no report in {shared / 'corpus'} has the id of {', '.join(map(str, missing.values()))}"
        )
