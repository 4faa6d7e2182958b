"""The commands `duban ledger …`. What they use is imported when they run."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from duban.ledger.store.asking import correct, corrections, export, panel, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.ledger.store.adding import Added

__all__ = ["ledger", "progress"]

ENGINES = ("processes", "spark")
LISTS = ("table", "jsonl", "csv")
_STATES = ("added", "new_text", "new_reading", "linked", "known", "failed")
_WARNINGS_SHOWN = 10


@click.group()
def ledger() -> None:
    """Keep many reports in one file and ask them: places, years, indicators. 总账

    LEDGER is a DuckDB file; `add` makes it. One process writes at a time; several may read.

    \b
    duban ledger add reports.duckdb reports/                  add a folder 入库
    duban ledger panel reports.duckdb -i 地区生产总值 --kind growth --status target
    duban ledger search reports.duckdb 营商环境               in every statement 全文检索
    """


_lang = click.option(
    "--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of headings. 表头语言"
)
_jobs = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes; default all cores for a batch. 进程数"
)
_form = click.option(
    "--format", "form", type=click.Choice(LISTS), help="Default: what -o ends with, else table. 格式"
)
_output = click.option("-o", "--output", help="File to write. 输出到文件")


@ledger.command()
@click.argument("path", metavar="LEDGER")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--place", help="The place reported on; of a corpus, only its reports. 地区")
@click.option(
    "--year", type=int, help="The year the report was given in; of a corpus, only its reports. 年份"
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="processes",
    show_default=True,
    help="What reads. 由谁解读",
)
@_jobs
@_form
@_output
@_lang
def add(
    *, engine: str, path: str, files: tuple[str, ...], place: str | None, year: int | None, jobs: int | None, form: str | None,
    output: str | None, lang: str,
) -> int:  # fmt: skip
    """Add reports to a ledger, which is made where there is none. 入库

    FILE is a report, a folder of reports or a corpus, as for `duban read`. What is there already is passed over; another
    text of a place and year is added beside the first and takes its place, and it is said what changed. A bad file is
    told of and the rest goes on; interrupted, the same command goes on where it stopped.
    """
    from duban.ledger.store.ledger import open_ledger
    from duban.reading import batch

    total = batch.count(batch.expand(files))
    with open_ledger(path, writable=True) as book:
        done = book.add(files, place=place, year=year, jobs=jobs, engine=engine)
        return _carried_out(done, total, "adding 入库", form=form, output=output, lang=lang)


@ledger.command()
@click.argument("path", metavar="LEDGER")
@click.option("--fresh", is_flag=True, help="Take every reading away first. 全部重读")
@_jobs
@_form
@_output
@_lang
def rebuild(
    *, path: str, fresh: bool, jobs: int | None, form: str | None, output: str | None, lang: str
) -> int:
    """Read anew what another version of the reader read, and link anew what another catalogue linked. 重建

    The older readings stay beside the new ones, and it is said what changed. Interrupted, the same command (without
    --fresh) goes on where it stopped.
    """
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(path, writable=True) as book:
        total = book.outdated(fresh=fresh)
        return _carried_out(
            book.rebuild(fresh=fresh, jobs=jobs), total, "reading 重读", form=form, output=output, lang=lang
        )


@ledger.command("list")
@click.argument("path", metavar="LEDGER")
@click.option("--place", help="Only its reports: a name, its beginning, or a code. 地区")
@click.option("--year", type=int, help="Only reports of this year. 年份")
@_form
@_output
@_lang
def list_(
    *, path: str, place: str | None, year: int | None, form: str | None, output: str | None, lang: str
) -> None:
    """List the documents of a ledger. 列出文本"""
    from duban.ledger.store.labels import message
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.listing import Column, chosen_format, console, table, write

    with open_ledger(path) as book:
        records = [
            {**each, "state": "stands" if each["current"] else "superseded" if each["readings"] else "unread"}
            for each in book.documents(place=place, year=year).to_pylist()
        ]
    columns = (
        *(
            Column("place"),
            Column("year", right=True),
            Column("figures", right=True),
            Column("statements", right=True),
        ),
        *(Column("state"), Column("name", at_least=90), Column("title", at_least=130), Column("id")),
    )

    def printed() -> None:
        to = console()
        if records:
            to.print(table(records, columns, width=to.width, lang=lang))
        to.print(
            message(
                "total", lang, documents=len(records), figures=sum(each["figures"] or 0 for each in records),
                statements=sum(each["statements"] or 0 for each in records),
            ),
            style="dim",
        )  # fmt: skip

    fields = (
        *(
            "id",
            "place",
            "place_code",
            "level",
            "year",
            "state",
            "figures",
            "statements",
            "readings",
            "reader",
        ),
        *("name", "title", "source", "sha256", "added"),
    )
    write(records, fields, form=chosen_format(form, output, LISTS), output=output, lang=lang, printed=printed)


@ledger.command()
@click.argument("path", metavar="LEDGER")
@click.argument("document", metavar="DOCUMENT")
@click.option("--figures", is_flag=True, help="The figures with their links. 列出数据")
@click.option("--text", is_flag=True, help="The report's text. 全文")
@_form
@_output
@_lang
def show(
    *, path: str, document: str, figures: bool, text: bool, form: str | None, output: str | None, lang: str
) -> None:
    """Show a document: its readings and what they changed, or its figures. 查看文本

    DOCUMENT is an id or its beginning, a name, or place and year: 澜川市2026.
    """
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.listing import chosen_format, write
    from duban.ledger.store.showing import (
        FIGURE_FIELDS,
        READING_FIELDS,
        figure_records,
        print_figures,
        print_readings,
    )

    with open_ledger(path) as book:
        ids = book.find(document)
        if text:
            click.echo(book.reading(ids[-1]).document.text)
            return
        records = figure_records(book.figures(ids[-1])) if figures else book.readings(ids)
        changes = [] if figures else [each for id_ in ids for each in book.changes(id_)]
    chosen = chosen_format(form, output, LISTS)
    if figures:
        write(
            records,
            FIGURE_FIELDS,
            form=chosen,
            output=output,
            lang=lang,
            printed=lambda: print_figures(records, lang),
        )
    else:
        write(
            records, READING_FIELDS, form=chosen, output=output, lang=lang,
            printed=lambda: print_readings(records, changes, lang),
        )  # fmt: skip


@ledger.command()
@click.argument("path", metavar="LEDGER")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@click.option("--yes", is_flag=True, help="Do not ask. 不再询问")
@_lang
def remove(*, path: str, documents: tuple[str, ...], yes: bool, lang: str) -> None:
    """Take documents out of a ledger with all that was made of them. 移除文本"""
    from duban.ledger.store.labels import message
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(path, writable=True) as book:
        ids = list(dict.fromkeys(id_ for each in documents for id_ in book.find(each)))
        if not yes:
            click.confirm(f"{message('removed', lang, count=len(ids))}?", abort=True)
        book.remove(ids)
    click.echo(message("removed", lang, count=len(ids)))


for _command in (panel, search, correct, corrections, export):
    ledger.add_command(_command)


# --- what became of the reports of a batch ------------------------------------------------------------------


def _carried_out(
    done: Iterator[Added], total: int, what: str, *, form: str | None, output: str | None, lang: str
) -> int:
    """See the work through and tell of it; 1 if a report could not be read."""
    from duban.ledger.store.listing import chosen_format, write

    chosen = chosen_format(form, output, LISTS)
    kept: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    failures: list[str] = []
    warnings: list[str] = []
    with progress(total, what) as advance:
        for each in done:
            counts[each.state] += 1
            counts["figures"] += each.figures if each.state in {"added", "new_text", "new_reading"} else 0
            if each.problem is not None:
                (failures if each.problem.fatal else warnings).append(each.problem.message)
            if chosen != "table" or each.changes:
                kept.append(_record(each))
            advance()
    if kept or chosen != "table":
        write(kept, _FIELDS, form=chosen, output=output, lang=lang, printed=lambda: _print(kept, lang))
    _tell(counts, failures, warnings, lang)
    return 1 if failures else 0


_FIELDS = (
    "state",
    "place",
    "year",
    "figures",
    "statements",
    "added",
    "gone",
    "changed",
    "document",
    "source",
)


def _record(each: Added) -> dict[str, Any]:
    counts = {
        change: each.changes.get(change, 0) if each.changes else None
        for change in ("added", "gone", "changed")
    }
    found = {field: getattr(each, field, None) for field in _FIELDS}
    return {**found, **counts, "place": each.place or None, "year": each.year or None}


def _print(records: list[dict[str, Any]], lang: str) -> None:
    from rich.text import Text

    from duban.ledger.store.labels import label, message, style
    from duban.ledger.store.listing import console
    from duban.reading.formats.table import clean

    to = console()
    for each in records:
        what = "  ".join(
            f"{label('changes', change, lang)} {each[change]}"
            for change in ("added", "gone", "changed")
            if each[change]
        )
        line = Text(f"{label('states', each['state'], lang)}  ", style=style(each["state"]))
        to.print(line.append(clean(f"{each['place']}{each['year']}  {message('changes', lang, what=what)}")))


def _tell(counts: Counter[str], failures: list[str], warnings: list[str], lang: str) -> None:
    from duban.ledger.store.labels import label, message

    for text in warnings[:_WARNINGS_SHOWN]:
        click.echo(f"Warning: {text}", err=True)
    if len(warnings) > _WARNINGS_SHOWN:
        click.echo(f"Warning: {len(warnings)} seem to be no reports. 疑非报告", err=True)
    for text in failures:
        click.echo(f"Error: {text}", err=True)
    states = [
        message("counts", lang, state=label("states", state, lang), count=counts[state])
        for state in _STATES
        if counts[state]
    ]
    click.echo("  ".join(states) or message("nothing", lang), err=True)


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A bar on stderr, if that is a terminal and there is a batch to wait for; gives what moves it on."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
