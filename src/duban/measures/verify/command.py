"""The command `duban verify`. What it uses is imported when it runs."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO

import click

from duban.measures.engines import ENGINES

if TYPE_CHECKING:
    from duban.measures.pack import Pack
    from duban.measures.verify.output import Result
    from duban.measures.verify.verification import Verification
    from duban.reading.reading import Reading

__all__ = ["verify"]

FORMATS = ("table", "jsonl", "csv", "xlsx", "html")
VERDICTS = ("borne_out", "contradicted", "cannot_tell")
CONTRADICTED = 1
FAILED = 2
"""The exit status where something could not be read or evaluated, as `grep` and `diff` have it."""


@click.command()
@click.argument("report", metavar="REPORT")
@click.option(
    "--data", "folder", required=True,
    help="Folder of records: a folder below it for each pack; of one pack alone, its files. 记录所在文件夹",
)  # fmt: skip
@click.option("--pack", "packs", multiple=True, help="Only this pack; default all that are installed. 专题包")
@click.option("--place", help="The place reported on, where the text does not tell. 地区")
@click.option("--year", type=int, help="The year of the report, where the text does not tell. 年份")
@click.option(
    "--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="Only these. 只要某种结论"
)
@click.option(
    "--all", "everything", is_flag=True, help="Also the claims that no measure is of. 连同没有口径的"
)
@click.option("--explain", is_flag=True, help="Show how each value came about, down to the rows. 说明来历")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what -o ends with, else table. 格式"
)
@click.option("-o", "--output", help="File to write. 输出到文件")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="What evaluates. 计算引擎")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language. 语言")
def verify(
    *, report: str, folder: str, packs: tuple[str, ...], place: str | None, year: int | None,
    verdicts: tuple[str, ...], everything: bool, explain: bool, form: str | None, output: str | None, engine: str,
    lang: str,
) -> int:  # fmt: skip
    """Hold the claims of a report to the records behind them. 核验报告数据

    REPORT is a report (txt, docx, pdf, html…). The exit status is 0 if no claim is contradicted, 1 if one is, and 2 if
    something cannot be read or evaluated.

    \b
    duban verify 2026.docx --data records/                       a table of verdicts 结果表
    duban verify 2026.docx --data records/ -o verified.html      the report with the verdicts in it 网页
    duban verify 2026.docx --data records/ -o verified.xlsx      with the rows behind each 工作簿
    duban verify 2026.docx --data air/ --pack air --explain      how each came about 来历
    """
    from duban.errors import DubanError
    from duban.measures.engines import engine as chosen_engine
    from duban.measures.verify.output import Result
    from duban.measures.verify.verification import verify as hold

    chosen = _format(form, output)
    try:
        with hold(
            _reading(report, place, year), _packs(packs), folder, backend=chosen_engine(engine)
        ) as found:
            shown = (*found.outcomes, *(found.uncovered if everything else ()))
            outcomes = tuple(each for each in shown if not verdicts or each.verdict.value in verdicts)
            result = Result(found, outcomes)
            if explain:
                _explain(result, output, lang)
            else:
                _write(result, chosen, output, lang)
            failed = _tell(found, lang)
            contradicted = any(each.verdict.value == "contradicted" for each in found.outcomes)
    except DubanError as error:
        click.echo(f"Error: {error}", err=True)
        return FAILED
    return FAILED if failed else CONTRADICTED if contradicted else 0


def _format(name: str | None, output: str | None) -> str:
    """The format asked for, or the one that the output's name ends with, or the table."""
    if name is None and output not in {None, "-"}:
        ending = PurePath(str(output)).suffix.lower().removeprefix(".")
        form = {"txt": "table", "htm": "html"}.get(ending, ending)
        if form not in FORMATS:
            raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
        return form
    return name or "table"


def _reading(report: str, place: str | None, year: int | None) -> Reading:
    """The one report. Raises `InputError` where the file holds none, or several."""
    from duban.documents import load
    from duban.errors import InputError
    from duban.reading.reader import read_document

    if report == "-":
        raise InputError("a report on standard input cannot be told from another", todo="name a file")
    documents = list(load(Path(report), place=place, year=year, ocr=True))
    if len(documents) != 1:
        raise InputError(
            f"the file holds {len(documents)} reports",
            where=report,
            expected="one",
            todo="verify them one by one",
        )
    return read_document(documents[0])


def _packs(names: tuple[str, ...]) -> list[Pack]:
    from duban.measures.pack import installed, read

    return [read(name) for name in dict.fromkeys(names or tuple(installed()))]


def _explain(result: Result, output: str | None, lang: str) -> None:
    from duban.measures.verify.table import explained

    text = "".join(explained(result.outcomes, lang))
    if output in {None, "-"}:
        click.echo(text, nl=False)
    else:
        Path(str(output)).write_text(text, encoding="utf-8")


def _write(result: Result, form: str, output: str | None, lang: str) -> None:
    from duban.measures.verify.output import Writer
    from duban.measures.verify.table import print_result
    from duban.reading.formats.output import file_output, standard_output

    standard = output is None or output == "-"
    if standard and sys.stdout.isatty():
        if form == "xlsx":
            raise click.UsageError("xlsx is not for a terminal. Add -o NAME.xlsx.")
        if form == "table":
            print_result(result.verification, result.outcomes, lang=lang)
            return

    def make(stream: BinaryIO) -> Writer:
        return Writer(stream, form, lang)

    to = standard_output(make, binary=form == "xlsx") if standard else file_output(Path(str(output)), make)
    with to as put:
        put("", result)


def _tell(found: Verification, lang: str) -> bool:
    """On stderr what is wrong with the records; whether those of a pack could not be evaluated."""
    from duban.measures.verify.labels import message

    for pack, problem in found.records.problems.items():
        click.echo(message("problem", lang, pack=pack, problem=problem), err=True)
    return bool(found.records.problems)
