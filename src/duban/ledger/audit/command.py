"""The command `duban audit`. What it uses is imported when it runs."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.documents.model import Document
    from duban.ledger.audit.output import Result
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.series import Series
    from duban.reading.batch import Problem
    from duban.reading.reading import Reading

__all__ = ["audit"]

FORMATS = ("table", "jsonl", "csv", "xlsx")
GRAVITIES = ("note", "doubt", "contradiction")
CHECKS = (
    *(
        "level_and_growth",
        "implied_prices",
        "parts",
        "parts_listed",
        "total_between_parts",
        "growth_and_change",
    ),
    *(
        "direction",
        "said_twice",
        "restated",
        "mean_growth",
        "plan_period",
        "distributed_list",
        "announced_list",
    ),
    *(
        "unit_slip",
        "jump",
        "record",
        "first_time",
        "streak",
        "rank_move",
        "rank_among_peers",
        "share",
        "structure",
        "gap",
    ),
    *("count_of_years", "numbering", "repeated"),
)
_NATION = "全国"
FOUND = 3
"""The exit status of --fail-on."""


@click.command()
@click.argument("reports", nargs=-1, metavar="REPORT…")
@click.option(
    "--ledger", help="Hold the reports to this ledger's; without a report, audit and keep its own. 总账"
)
@click.option("--again", is_flag=True, help="With --ledger alone: also what has been audited. 全部重核")
@click.option(
    "--previous", multiple=True, help="An earlier report to compare with; may be repeated. 以往报告"
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what -o ends with, else table. 格式"
)
@click.option("-o", "--output", help="File to write. 输出到文件")
@click.option(
    "--gravity", type=click.Choice(GRAVITIES), default="note", help="At least so grave. 只要此程度以上"
)
@click.option(
    "--check",
    "wanted",
    multiple=True,
    type=click.Choice(CHECKS),
    metavar="NAME",
    help="Only this check. 只要某项核对",
)
@click.option("--fail-on", type=click.Choice(GRAVITIES), help="Exit 3 if one is found so grave. 供脚本判断")
@click.option("--place", help="The place of the reports, where their texts do not tell. 地区")
@click.option("--year", type=int, help="The year of the one report, where its text does not tell. 年份")
@click.option("--rules", "rules_file", help="Rules of your own (docs: audit a report). 自定规则")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of headings. 表头语言")
def audit(
    *, reports: tuple[str, ...], ledger: str | None, again: bool, previous: tuple[str, ...], form: str | None,
    output: str | None, gravity: str, wanted: tuple[str, ...], fail_on: str | None, place: str | None, year: int | None, rules_file: str | None,
    lang: str,
) -> int:  # fmt: skip
    """List what in a report cannot all be true, with the sums. 核对报告

    REPORT is a report (txt, docx, pdf, html…), a folder of reports or a corpus (.jsonl). Of several, each is held to
    the earlier ones of its place. With --ledger they are held to the ledger's reports too (records, streaks, ranks);
    without a REPORT the ledger's own are audited and what is found is kept in it. The exit status is 0 whether or not
    something is found, and 1 only for errors.

    \b
    duban audit 2026.docx                                   the report by itself 单份
    duban audit 2026.docx --previous 2025.docx              and against last year's 对照上年
    duban audit 2026.docx --previous 2025.docx -o check.xlsx
    duban audit national.jsonl --gravity doubt              a corpus 语料
    duban audit 2026.docx --ledger reports.duckdb           against a ledger 对照总账
    duban audit --ledger reports.duckdb --place 保定市      a ledger's own 核对总账
    duban audit draft.docx --fail-on contradiction          in a script 脚本
    """
    from duban.ledger.audit.rules import load, rules

    used = load(Path(rules_file)) if rules_file else rules()
    chosen = _format(form, output)
    problems: list[Problem] = []
    if reports:
        read = _readings(reports, place, year, problems)
        before = _dated(read, _readings(previous, None, None, problems) if previous else [])
        results, documents = _held_to(ledger, read, before, used)
    elif ledger is not None:
        results, documents = _of_ledger(ledger, used, place=place, year=year, again=again)
    else:
        raise click.UsageError("A REPORT is wanted, or --ledger.")
    results = [_kept(result, wanted) for result in results]
    if results:
        _write([_grave(result, gravity) for result in results], documents, chosen, output, lang)
    if _told(problems):
        return 1
    return FOUND if fail_on and any(_grave(result, fail_on).findings for result in results) else 0


def _held_to(
    ledger: str | None, read: list[Reading], before: list[Reading], rules: Rules
) -> tuple[list[Result], list[Document]]:
    """The reports held to one another and to a ledger's, if there is one; and the documents that findings may rest on."""
    documents = [reading.document for reading in (*read, *before)]
    if ledger is None:
        return _examined(read, before, rules), documents
    from duban.ledger.store.examining import documents_of
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(ledger) as book:
        results = _examined(read, before, rules, book.series(rules))
        found = [finding for result in results for finding in result.findings]
        return results, [*documents_of(book, found), *documents]


