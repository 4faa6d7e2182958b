"""Read every annotated report and print how right the reading is: `make score`.

Precision, recall and F1 of finding; the share of what was found with each field right; for figures also F1 of
whole claims, where a figure counts only if every field but place is right. Means are over reports.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from duban.documents import from_text
from duban.reading.reader import read_document
from evaluation import distinctions, figures
from evaluation.annotated import SHARED, Annotated, annotated_reports, load_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from evaluation.matching import Pairs, Record

__all__ = ["Scores", "evaluate", "main", "said_of"]

FOUND = ("gold", "said", "precision", "recall", "f1")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scores:
    """What one report scored, and a few lines for each thing that was wrong in it."""

    name: str
    real: bool
    figures: dict[str, float]
    distinctions: dict[str, float] | None
    errors: tuple[str, ...]


def evaluate(report: Annotated) -> Scores:
    """Read the report and hold what was found against its annotations."""
    said, said_distinctions = said_of(report)
    marks = load_lines(report.figures)
    errors = _errors("figure", *figures.match_figures(marks, said), figures.wrong_fields, figures.FIELDS)
    result = None
    if report.distinctions is not None:
        gold = load_lines(report.distinctions)
        result = distinctions.score_distinctions(gold, said_distinctions)
        matched = distinctions.match_distinctions(gold, said_distinctions)
        errors += _errors("distinction", *matched, distinctions.wrong_fields, ("type", *distinctions.FIELDS))
    return Scores(
        name=report.name,
        real=report.real,
        figures=figures.score_figures(marks, said),
        distinctions=result,
        errors=tuple(errors),
    )


def said_of(report: Annotated) -> tuple[list[Record], list[Record]]:
    """The figures and the distinctions that Duban reads from the report."""
    document = from_text(report.text, id=report.name, place=report.place, year=report.year)
    reading = read_document(document)
    said = [
        {**asdict(f), "value": float(f.value), "high": None if f.high is None else float(f.high)}
        for f in reading.figures
    ]
    return said, [asdict(d) for d in reading.distinctions]


def _errors(
    what: str,
    pairs: Pairs,
    extra: Sequence[Record],
    wrong_fields: Callable[[Record, Record], list[str]],
    fields: Sequence[str],
) -> list[str]:
    shown = ("text", *fields, "high") if what == "figure" else ("text", *fields)
    errors = []
    for gold, said in pairs:
        wrong = ["missing"] if said is None else wrong_fields(gold, said)
        if wrong:
            errors.append(
                _error(f"{what}: {', '.join(wrong)} at {gold['start']}", shown, gold=gold, said=said)
            )
    errors += [_error(f"{what}: none at {said['start']}", shown, said=said) for said in extra]
    return errors


def _error(head: str, shown: Sequence[str], **records: Record | None) -> str:
    lines = [head]
    for label, record in records.items():
        if record is not None:
            lines.append(f"  {label}  " + "  ".join(f"{field}={record.get(field)!s}" for field in shown))
    return "\n".join(lines)


def _print_tables(scores: Sequence[Scores]) -> None:
    rows = [(s.name, s.real, s.figures) for s in scores]
    print("\n".join(_table("figures", (*FOUND, *figures.FIELDS, "claim_f1"), rows)))
    rows = [(s.name, s.real, s.distinctions) for s in scores if s.distinctions is not None]
    if rows:
        print("\n" + "\n".join(_table("distinctions", (*FOUND, *distinctions.FIELDS), rows)))


def _table(
    title: str, columns: Sequence[str], rows: Sequence[tuple[str, bool, dict[str, float]]]
) -> Iterator[str]:
    named = {name: row for name, _, row in rows}
    for what, real in (("mean of invented reports", False), ("mean of real reports", True)):
        group = [row for _, is_real, row in rows if is_real == real]
        if group:
            named[what] = {c: sum(row[c] for row in group) / len(group) for c in columns}
    width = max(map(_columns_of, [*named, title]))
    yield title + " " * (width - _columns_of(title)) + "".join(f" {c:>9}" for c in columns)
    for name, row in named.items():
        cells = (f" {row[c]:9.0f}" if c in {"gold", "said"} else f" {row[c]:9.4f}" for c in columns)
        yield name + " " * (width - _columns_of(name)) + "".join(cells)


def _columns_of(text: str) -> int:
    """Columns in a terminal: a Han character takes two."""
    return sum(1 + (character > "\u2e80") for character in text)


def main() -> None:
    """Score every annotated report and print the tables, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", metavar="NAME", default="", help="only the reports whose name contains NAME"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print up to N errors of each report"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array instead of tables")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of real reports")
    options = parser.parse_args()
    scores = [evaluate(report) for report in annotated_reports(options.shared, only=options.only)]
    if not scores:
        sys.exit(f"no annotated report has {options.only} in its name")
    if options.json:
        print(json.dumps([dataclasses.asdict(s) for s in scores], ensure_ascii=False))
        return
    for s in scores:
        for error in s.errors[: options.errors]:
            print(f"{s.name} {error}\n")
    _print_tables(scores)


if __name__ == "__main__":
    main()
