"""What `duban ledger show` prints of a document."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.ledger.store.labels import label, message
from duban.ledger.store.listing import Column, console, table
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FIGURE_FIELDS", "READING_FIELDS", "figure_records", "print_figures", "print_readings"]

FIGURE_FIELDS = (
    *(
        "figure",
        "indicator",
        "code",
        "score",
        "kind",
        "status",
        "period",
        "value",
        "high",
        "unit",
        "qualifier",
        "of_place",
    ),
    *("text", "quote", "part", "scope", "corrected", "printed", "start", "end", "document"),
)
READING_FIELDS = (
    *(
        "document",
        "place",
        "year",
        "title",
        "name",
        "source",
        "sha256",
        "added",
        "reader",
        "catalogue",
        "read",
        "state",
    ),
    *("figures", "distinctions", "statements"),
)
_SHOWN = 40


def figure_records(found: pa.Table) -> list[dict[str, Any]]:
    """The figures of a document as records to be written, their numbers exact."""
    return [
        {
            **each,
            "indicator": each["words"],
            "value": Decimal(each["value_text"]),
            "high": each["high_text"] and Decimal(each["high_text"]),
            "corrected": bool(each["corrections"]),
            "printed": Decimal(each["printed"]) if each["corrections"] else None,
        }
        for each in found.to_pylist()
    ]


def print_figures(records: list[dict[str, Any]], lang: str) -> None:
    """The figures, each with the beginning of its id, which `correct` takes."""
    to = console()
    shown = [{**each, "figure": each["figure"][:8]} for each in records]
    columns = (
        *(
            Column("indicator", wraps=True),
            Column("code", at_least=70),
            Column("text", wraps=True),
            Column("kind"),
        ),
        *(Column("status"), Column("period", at_least=90), Column("quote", wraps=True, at_least=120)),
        *(Column("corrected", at_least=90), Column("figure")),
    )
    to.print(table(shown, columns, width=to.width, lang=lang))


def print_readings(records: list[dict[str, Any]], changes: list[dict[str, Any]], lang: str) -> None:
    """Each text of the document with its readings, then what the newer ones say otherwise."""
    from rich.text import Text

    to = console()
    seen = set()
    for each in records:
        if each["document"] not in seen:
            seen.add(each["document"])
            to.print(
                Text(clean(f"{each['place']} {each['year']}  {each['title'] or each['name']}"), style="bold")
            )
            to.print(
                Text(
                    clean(f"{each['document']}  {each['source']}  {each['added']:%Y-%m-%d %H:%M}"),
                    style="dim",
                )
            )
        to.print(f"  {each['reader']}  {_counts(each, lang)}")
    if changes:
        to.print()
        to.print(table([_change(each) for each in changes[:_SHOWN]], _CHANGE, width=to.width, lang=lang))
        if len(changes) > _SHOWN:
            to.print(message("more", lang, count=_SHOWN), style="dim")


_CHANGE = (
    Column("change"),
    Column("text", wraps=True),
    Column("field"),
    Column("was"),
    Column("now"),
    Column("quote", wraps=True),
)


def _change(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "field": record["field"] and record["field"].removesuffix("_text")}


def _counts(record: dict[str, Any], lang: str) -> str:
    fields = ("figures", "statements")
    return "  ".join(f"{record[field]} {label('headings', field, lang)}" for field in fields)
