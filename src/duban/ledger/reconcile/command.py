"""The command `duban reconcile`. What it uses is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.documents.model import Document
    from duban.ledger.reconcile.output import Result
    from duban.ledger.reconcile.rules import Rules

__all__ = ["reconcile"]

FORMATS = ("table", "jsonl", "csv", "xlsx")
VERDICTS = ("met", "exceeded", "partly", "missed", "under_way", "no_answer", "not_checkable")
SHEETS = ("promises", "unannounced")
_CORPUS = {".jsonl", ".ndjson"}


class _Years(click.ParamType[tuple[int, int]]):
    """Two years parted by a comma."""

    name = "years"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        first, _, second = str(value).partition(",")
        if not (first.strip().isdigit() and second.strip().isdigit()):
            self.fail(f"{value}: two years parted by a comma are wanted, such as 2025,2026", param, ctx)
        return int(first), int(second)


@click.command()
@click.argument("earlier", metavar="EARLIER", required=False)
@click.argument("later", metavar="LATER", required=False)
@click.option("--ledger", help="Every pair of years of a ledger instead; what it comes to is kept. 总账")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what -o ends with, else table. 格式"
)
@click.option("-o", "--output", help="File to write. 输出到文件")
@click.option(
    "--only",
    type=click.Choice(SHEETS),
    help="Only the promises, or only what none announced. 只要承诺/未见承诺",
)
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=click.Choice(VERDICTS),
    help="Only with this verdict. 只要某种结果",
)
@click.option(
    "--all", "everything", is_flag=True, help="In the table, what is too vague too. 连同难以核对的表述"
)
@click.option("--place", help="The place of both; of a corpus, only its reports. 地区")
@click.option(
    "--years", type=_Years(), help="The years of the two, where their texts do not tell: 2025,2026. 年份"
)
@click.option(
    "--any", "any_years", is_flag=True, help="Also reports that do not follow one another. 不限相邻年份"
)
@click.option("--rules", "rules_file", help="Rules of your own (docs: settle promises). 自定规则")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of headings. 表头语言")
def reconcile(
    *, earlier: str | None, later: str | None, ledger: str | None, form: str | None, output: str | None, only: str | None, verdicts: tuple[str, ...],
    everything: bool, place: str | None, years: tuple[int, int] | None, any_years: bool, rules_file: str | None,
    lang: str,
) -> None:  # fmt: skip
    """Put each promise of a report beside what the next one says of it. 对账

    EARLIER and LATER are the reports of one place in two years in a row (txt, docx, pdf, html…), or two corpora
    (.jsonl), whose reports are paired by place and year. With --ledger they are left out: every report of the ledger is
    settled with the next year's of its place, once, and kept there.

    \b
    duban reconcile 2025.docx 2026.docx                      a table of verdicts 结果表
    duban reconcile 2025.docx 2026.docx --verdict missed     what was not done 未完成的
    duban reconcile 2025.docx 2026.docx -o promises.xlsx     a workbook 工作簿
    duban reconcile provinces_2025.jsonl provinces_2026.jsonl -o all.jsonl
    duban reconcile --ledger reports.duckdb                  every place and year 总账
    """
    from duban.ledger.reconcile.rules import default_rules, load_rules

    rules = load_rules(rules_file) if rules_file else default_rules()
    chosen = _format(form, output)
    if ledger is not None:
        _refuse_with_ledger(earlier, years, any_years=any_years)
        _over_ledger(
            ledger, rules, chosen, output,
            place=place, verdicts=verdicts, only=only, everything=everything, lang=lang,
        )  # fmt: skip
        return
    if earlier is None or later is None:
        raise click.UsageError("Two reports are wanted, EARLIER and LATER; or --ledger.")
    pairs = _pairs(earlier, later, place, years)
    results = [
        _kept(_settled(*pair, rules=rules, any_years=any_years), only=only, verdicts=verdicts)
        for pair in pairs
    ]
    _write(results, chosen, output, only=only, everything=everything or bool(verdicts), lang=lang)


def _refuse_with_ledger(earlier: str | None, years: tuple[int, int] | None, *, any_years: bool) -> None:
    if earlier is not None or years is not None or any_years:
        raise click.UsageError(
            "--ledger settles the ledger's own pairs: leave out EARLIER, LATER, --years and --any."
        )


def _over_ledger(
    path: str, rules: Rules, form: str, output: str | None, *, place: str | None, verdicts: tuple[str, ...],
    only: str | None, everything: bool, lang: str,
) -> None:  # fmt: skip
    """Settle what is not settled yet, then show: a scoreboard on a terminal, the promises of one place or in a file."""
    from duban.ledger.reconcile.output import Result
    from duban.ledger.store.command import progress
    from duban.ledger.store.ledger import open_ledger
    from duban.ledger.store.scoreboard import print_scores

    with open_ledger(path, writable=True) as book:
        with progress(book.unsettled(rules=rules, place=place), "settling 对账") as advance:
            for _ in book.settle(rules=rules, place=place):
                advance()
        overview = place is None and not verdicts and only is None
        if overview and form == "table" and output is None and sys.stdout.isatty():
            print_scores(book.scores(), lang=lang)
            return
        results = [
            _kept(Result(name, year, year + 1, *account), only=only, verdicts=verdicts)
            for name, year, account in book.accounts(place=place)
        ]
    _write(results, form, output, only=only, everything=everything or bool(verdicts), lang=lang)


def _format(name: str | None, output: str | None) -> str:
    """The format asked for, or the one that the output's name ends with, or the table."""
    if name is None and output not in {None, "-"}:
        ending = PurePath(str(output)).suffix.lower().removeprefix(".")
        form = {"txt": "table"}.get(ending, ending)
        if form not in FORMATS:
            raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
        return form
    return name or "table"


