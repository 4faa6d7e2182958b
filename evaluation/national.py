"""The growth that each national report aimed at and what the next one says of it, as a page of the docs: `make national`.

What stands in the table is read and settled by Duban; beside it stands what is publicly known (national.yaml).
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from duban.documents.corpus import read_corpus
from duban.ledger.reconcile import reconcile
from duban.ledger.reconcile.report import Report
from duban.ledger.reconcile.rules import default_rules
from duban.ledger.reconcile.targets import goals
from duban.reading.reader import read_document
from evaluation.annotated import REPOSITORY, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from duban.ledger.model import Evidence, Promise, Settlement, Target
    from duban.reading.reading import Reading

__all__ = ["PAGE", "Row", "main", "page", "rows"]

PAGE = REPOSITORY / "docs" / "reference" / "national-targets.md"
FIRST, LAST = 1990, 2026
_SET_NONE = re.compile("没有提出.{0,8}增(?:速|长).{0,6}目标")
_OUTPUT = {"ECO.GDP", "ECO.GNP"}
_HEAD = """# National growth targets

The growth that the State Council's report aimed at in each year from {first} on, and what the next report says was reached: read and
settled by Duban from the reports of a corpus that is not part of this repository, and set beside what is publicly known.
`make national` writes this page. Quotations are clauses of the reports.

| year | target | as the report sets it | result | as the next report states it | verdict | known: target, result |
|---|---|---|---|---|---|---|
"""


class Row(NamedTuple):
    """One year of the table; None where there is nothing."""

    year: int
    promise: Promise | None
    settlement: Settlement | None
    missing: str
    """Why there is no target or no result: no report, or the report names none."""


def rows(folder: Path) -> Iterator[Row]:
    """The years of the table, from the national reports of a folder of corpora."""
    reports = {
        document.year: read_document(document)
        for document in read_corpus(folder / "national.jsonl")
        if document.year is not None and document.year >= FIRST
    }
    for year in range(FIRST, LAST + 1):
        yield _row(year, reports)


def page(folder: Path) -> str:
    """The page, as it stands in the docs."""
    found = list(rows(folder))
    lines = [_HEAD.format(first=FIRST), *(_line(row) for row in found), "\n", *_remarks(found)]
    return "".join(lines)


def _row(year: int, reports: dict[int, Reading]) -> Row:
    if year not in reports:
        return Row(year, None, None, "the report is not in the corpus")
    promise = _target(year, reports[year])
    if promise is None:
        said = next((each for each in reports[year].statements if _SET_NONE.search(each.text)), None)
        return Row(year, None, None, "the report names no number" if said is None else _clean(said.text))
    if year + 1 not in reports:
        why = "the next report is not in the corpus" if year < LAST else "the year is not over"
        return Row(year, promise, None, why)
    settled = reconcile(reports[year], reports[year + 1])
    return Row(year, promise, next(each for each in settled if each.promise.id == promise.id), "")


def _target(year: int, reading: Reading) -> Promise | None:
    """The target for the growth of output; of several, the one that is no error of reading."""
    report = Report(reading)
    drop = _known(year).get("drop")
    found = [
        goal.promise
        for goal in goals(report, reviewed=year, rules=default_rules())
        if goal.promise.code in _OUTPUT
        and goal.promise.kind == "growth"
        and str(goal.sought.number.value) != drop
    ]
    return found[0] if found else None


@cache
def _all_known() -> dict[int, dict[str, Any]]:
    path = Path(__file__).with_suffix(".yaml")
    loaded: dict[str, dict[int, dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded["years"]


def _known(year: int) -> dict[str, Any]:
    return _all_known().get(year, {})


# --- the page -----------------------------------------------------------------------------------------------


def _line(row: Row) -> str:
    known = _known(row.year)
    beside = f"{known.get('target') or 'none'}, {known.get('result') or '–'}"
    if row.promise is None:
        return f"| {row.year} | – | {row.missing} | – | | – | {beside} |\n"
    target = row.promise.target
    assert target is not None
    number, quote, verdict = _outcome(row)
    return f"| {row.year} | {_number(target)} | {_quoted(row.promise.evidence[1])} | {number} | {quote} | {verdict} | {beside} |\n"


def _outcome(row: Row) -> tuple[str, str, str]:
    settled = row.settlement
    if settled is None:
        return "–", row.missing, "–"
    verdict = settled.verdict.value.replace("_", " ")
    outcome = settled.outcome
    if outcome is None:
        return "–", "no growth for the year is stated", verdict
    growth = outcome.value is not None and outcome.unit == "%"
    number = _plain(outcome.value) if growth and outcome.value is not None else "–"
    return number, _quoted(outcome.evidence[min(1, len(outcome.evidence) - 1)]), verdict


def _quoted(evidence: Evidence) -> str:
    return _clean(evidence.quote)


def _clean(clause: str) -> str:
    """The clause without line breaks; a bar would end the cell."""
    return "".join(clause.split()).replace("|", "\\|")


def _number(target: Target) -> str:
    words = {"about": "左右", "at_least": "以上", "at_most": "以内"}
    high = "" if target.high is None else f"–{_plain(target.high)}"
    return f"{_plain(target.value)}{high}{words.get(target.qualifier, '')}"


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _remarks(found: list[Row]) -> Iterator[str]:
    """What differs from what is known, and why; then the notes on single years."""
    compared = [row for row in found if row.promise is not None]
    differing = [row.year for row in compared if _number_of(row) != _known(row.year).get("target")]
    results = [row for row in compared if row.settlement is not None and _outcome(row)[0] != "–"]
    other = [row.year for row in results if float(_outcome(row)[0]) != float(_known(row.year)["result"])]
    yield (
        f"Of {len(found)} years, {len(compared)} have a target here; "
        + (
            f"it differs from the one known in {_list(differing)}. "
            if differing
            else "all are the ones known. "
        )
        + f"Of {len(results)} results, "
        + (
            f"these differ from the one first published: {_list(other)}.\n\n"
            if other
            else "all are the ones first published.\n\n"
        )
    )
    for row in found:
        note = _known(row.year).get("note")
        if note:
            yield f"- {row.year}: {note}.\n"
    yield (
        "\nThe results are those that the reports give. Many were revised later; a verdict is on what the report said. The verdicts\n"
        "follow the rules of [reconcile](reconcile.md): what is better than N左右 by more than its margin is exceeded.\n"
    )


def _number_of(row: Row) -> str:
    assert row.promise is not None
    assert row.promise.target is not None
    return _number(row.promise.target)


def _list(years: list[int]) -> str:
    return ", ".join(map(str, years))


def main() -> None:
    """Write the page, or with --check say whether it is up to date."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of real reports")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail where the page would change"
    )
    options = parser.parse_args()
    folder = options.shared / "corpus"
    if not folder.is_dir():
        sys.exit(f"{folder}: no such folder. The real reports are not part of this repository.")
    text = page(folder)
    if options.check:
        sys.exit(None if PAGE.read_text(encoding="utf-8") == text else f"{PAGE}: run make national")
    PAGE.write_text(text, encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
