"""The commands that ask a ledger and put it right: panel, search, correct, corrections, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["correct", "corrections", "export", "panel", "search"]

LISTS = ("table", "jsonl", "csv")
PANELS = ("table", "jsonl", "csv", "xlsx", "parquet", "sdmx")
KINDS = ("level", "growth", "change", "avg_growth", "rank")
STATUSES = ("actual", "estimate", "target", "reference")
FIELDS = ("value", "high", "unit", "qualifier", "indicator", "kind", "status", "period", "place")

_path = click.argument("path", metavar="LEDGER")
_output = click.option("-o", "--output", help="File to write. 输出到文件")
_lang = click.option(
    "--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of headings. 表头语言"
)
_form = click.option(
    "--format", "form", type=click.Choice(LISTS), help="Default: what -o ends with, else table. 格式"
)
_places = click.option("--place", "places", multiple=True, help="Only this place; may be repeated. 地区")
_years = click.option("--year", "years", multiple=True, help="Only this year, or 2020-2026. 年份")


def years_of(words: tuple[str, ...]) -> list[int]:
    """The years that 2025 and 2020-2026 name."""
    found: list[int] = []
    for word in words:
        first, _, last = word.partition("-")
        if not (first.isdigit() and (last or first).isdigit() and int(first) <= int(last or first) <= 9999):
            raise click.UsageError(
                f"--year {word}: a year or a span of years is wanted, such as 2025 or 2020-2026."
            )
        found += range(int(first), int(last or first) + 1)
    return found


@click.command()
@_path
@click.option("-i", "--indicator", required=True, help="A code or any name of the catalogue. 指标")
@click.option("--kind", type=click.Choice(KINDS), default="level", show_default=True, help="类型")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(STATUSES),
    help="May be repeated, the preferred first; default actual, then estimate. 状态",
)  # fmt: skip
@_places
@_years
@click.option("--quotes", is_flag=True, help="In the table, a line a cell with its quotation. 逐格出处")
@click.option(
    "--format", "form", type=click.Choice(PANELS), help="Default: what -o ends with, else table. 格式"
)
@_output
@_lang
def panel(
    *, path: str, indicator: str, kind: str, statuses: tuple[str, ...], places: tuple[str, ...], years: tuple[str, ...],
    quotes: bool, form: str | None, output: str | None, lang: str,
) -> None:  # fmt: skip
    """One indicator over places and years, with the quotation behind each cell. 面板数据

    Which figure fills a cell when several may: docs, keep a ledger.

    \b
    duban ledger panel l.duckdb -i 地区生产总值 --kind growth --status target
    duban ledger panel l.duckdb -i 城镇新增就业 --year 2020-2026 -o jobs.xlsx
    """
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.listing import chosen_format
    from duban.ledger.store.panel import DEFAULT_STATUSES
    from duban.ledger.store.panel_output import write_panel

    chosen = chosen_format(form, output, PANELS)
    with open_ledger(path) as book:
        found = book.panel(
            indicator, kind=kind, statuses=statuses or DEFAULT_STATUSES, places=places, years=years_of(years)
        )
    write_panel(found, form=chosen, output=output, lang=lang, quotes=quotes)


@click.command()
@_path
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@_places
@_years
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many. 条数"
)
@_form
@_output
@_lang
def search(
    *, path: str, words: tuple[str, ...], places: tuple[str, ...], years: tuple[str, ...], limit: int, form: str | None,
    output: str | None, lang: str,
) -> None:  # fmt: skip
    """Find the statements that hold all the words. 全文检索

    \b
    duban ledger search l.duckdb 营商环境 改革 --year 2024-2026
    """
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.listing import chosen_format, write
    from duban.ledger.store.search_output import FIELDS as SHOWN
    from duban.ledger.store.search_output import print_hits

    text = " ".join(words)
    with open_ledger(path) as book:
        records = book.search(text, places=places, years=years_of(years), limit=limit + 1).to_pylist()
    more, records = len(records) > limit, records[:limit]
    write(
        records, SHOWN, form=chosen_format(form, output, LISTS), output=output, lang=lang,
        printed=lambda: print_hits(records, text, more=more, lang=lang),
    )  # fmt: skip


@click.command()
@_path
@click.argument("figure", metavar="FIGURE")
@click.option(
    "--field", type=click.Choice(FIELDS), default="value", show_default=True, help="What is wrong. 字段"
)
@click.option("--value", help="What is right; empty for nothing. 应为")
@click.option("--reason", required=True, help="Why. 理由")
@click.option("--by", "who", required=True, help="Who says so. 经办")
@click.option(
    "--lapses", "until", type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The day from which it no longer holds, if there is one. 失效日期",
)  # fmt: skip
@click.option("--withdraw", is_flag=True, help="FIGURE is a correction, which is taken back. 撤回更正")
@_lang
def correct(
    *, path: str, figure: str, field: str, value: str | None, reason: str, who: str, until: datetime | None,
    withdraw: bool, lang: str,
) -> None:  # fmt: skip
    """Put a figure right by a record; its own row stays as it was read. 更正

    FIGURE is an id or its beginning (see `duban ledger show … --figures`). The correction lapses where a new text takes
    the place of this one, and where the reader reads the field otherwise than today.

    \b
    duban ledger correct l.duckdb 5f2c8a1e --value 192170000000 --reason "misprint, see yearbook" --by 李某
    """
    from duban.ledger.store.labels import label, message
    from duban.ledger.store.ledger import open_ledger

    if value is None and not withdraw:
        raise click.UsageError('--value is missing: what is right? (--value "" for nothing)')
    day: date | None = until.date() if until else None
    with open_ledger(path, writable=True) as book:
        if withdraw:
            book.withdraw(figure, reason=reason, who=who)
            return
        made = book.correct(figure, field=field, value=value or None, reason=reason, who=who, until=day)
    click.echo(message("made", lang, field=label("headings", field, lang), was=made.expect, now=made.value))


@click.command()
@_path
@_form
@_output
@_lang
def corrections(*, path: str, form: str | None, output: str | None, lang: str) -> None:
    """List all corrections ever made, and which of them hold. 更正记录"""
    from duban.ledger.store.labels import message
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.listing import Column, chosen_format, console, table, write

    with open_ledger(path) as book:
        records = [{**each, "right": each["value"]} for each in book.corrections()]
    columns = (
        *(
            Column("state"),
            Column("place"),
            Column("year", right=True),
            Column("quote", wraps=True),
            Column("field"),
        ),
        *(
            Column("expect"),
            Column("right"),
            Column("reason", wraps=True),
            Column("who"),
            Column("when", at_least=100),
        ),
        *(Column("until"), Column("id", at_least=100)),
    )

    def printed() -> None:
        to = console()
        to.print(table(records, columns, width=to.width, lang=lang) if records else message("nothing", lang))

    fields = (
        *(
            "id",
            "state",
            "place",
            "year",
            "document",
            "figure",
            "quote",
            "field",
            "expect",
            "right",
            "reason",
            "who",
        ),
        *("when", "until", "withdrawn"),
    )
    write(records, fields, form=chosen_format(form, output, LISTS), output=output, lang=lang, printed=printed)


@click.command()
@_path
@click.option("-o", "--output", required=True, help="Folder to make. 输出文件夹")
@click.option(
    "--format", "form", type=click.Choice(("csv", "parquet")), default="csv", show_default=True, help="格式"
)
def export(*, path: str, output: str, form: str) -> None:
    """Write the whole as a Data Package with SDMX-CSV observations. 导出"""
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(path) as book:
        book.export(Path(output), form=form)