def _of_ledger(
    ledger: str, rules: Rules, *, place: str | None, year: int | None, again: bool
) -> tuple[list[Result], list[Document]]:
    """What was found in a ledger's own reports, after auditing what was not audited; and the documents it rests on."""
    from duban.ledger.audit.output import Result
    from duban.ledger.store.command import progress
    from duban.ledger.store.examining import documents_of
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(ledger, writable=True) as book:
        with progress(book.unaudited(rules, place=place, year=year, again=again), "auditing 核对") as advance:
            for _ in book.audit(rules=rules, place=place, year=year, again=again):
                advance()
        results = [
            Result(document, found, len(found)) for document, found in book.findings(place=place, year=year)
        ]
        return results, documents_of(book, [finding for result in results for finding in result.findings])


def _format(name: str | None, output: str | None) -> str:
    """The format asked for, or the one that the output's name ends with, or the table."""
    if name is None and output not in {None, "-"}:
        ending = PurePath(str(output)).suffix.lower().removeprefix(".")
        form = {"txt": "table"}.get(ending, ending)
        if form not in FORMATS:
            raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
        return form
    return name or "table"


def _readings(
    paths: Sequence[str], place: str | None, year: int | None, problems: list[Problem]
) -> list[Reading]:
    """The reports of files, folders and corpora, read; what goes wrong with one is taken down and the rest goes on."""
    from duban.reading import batch

    files = batch.expand(paths)
    found: list[Reading] = []
    with closing(
        batch.run(batch.tasks(files, place=place, year=year), _itself, jobs=batch.cores(files))
    ) as outcomes:
        for outcome in outcomes:
            problems += [outcome.problem] if outcome.problem else []
            found += [outcome.chunk] if outcome.read else []
    return found


def _itself(reading: Reading) -> Reading:
    return reading


def _dated(reports: Sequence[Reading], before: Sequence[Reading]) -> list[Reading]:
    """Earlier reports; one that does not say whose it is, or of when, is taken for the same place's a year before."""
    from msgspec.structs import replace

    from duban.errors import InputError

    places = {reading.document.place for reading in reports}
    years = {reading.document.year for reading in reports if reading.document.year is not None}
    kept = [reading for reading in before if reading.document.place in {None, _NATION, *places}]
    if before and not kept:
        document = before[0].document
        raise InputError(
            f"the earlier report is of {document.place}",
            where=document.source,
            expected=f"a report of {' or '.join(sorted(filter(None, places)))}",
            todo="name an earlier report of the same place",
        )
    dated: list[Reading] = []
    for reading in kept:
        document = reading.document
        if document.place is None and len(places) == 1:
            document = replace(document, place=next(iter(places)))
        if document.year is None and len(years) == 1:
            document = replace(document, year=min(years) - 1)
        dated.append(replace(reading, document=document))
    return dated


def _examined(
    reports: Sequence[Reading], before: Sequence[Reading], rules: Rules, more: Series | None = None
) -> list[Result]:
    """Every report held to itself, to the others, and to what else is known."""
    from duban.ledger.audit.audit import examine
    from duban.ledger.audit.output import Result
    from duban.ledger.audit.series import Joined, ReadingSeries
    from duban.ledger.audit.sheet import Sheet

    sheets = [Sheet(reading, rules) for reading in reports]
    series = ReadingSeries(before, rules=rules)
    for sheet in sheets:
        if sheet.place is not None:
            series.add(sheet)
    known = series if more is None else Joined([series, more])
    found = [(sheet, examine(sheet, known, rules)) for sheet in sheets]
    return [Result(sheet.document, done.findings, len(done.sums)) for sheet, done in found]


def _kept(result: Result, wanted: Sequence[str]) -> Result:
    """The result with the findings of the checks that were asked for."""
    found = result.findings
    return result._replace(findings=tuple(each for each in found if not wanted or each.check in wanted))


def _grave(result: Result, gravity: str) -> Result:
    """The result with the findings at least so grave."""
    least = GRAVITIES.index(gravity)
    found = result.findings
    return result._replace(
        findings=tuple(each for each in found if GRAVITIES.index(each.gravity.value) >= least)
    )


def _told(problems: Sequence[Problem]) -> bool:
    """Every problem on stderr; whether one of them was that something could not be read."""
    for problem in problems:
        click.echo(f"{'Error' if problem.fatal else 'Warning'}: {problem.message}", err=True)
    return any(problem.fatal for problem in problems)


def _write(
    results: Sequence[Result], documents: Sequence[Document], form: str, output: str | None, lang: str
) -> None:
    from duban.ledger.audit.output import Writer
    from duban.ledger.audit.records import Places
    from duban.ledger.audit.table import print_result
    from duban.reading.formats.output import file_output, standard_output

    places = Places(documents)
    standard = output is None or output == "-"
    if standard and sys.stdout.isatty():
        if form == "xlsx":
            raise click.UsageError("xlsx is not for a terminal. Add -o NAME.xlsx.")
        if form == "table":
            for result in results:
                print_result(result, places, lang=lang)
            return

    def make(stream: BinaryIO) -> Writer:
        return Writer(stream, form, places, lang)

    to = standard_output(make, binary=form == "xlsx") if standard else file_output(Path(str(output)), make)
    with to as put:
        put("", results)