def _pairs(
    earlier: str, later: str, place: str | None, years: tuple[int, int] | None
) -> list[tuple[Document, Document]]:
    """The documents to settle: one pair, or those of two corpora that belong together."""
    from duban.errors import InputError
    from duban.ledger.reconcile.pairing import paired

    first, second = years or (None, None)
    if not _is_corpus(earlier) and not _is_corpus(later):
        return [(_one(earlier, place, first), _one(later, place, second))]
    before = [each for each in _documents(earlier) if _is_wanted(each, place, first)]
    after = [each for each in _documents(later) if _is_wanted(each, place, second)]
    found = paired(before, after)
    if not found:
        raise InputError(
            "no report of the one is followed by a report of the other",
            where=f"{earlier}, {later}",
            expected="reports of one place in two years in a row",
            todo="name the earlier corpus first; see `region` and `year` of their lines",
        )
    for each in before:
        if each not in {one for one, _ in found}:
            click.echo(f"Warning: {each.id}: no report of the next year. 缺下一年报告", err=True)
    return found


def _one(path: str, place: str | None, year: int | None) -> Document:
    from duban.documents import load
    from duban.errors import InputError

    if path == "-":
        raise InputError("standard input cannot be one of two reports", todo="name two files")
    return next(load(Path(path), place=place, year=year, ocr=True))


def _documents(path: str) -> Iterator[Document]:
    from duban.documents import load

    yield from load(Path(path), ocr=True)


def _is_corpus(path: str) -> bool:
    return PurePath(path).suffix.lower() in _CORPUS


def _is_wanted(document: Document, place: str | None, year: int | None) -> bool:
    return (place is None or place in (document.place or "")) and (year is None or document.year == year)


def _settled(earlier: Document, later: Document, *, rules: Rules, any_years: bool) -> Result:
    """What two documents came to."""
    from duban.ledger.reconcile.claimed import account
    from duban.ledger.reconcile.output import Result
    from duban.reading.reader import read_document

    found = account(read_document(earlier), read_document(later), rules=rules, any_years=any_years)
    return Result(str(earlier.place), int(earlier.year or 0), int(later.year or 0), *found)


def _kept(result: Result, *, only: str | None, verdicts: tuple[str, ...]) -> Result:
    """As much of it as was asked for."""
    wanted = tuple(each for each in result.settlements if not verdicts or each.verdict.value in verdicts)
    return result._replace(
        settlements=() if only == "unannounced" else wanted,
        unannounced=() if only == "promises" or verdicts else result.unannounced,
    )


def _write(
    results: Sequence[Result], form: str, output: str | None, *, only: str | None, everything: bool, lang: str
) -> None:
    from duban.ledger.reconcile.output import SHEETS, Writer
    from duban.ledger.reconcile.table import print_result
    from duban.reading.formats.output import file_output, standard_output

    standard = output is None or output == "-"
    if standard and sys.stdout.isatty():
        if form == "xlsx":
            raise click.UsageError("xlsx is not for a terminal. Add -o NAME.xlsx.")
        if form == "table":
            for result in results:
                print_result(result, lang=lang, everything=everything)
            return
    sheets = (only,) if only else SHEETS

    def make(stream: BinaryIO) -> Writer:
        return Writer(stream, form, sheets, lang)

    to = standard_output(make, binary=form == "xlsx") if standard else file_output(Path(str(output)), make)
    with to as put:
        put("", results)
