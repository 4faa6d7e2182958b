"""A panel as people and programs take it away: places by years to look at, a line a cell to work with."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from duban.ledger.store.labels import label, message
from duban.ledger.store.listing import Column, console, shown, table, write, write_with
from duban.ledger.store.sdmx import sdmx_csv
from duban.reading.formats.numbers import value_as_written
from duban.reading.formats.records import plain
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.console import Console

    Record = dict[str, Any]

__all__ = ["FIELDS", "cells", "write_panel"]

FIELDS = (
    *(
        "place",
        "place_code",
        "year",
        "code",
        "indicator",
        "kind",
        "status",
        "value",
        "high",
        "unit",
        "qualifier",
    ),
    *(
        "period",
        "text",
        "quote",
        "corrected",
        "printed",
        "printed_high",
        "corrections",
        "rivals",
        "report_year",
        "report",
    ),
    *("document", "start", "end", "figure"),
)


def cells(found: pa.Table) -> list[Record]:
    """The cells of a panel with their numbers exact."""
    records: list[Record] = found.to_pylist()
    return [
        {
            **each,
            "value": _exact(each["value_text"]),
            "high": _exact(each["high_text"]),
            "printed": _exact(each["printed"]) if each["corrected"] else None,
            "printed_high": _exact(each["printed_high"]) if each["corrected"] else None,
        }
        for each in records
    ]


def write_panel(found: pa.Table, *, form: str, output: str | None, lang: str, quotes: bool) -> None:
    """The panel in a form: table, jsonl, csv, xlsx, parquet or sdmx."""
    records = cells(found)
    if form == "parquet":
        write_with(lambda stream: _parquet(stream, found), form=form, output=output)
    elif form == "xlsx":
        write_with(lambda stream: _workbook(stream, records, lang), form=form, output=output)
    elif form == "sdmx":
        write_with(lambda stream: _sdmx(stream, found), form=form, output=output)
    else:
        printed = _print_quotes if quotes else _print
        write(
            records,
            FIELDS,
            form=form,
            output=output,
            lang=lang,
            printed=lambda: printed(console(), records, lang),
        )


def _exact(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


# --- on a terminal ------------------------------------------------------------------------------------------


def _print(to: Console, records: list[Record], lang: str) -> None:
    """Places by years, the newest years that fit."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    by_place: dict[str, dict[int, Record]] = defaultdict(dict)
    for each in records:
        by_place[each["place"]][each["year"]] = each
    if not by_place:
        to.print(message("nothing", lang))
        return
    years = sorted({each["year"] for each in records})
    fit = _fitting(years, by_place, to.width, lang)
    made = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    made.add_column(label("headings", "place", lang), no_wrap=True)
    for year in fit:
        made.add_column(str(year), justify="right", no_wrap=True, overflow="ellipsis")
    for place, of_year in by_place.items():
        made.add_row(Text(clean(place)), *(_cell(of_year.get(year), lang) for year in fit))
    to.print(made)
    to.print(message("cells", lang, places=len(by_place), cells=len(records)), style="dim")
    if len(fit) < len(years):
        to.print(message("left_out", lang, count=len(years) - len(fit)), style="dim")
    if any(each["corrected"] for each in records):
        to.print(message("corrected", lang), style="dim")


def _fitting(years: list[int], by_place: dict[str, dict[int, Record]], width: int, lang: str) -> list[int]:
    from rich.cells import cell_len

    left = width - max(map(cell_len, by_place))
    fit: list[int] = []
    for year in reversed(years):
        left -= 1 + max(4, *(cell_len(_cell(each.get(year), lang).plain) for each in by_place.values()))
        if left < 0 and fit:
            break
        fit.insert(0, year)
    return fit


def _cell(record: Record | None, lang: str) -> Any:
    from rich.text import Text

    if record is None:
        return Text("·", style="dim")
    return Text(clean(_written(record, lang)), style="yellow" if record["corrected"] else "")


def _written(record: Record, lang: str) -> str:
    """A cell in the report's words; a corrected one as the number that is right, with what was read."""
    read = value_as_written(record, lang)
    if not record["corrected"]:
        return read
    right = "–".join(_short(record[field]) for field in ("value", "high") if record[field] is not None)
    return f"{right}{record['unit']}*({read})"


def _short(number: Decimal) -> str:
    """A number as reports write it.

    >>> [_short(Decimal(n)) for n in ("192160000000", "13000", "5.3")]
    ['1921.6亿', '1.3万', '5.3']
    """
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if abs(number) >= size:
            return f"{plain(number / size)}{word}"
    return plain(number)


def _print_quotes(to: Console, records: list[Record], lang: str) -> None:
    if not records:
        to.print(message("nothing", lang))
        return
    rows = [{**each, "value": None, "text": _written(each, lang)} for each in records]
    columns = (
        *(
            Column("place"),
            Column("year", right=True),
            Column("text", right=True),
            Column("status", at_least=90),
        ),
        *(
            Column("quote", wraps=True),
            Column("report_year", right=True, at_least=100),
            Column("figure", at_least=110),
        ),
    )
    to.print(table(rows, columns, width=to.width, lang=lang))


# --- files --------------------------------------------------------------------------------------------------


def _parquet(stream: BinaryIO, found: pa.Table) -> None:
    import pyarrow.parquet as pq

    pq.write_table(found.drop_columns(["place_key"]), stream, compression="zstd")


def _sdmx(stream: BinaryIO, found: pa.Table) -> None:
    stream.writelines(line.encode("utf-8", "replace") for line in sdmx_csv(found.to_pylist()))


def _workbook(stream: BinaryIO, records: list[Record], lang: str) -> None:
    """A sheet of places by years, the quotation of each number in a note; and a sheet with a row a cell."""
    from duban.reading.formats.workbook import Book

    book = Book(stream)
    years = sorted({each["year"] for each in records})
    by_place: dict[tuple[str, str | None], dict[int, Record]] = defaultdict(dict)
    for each in records:
        by_place[each["place"], each["place_code"]][each["year"]] = each
    headings = [label("headings", field, lang) for field in ("place", "place_code")]
    wide = book.sheet(message("panel_sheet", lang), [*headings, *map(str, years)])
    for (place, code), of_year in by_place.items():
        found = [of_year.get(year) for year in years]
        notes = {at: _note(each, lang) for at, each in enumerate(found, 2) if each}
        wide.add([place, code, *(each and each["value"] for each in found)], notes)
    long = book.sheet(message("cells_sheet", lang), [label("headings", field, lang) for field in FIELDS])
    for each in records:
        long.add(
            [
                value
                if isinstance(value := each[field], Decimal | int) and not isinstance(value, bool)
                else shown(each, field, lang)
                for field in FIELDS
            ]
        )
    book.close()


def _note(record: Record, lang: str) -> str:
    """What stands behind a cell: as written, the statement, the report."""
    return f"{_written(record, lang)}\n{' '.join(record['quote'].split())}\n{record['report']} ({record['report_year']})"
