"""How many promises came to which verdict, over places and years, for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from duban.ledger.model import Verdict
from duban.ledger.reconcile.labels import label, style
from duban.ledger.store.labels import label as own
from duban.ledger.store.labels import message
from duban.ledger.store.listing import console
from duban.reading.formats.table import clean

__all__ = ["print_scores"]

_PLACES = 3
"""Places up to which each year has a row; of more, each place has one."""


def print_scores(scores: list[dict[str, Any]], *, lang: str) -> None:
    """A row for each place and year, or of many places for each place, and the sum."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    to = console()
    if not scores:
        to.print(message("nothing", lang))
        return
    each_year = len({each["place"] for each in scores}) <= _PLACES
    made = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    made.add_column(own("headings", "place", lang), no_wrap=True)
    made.add_column(own("headings", "year" if each_year else "years", lang), justify="right", no_wrap=True)
    for verdict in Verdict:
        made.add_column(Text(label("verdicts", verdict, lang), style=style(verdict)), justify="right")
    for place, years, counts in _rows(scores, each_year=each_year):
        cells = [
            Text(str(counts[verdict] or "·"), style=style(verdict) if counts[verdict] else "dim")
            for verdict in Verdict
        ]
        made.add_row(Text(clean(place)), years, *cells)
    to.print(made)
    promises = sum(each["promises"] for each in scores)
    to.print(message("settled", lang, pairs=len(scores), promises=promises), style="dim")


def _rows(scores: list[dict[str, Any]], *, each_year: bool) -> list[tuple[str, str, Counter[str]]]:
    found: dict[tuple[str, str], Counter[str]] = {}
    for each in scores:
        key = (each["place"], str(each["year"]) if each_year else "")
        counts = found.setdefault(key, Counter())
        counts.update({verdict.value: each[verdict.value] for verdict in Verdict})
        counts["years"] += 1
    return [(place, year or str(counts["years"]), counts) for (place, year), counts in found.items()]
