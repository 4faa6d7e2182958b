"""Read every annotated report and print how right the reading is: `make score`.

Figures are scored by shared/gold/score.py itself, so that the definitions are one; distinctions in its
manner (distinctions.py). The last row is the mean over the reports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.documents import from_text
from duban.reading.reader import read_document
from evaluation.annotated import Annotated, Record, annotated_reports, load_lines
from evaluation.distinctions import FIELDS, match_distinctions, score_distinctions, wrong_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

__all__ = ["Scores", "evaluate", "main"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
FIGURE_COLUMNS = (
    *("gold", "said", "precision", "recall", "f1", "value", "unit", "qualifier", "kind", "status", "period"),
    *("indicator", "claim_f1"),
)
DISTINCTION_COLUMNS = ("gold", "said", "precision", "recall", "f1", *FIELDS)


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What one report scored, and a line for each thing that was wrong in it."""

    name: str
    figures: dict[str, float]
    distinctions: dict[str, float] | None
    errors: tuple[str, ...]


def evaluate(report: Annotated, scorer: ModuleType) -> Scores:
    """Read the report and hold what was found against its annotations."""
    figures, distinctions = _read(report)
    result, pairs, extra = _score_figures(report.figures, figures, scorer)
    errors = list(_figure_errors(pairs, extra, scorer))
    scored = None
    if report.distinctions is not None:
        gold = load_lines(report.distinctions)
        scored = score_distinctions(gold, distinctions, scorer.phrase_f1)
        errors += _distinction_errors(gold, distinctions, scorer)
    return Scores(name=report.name, figures=result, distinctions=scored, errors=tuple(errors))


def _read(report: Annotated) -> tuple[list[Record], list[Record]]:
    reading = read_document(from_text(report.text, id=report.name, place=report.place, year=report.year))
    figures = [{**asdict(f), "value": float(f.value), "high": _number(f.high)} for f in reading.figures]
    return figures, [asdict(d) for d in reading.distinctions]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _score_figures(
    gold: Path, said: Iterable[Record], scorer: ModuleType
) -> tuple[dict[str, float], Any, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.jsonl"
        path.write_text("".join(json.dumps(s, ensure_ascii=False) + "\n" for s in said), encoding="utf-8")
        result, pairs, extra = scorer.score(gold, path)
    return result, pairs, extra


def _figure_errors(pairs: Any, extra: Any, scorer: ModuleType) -> Iterator[str]:
    shown = ("text", *scorer.FIELDS, "high")
    for gold, said in pairs:
        wrong = ["missing"] if said is None else [f for f in scorer.FIELDS if not scorer.right(f, gold, said)]
        if wrong:
            yield _error("figure", wrong, gold, said, shown)
    for said in extra:
        yield _error("figure", ["none there"], None, said, shown)


def _distinction_errors(gold: Sequence[Record], said: Sequence[Record], scorer: ModuleType) -> Iterator[str]:
    shown = ("text", "type", *FIELDS)
    pairs, extra = match_distinctions(gold, said)
    for g, s in pairs:
        wrong = ["missing"] if s is None else wrong_fields(g, s, scorer.phrase_f1)
        if wrong:
            yield _error("distinction", wrong, g, s, shown)
    for s in extra:
        yield _error("distinction", ["none there"], None, s, shown)


def _error(
    what: str, wrong: Sequence[str], gold: Record | None, said: Record | None, shown: Sequence[str]
) -> str:
    lines = [f"{what}: {', '.join(wrong)} at {(gold or said or {})['start']}"]
    for label, record in (("gold", gold), ("said", said)):
        if record is not None:
            lines.append(f"  {label}  " + "  ".join(f"{f}={record.get(f)!s}" for f in shown))
    return "\n".join(lines)


def _scorer(shared: Path) -> ModuleType:
    path = shared / "gold" / "score.py"
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path} is missing: the annotated reports are not part of this repository.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _table(title: str, columns: Sequence[str], rows: dict[str, dict[str, float]]) -> Iterator[str]:
    means = {c: sum(row[c] for row in rows.values()) / len(rows) for c in columns}
    width = max(map(_width, [*rows, title]))
    yield title + " " * (width - _width(title)) + "".join(f" {c:>9}" for c in columns)
    for name, row in [*rows.items(), ("mean", means)]:
        cells = (f"{row[c]:9.0f}" if c in {"gold", "said"} else f"{row[c]:9.4f}" for c in columns)
        yield name + " " * (width - _width(name)) + "".join(f" {cell}" for cell in cells)


def _width(text: str) -> int:
    """Columns in a terminal: a Han character takes two."""
    return sum(1 + (ord(character) > 0x2E80) for character in text)


def _print_tables(scores: Sequence[Scores]) -> None:
    figures = {s.name: s.figures for s in scores}
    distinctions = {s.name: s.distinctions for s in scores if s.distinctions is not None}
    print("\n".join(_table("figures", FIGURE_COLUMNS, figures)))
    if distinctions:
        print("\n" + "\n".join(_table("distinctions", DISTINCTION_COLUMNS, distinctions)))


def main() -> None:
    """Score every annotated report and print the tables, or JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="NAME", help="only the reports whose name contains NAME")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print up to N errors of each report"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of real reports")
    options = parser.parse_args()
    scorer = _scorer(options.shared)
    scores = [evaluate(report, scorer) for report in annotated_reports(options.shared, only=options.only)]
    if not scores:
        sys.exit(f"no annotated report is called {options.only}")
    if options.json:
        print(json.dumps([asdict(s) for s in scores], ensure_ascii=False))
        return
    for s in scores:
        for error in s.errors[: options.errors]:
            print(f"{s.name} {error}\n")
    _print_tables(scores)


if __name__ == "__main__":
    main()
