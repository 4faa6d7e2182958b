"""The table that `duban reconcile` prints: laid out for a terminal, tab-separated for a pipe or a file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from duban.ledger.model import Verdict
from duban.ledger.reconcile.labels import label, message, style
from duban.ledger.reconcile.phrased import named, outcome, shortened, target
from duban.ledger.reconcile.records import flat, settlement_record, unannounced_record
from duban.reading.formats.records import plain
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from duban.ledger.model import Settlement
    from duban.ledger.reconcile.output import Result

__all__ = ["print_result", "write_lines"]

_WIDE = 110
"""Columns from which on there is room for the reasons."""
_LINES = (
    *("verdict", "place", "year", "name", "target_value", "target_high", "target_unit", "target_qualifier"),
    *(
        "outcome_value",
        "outcome_high",
        "outcome_unit",
        "outcome_status",
        "target_quote",
        "outcome_quote",
        "reasons",
    ),
)


def print_result(result: Result, *, lang: str, everything: bool, console: Console | None = None) -> None:
    """A title with the verdicts counted, the promises, and the claims that none announced."""
    from rich.console import Console as Made

    console = console or Made(highlight=False)
    console.print(_title(result, lang))
    shown = [
        each
        for each in result.settlements
        if everything or each.verdict is not Verdict.NOT_CHECKABLE or each.promise.target is not None
    ]
    if shown:
        console.print(_promises(shown, console.width, lang))
    elif not result.settlements and not result.unannounced:
        console.print(message("nothing", lang))
    hidden = len(result.settlements) - len(shown)
    if hidden:
        console.print(message("hidden", lang, count=hidden), style="dim")
    if result.unannounced:
        console.print()
        console.print(_claims(result, lang))
    console.print()


def write_lines(results: Sequence[Result], stream: BinaryIO, *, lang: str) -> None:
    """Cells parted by tabs, a promise a line, under one heading."""
    lines = [[label("headings", field, lang) for field in _LINES]]
    for result in results:
        for settlement in result.settlements:
            record = flat(settlement_record(settlement))
            record["verdict"] = label("verdicts", settlement.verdict.value, lang)
            lines.append([_cell(record[field]) for field in _LINES])
        for claim in result.unannounced:
            record = flat(unannounced_record(claim))
            record["verdict"] = label("sheets", "unannounced", lang)
            lines.append([_cell(record.get(field)) for field in _LINES])
    stream.write("".join("\t".join(map(clean, line)) + "\n" for line in lines).encode())


def _cell(value: object) -> str:
    from decimal import Decimal as Number

    if isinstance(value, Number):
        return plain(value)
    return "" if value is None else str(value)


def _title(result: Result, lang: str) -> Text:
    from rich.text import Text

    title = Text(f"{clean(result.place)} {result.earlier_year} → {result.later_year}", style="bold")
    counts = Counter(each.verdict for each in result.settlements)
    for verdict in Verdict:
        if counts[verdict]:
            title.append(
                f"  {label('verdicts', verdict.value, lang)} {counts[verdict]}", style(verdict.value)
            )
    return title


def _promises(settlements: Sequence[Settlement], width: int, lang: str) -> Table:
    table = _table(("verdict", "name", "target", "outcome"), lang)
    wide = width >= _WIDE
    if wide:
        table.add_column(label("headings", "reasons", lang), overflow="fold", ratio=2)
    for each in settlements:
        cells: list[Text | str] = [
            _verdict(each.verdict, lang),
            named(each, lang),
            target(each, lang),
            outcome(each, lang),
        ]
        if wide:
            cells.append("，".join(label("reasons", reason, lang) for reason in each.reasons[:3]))
        table.add_row(*cells)
    return table


def _table(fields: Sequence[str], lang: str) -> Table:
    from rich import box
    from rich.table import Table as Made

    table = Made(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    for field in fields:
        wraps = field in {"name", "outcome"}
        table.add_column(
            label("headings", field, lang),
            no_wrap=field == "verdict",
            overflow="fold",
            ratio=3 if wraps else None,
            max_width=None if wraps else 18,
        )
    return table


def _verdict(verdict: Verdict, lang: str) -> Text:
    from rich.text import Text

    return Text(label("verdicts", verdict.value, lang), style=style(verdict.value))


def _claims(result: Result, lang: str) -> Table:
    """What was claimed without having been promised."""
    from rich import box
    from rich.table import Table as Made

    table = Made(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    table.add_column(f"{label('sheets', 'unannounced', lang)} {len(result.unannounced)}", overflow="fold")
    for claim in result.unannounced:
        table.add_row(clean(shortened(claim.outcome.evidence[-1].quote)))
    return table
