"""The statements that a search found, with the words standing out."""

from __future__ import annotations

from typing import Any

from duban.ledger.store.labels import label, message
from duban.ledger.store.listing import console
from duban.ledger.store.search import hits
from duban.reading.formats.table import clean

__all__ = ["FIELDS", "print_hits"]

FIELDS = ("place", "place_code", "year", "status", "text", "start", "end", "report", "document")


def print_hits(records: list[dict[str, Any]], words: str, *, more: bool, lang: str) -> None:
    """A line a statement: place, year, what it does, its words with the hits in bold."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    to = console()
    if not records:
        to.print(message("nothing", lang))
        return
    made = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    made.add_column(label("headings", "place", lang), no_wrap=True)
    made.add_column(label("headings", "year", lang), no_wrap=True, justify="right")
    made.add_column(label("headings", "statement", lang), overflow="fold")
    for each in records:
        text = Text(clean(each["text"]))
        for start, end in hits(each["text"], words):
            text.stylize("bold red", start, end)
        made.add_row(Text(clean(each["place"])), str(each["year"]), text)
    to.print(made)
    to.print(message("more" if more else "found", lang, count=len(records)), style="dim")
