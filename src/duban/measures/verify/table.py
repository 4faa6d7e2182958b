"""What `duban verify` prints: laid out for a terminal, tab-separated for a pipe or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.measures.explain import explain
from duban.measures.verify.labels import label, message, style
from duban.measures.verify.model import Verdict, Why
from duban.measures.verify.records import computed_text, period_text, remarks
from duban.reading.formats.numbers import value_as_written
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from duban.measures.verify.model import Outcome
    from duban.measures.verify.verification import Verification

__all__ = ["explained", "print_result"]

_WIDE = 100
"""Columns from which on there is room for the measure."""


def print_result(
    verification: Verification,
    outcomes: Sequence[Outcome],
    *,
    lang: str,
    console: Console | None = None,
) -> None:
    """A title with the verdicts counted, then a claim a line, and how many claims no measure is of."""
    from rich.console import Console as Made

    console = console or Made(highlight=False)
    console.print(_title(verification, lang))
    if outcomes:
        console.print(_table(outcomes, lang, wide=console.width >= _WIDE))
    listed = sum(outcome in verification.uncovered for outcome in outcomes)
    hidden = len(verification.uncovered) - listed
    if hidden:
        console.print(message("uncovered", lang, count=hidden), style="dim")


def _title(verification: Verification, lang: str) -> Text:
    from rich.text import Text

    document = verification.reading.document
    name = " ".join(str(part) for part in (document.place, document.year) if part) or document.id
    title = Text(clean(name), style="bold")
    for verdict in Verdict:
        if count := verification.counts[verdict]:
            title.append(f"  {label('verdicts', verdict.value, lang)} {count}", style(verdict.value))
    if not verification.outcomes:
        title.append(f"  {message('none', lang)}", "dim")
    return title


def _table(outcomes: Sequence[Outcome], lang: str, *, wide: bool) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(label("headings", "verdict", lang), no_wrap=True)
    table.add_column(label("headings", "name", lang), overflow="fold", ratio=3 if wide else None)
    table.add_column(label("headings", "kind", lang), no_wrap=True)
    table.add_column(label("headings", "period", lang), overflow="fold")
    table.add_column(label("headings", "stated", lang), justify="right", overflow="fold")
    table.add_column(label("headings", "computed", lang), justify="right", overflow="fold")
    if wide:
        table.add_column(label("headings", "measure", lang), overflow="fold")
    table.add_column(label("headings", "why", lang), overflow="fold", ratio=4 if wide else None)
    for outcome in outcomes:
        claim, computed = outcome.claim, outcome.computed
        look = style(outcome.verdict.value)
        written = value_as_written({"text": claim.quote, "value": claim.value}, lang)
        cells = [
            Text(label("verdicts", outcome.verdict.value, lang), style=look),
            Text(clean(claim.name)),
            Text(label("kinds", claim.kind, lang), style="dim"),
            Text(period_text(claim)),
            Text(clean(written)),
            Text(computed_text(outcome), style=look if outcome.verdict is Verdict.CONTRADICTED else ""),
            *([Text(computed.way.measure if computed else "", "dim")] if wide else []),
            Text(_reason(outcome, lang), style="dim"),
        ]
        table.add_row(*cells)
    return table


def _reason(outcome: Outcome, lang: str) -> str:
    """Why, where that does not go without saying."""
    if outcome.why is Why.SAME:
        return ""
    said = label("whys", outcome.why.value, lang)
    more = clean(remarks(outcome, lang))
    if more == said:
        return said
    return f"{said}（{more}）" if more and lang == "zh" else f"{said} ({more})" if more else said


def explained(outcomes: Sequence[Outcome], lang: str) -> Iterator[str]:
    """For each claim that was computed its sentence, its verdict, and the way from the value to the rows."""
    for outcome in outcomes:
        claim = outcome.claim
        verdict = label("verdicts", outcome.verdict.value, lang)
        yield (
            f"{clean(claim.clause)}\n  {clean(claim.quote)}: {verdict}  {_reason(outcome, lang)}".rstrip()
            + "\n"
        )
        for value, evaluation in outcome.computed.sources if outcome.computed else ():
            yield "".join(f"  {line}\n" for line in explain(evaluation, value, lang).splitlines())
        yield "\n"
