"""How right the matching of promises without numbers is, over pairs of real reports checked by hand: `make settling`.

`evaluation/settlements.jsonl` has a line for each pair of a promise and its answer that was looked at: where both stand
(no text of a report is kept here), whether they speak of the same thing, and the verdict that a reader would give. Sets:
`tuned` the reports the matching was written with; `seen` reports looked at once, after which constructions were mended;
`blind` reports looked at when nothing was to be changed any more. What is found and has not been checked is listed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.documents.corpus import read_corpus
from duban.ledger.model import Settlement
from duban.ledger.reconcile import reconcile
from duban.reading.reader import read_document
from evaluation.annotated import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duban.documents.model import Document

__all__ = ["CHECKED", "Checked", "Score", "found_pairs", "load_checked", "main", "score"]

CHECKED = Path(__file__).resolve().parent / "settlements.jsonl"


class Checked(Struct, frozen=True, kw_only=True):
    """One pair as it was judged."""

    set: str
    earlier: str
    """The id of the earlier report in the corpus."""
    later: str
    promise: tuple[int, int]
    """Where the promise stands in the earlier report."""
    answer: tuple[int, int]
    """Where its answer stands in the later report: the first of several clauses."""
    same: bool
    """Whether both speak of the same thing."""
    verdict: str
    """The verdict that a reader would give on this answer."""


class Score(Struct, frozen=True, kw_only=True):
    """What was found of the pairs of a set."""

    found: int
    checked: int
    same: int
    right: int
    unchecked: tuple[Settlement, ...]


def load_checked(path: Path = CHECKED) -> list[Checked]:
    """The pairs that were judged."""
    import msgspec

    lines = path.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Checked) for line in lines]


def found_pairs(
    folder: Path, pairs: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, tuple[Settlement, ...]]]:
    """The promises without numbers that are answered, for each pair of report ids."""
    documents = _documents(folder)
    for earlier, later in pairs:
        settled = reconcile(read_document(documents[earlier]), read_document(documents[later]))
        yield earlier, later, tuple(each for each in settled if each.promise.kind == "deed" and each.outcome)


def score(folder: Path, checked: Iterable[Checked]) -> dict[str, Score]:
    """Set → how much of what is found is the same thing, and how many of those verdicts are right."""
    judged = {(each.earlier, each.later, each.promise, each.answer): each for each in checked}
    sets = {(each.earlier, each.later): each.set for each in judged.values()}
    counts: dict[str, Counter[str]] = {}
    unchecked: dict[str, list[Settlement]] = {}
    for earlier, later, settled in found_pairs(folder, sorted(sets)):
        name = sets[earlier, later]
        count = counts.setdefault(name, Counter())
        for each in settled:
            said = judged.get((earlier, later, *_spans(each)))
            count["found"] += 1
            if said is None:
                unchecked.setdefault(name, []).append(each)
                continue
            count["checked"] += 1
            count["same"] += said.same
            count["right"] += said.same and said.verdict == each.verdict.value
    return {
        name: Score(
            found=count["found"],
            checked=count["checked"],
            same=count["same"],
            right=count["right"],
            unchecked=tuple(unchecked.get(name, ())),
        )
        for name, count in counts.items()
    }


def _spans(settlement: Settlement) -> tuple[tuple[int, int], tuple[int, int]]:
    promise = settlement.promise.evidence[0]
    assert settlement.outcome is not None
    answer = settlement.outcome.evidence[0]
    return (promise.start, promise.end), (answer.start, answer.end)


def _documents(folder: Path) -> dict[str, Document]:
    """Every report of a folder of corpora, by its id."""
    return {each.id: each for path in sorted(folder.glob("*.jsonl")) for each in read_corpus(path)}


def main() -> None:
    """Print a line a set, then what has not been checked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of real reports")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    options = parser.parse_args()
    folder = options.shared / "corpus"
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder. The real reports are not part of this repository.")
    scores = score(folder, load_checked())
    if options.json:
        numbers = {
            name: {"found": s.found, "checked": s.checked, "same": s.same, "right": s.right}
            for name, s in scores.items()
        }
        print(json.dumps(numbers))
        return
    print("set      found  checked  same thing      verdict right")
    for name, each in sorted(scores.items(), key=lambda item: ("tuned", "seen", "blind").index(item[0])):
        print(
            f"{name:8} {each.found:5} {each.checked:8}  {each.same:4} {each.same / each.checked:7.1%}"
            f"  {each.right:8} {each.right / each.checked:7.1%}"
        )
    for name, each in scores.items():
        for settlement in each.unchecked:
            assert settlement.outcome is not None
            print(
                f"\nnot checked ({name}): {settlement.promise.place} {settlement.promise.year} "
                f"{settlement.verdict.value}\n  {settlement.promise.name}\n  {settlement.outcome.evidence[0].quote}"
            )


if __name__ == "__main__":
    main()
