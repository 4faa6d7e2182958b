"""The tables of `docs/reference/reading-accuracy.md`: `make accuracy` writes them anew between their marks."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import yaml

from evaluation.annotated import annotated_reports
from evaluation.score import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evaluation.score import Scores

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "reading-accuracy.md"
FIRST_LOOKS = Path(__file__).with_name("first_looks.yaml")
FIELDS = ("f1", "value", "unit", "qualifier", "kind", "status", "period", "indicator", "claim_f1")
HEADINGS = (
    "report",
    "figures",
    "finding",
    *FIELDS[1:-1],
    "**whole claim**",
    "distinctions",
)
_PART = re.compile(r"(<!-- (?P<name>[a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Write the tables into the page."""
    scores = [evaluate(report) for report in annotated_reports()]
    parts = {"first": _first_looks(), "today": _today([each for each in scores if each.real])}
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        _PART.sub(lambda found: f"{found[1]}{parts[found['name']]}{found[3]}", text), encoding="utf-8"
    )


def first_looks() -> list[dict[str, Any]]:
    """What each report scored before its errors were seen, in the order of the looks."""
    looks: list[dict[str, Any]] = yaml.safe_load(FIRST_LOOKS.read_text(encoding="utf-8"))
    return looks


def _first_looks() -> str:
    rows = [(each["report"], _share(each["claim"]), _share(each["distinctions"])) for each in first_looks()]
    return _table(("report", "**whole claim**", "distinctions"), rows)


def _today(scores: Sequence[Scores]) -> str:
    rows = [_row(each.name, each.figures, each.distinctions) for each in scores]
    means = {field: mean(each.figures[field] for each in scores) for field in FIELDS}
    found = mean(each.distinctions["f1"] for each in scores if each.distinctions is not None)
    means["gold"] = sum(each.figures["gold"] for each in scores)
    return _table(HEADINGS, [*rows, _row("**mean**", means, {"f1": found})])


def _row(name: str, figures: dict[str, float], distinctions: dict[str, float] | None) -> tuple[str, ...]:
    fields = [_share(figures[field]) for field in FIELDS]
    return (name, f"{figures['gold']:.0f}", *fields, _share(distinctions["f1"] if distinctions else None))


def _share(value: float | None) -> str:
    """Three places; nothing where nothing was scored."""
    return "" if value is None else f"{value:.3f}".removeprefix("0")


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(headings), *map(tuple, rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
