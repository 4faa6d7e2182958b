"""The commands `duban measure` and `duban pack`. What they use is imported when they run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from duban.measures.engines import ENGINES

if TYPE_CHECKING:
    from datetime import datetime

    from duban.measures.definition import Measure
    from duban.measures.evaluate import Evaluation
    from duban.measures.pack import Pack

__all__ = ["measure", "pack"]

FORMATS = ("table", "jsonl", "csv", "xlsx")
ISSUES_SHOWN = 10
_LANG = click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language. 语言")


@click.command()
@click.argument("pack", metavar="PACK")
@click.option("--data", "folder", required=True, help="Folder of records, one file a table. 数据文件夹")
@click.option("--place", "places", multiple=True, help="Only this place. 地区")
@click.option(
    "--period", "periods", multiple=True, required=True,
    help="2024, 2024-Q1, 2024-03, 2024-03-31, 2024-01-01/P6M (January to June), or 2021-2025. 时期",
)  # fmt: skip
@click.option("--measure", "codes", multiple=True, help="Only this measure. 口径")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="As known on that day. 截至某日所知")
@click.option("--explain", is_flag=True, help="Show how each value came about. 说明来历")
@click.option("--rows", help="Also write the records behind (csv, parquet). 另存所依据的记录")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by -o, else table. 格式")
@click.option("-o", "--output", help="File to write. 输出到文件")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="What evaluates. 计算引擎")
@_LANG
def measure(
    *, pack: str, folder: str, places: tuple[str, ...], periods: tuple[str, ...], codes: tuple[str, ...],
    as_of: datetime | None, explain: bool, rows: str | None, form: str | None, output: str | None, engine: str, lang: str,
) -> None:  # fmt: skip
    """Compute figures from the records behind them. 由记录计算指标

    PACK is a pack's name (`duban pack list`) or its folder.

    \b
    duban measure air --data records/ --period 2024                       a year 一年
    duban measure air --data records/ --period 2024-03-05 --measure aqi   a day's index 一天
    duban measure air --data records/ --period 2024 --measure pm25 --explain
    """
    from duban.measures.engines import engine as chosen_engine
    from duban.measures.evaluate import evaluate
    from duban.measures.pack import read
    from duban.measures.periods import parse

    chosen = form or _by_ending(output)
    found = evaluate(
        read(pack), folder, [parse(each) for each in periods], places=places, measures=codes,
        as_of=as_of.date() if as_of else None, backend=chosen_engine(engine)(),
    )  # fmt: skip
    with found as evaluation:
        if explain:
            _explain(evaluation, output, lang)
        else:
            _write(evaluation, chosen, output, lang)
        if rows:
            _write_rows(evaluation, Path(rows))
        _tell(evaluation, lang)


def _by_ending(output: str | None) -> str:
    ends = {".jsonl": "jsonl", ".csv": "csv", ".xlsx": "xlsx", ".txt": "table"}
    if output is None or output == "-":
        return "table"
    suffix = Path(output).suffix.lower()
    if suffix not in ends:
        raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
    return ends[suffix]


def _write(evaluation: Evaluation, form: str, output: str | None, lang: str) -> None:
    from duban.measures.output import Writer
    from duban.reading.formats import output as to

    def make(stream: BinaryIO) -> Writer:
        return Writer(stream, form, lang)

    place = (
        to.standard_output(make, binary=form == "xlsx")
        if output in {None, "-"}
        else to.file_output(Path(str(output)), make)
    )
    with place as put:
        put("", evaluation)


def _explain(evaluation: Evaluation, output: str | None, lang: str) -> None:
    from duban.measures.explain import explain

    text = "\n".join(explain(evaluation, value, lang) for value in evaluation.values)
    if output in {None, "-"}:
        click.echo(text, nl=False)
    else:
        Path(str(output)).write_text(text, encoding="utf-8")


def _write_rows(evaluation: Evaluation, path: Path) -> None:
    """The records behind the values, as a file that appears whole or not at all."""
    from duban.errors import OutputError

    records = evaluation.records()
    write = {".csv": records.to_csv, ".parquet": records.to_parquet}.get(path.suffix.lower())
    if write is None:
        raise click.UsageError(f"--rows {path}: the name has to end with .csv or .parquet.")
    part = path.with_name(f".{path.name}.part")
    try:
        part.touch()
        write(part)
        part.replace(path)
    except OSError as error:
        raise OutputError(
            f"the records cannot be written ({error.strerror})", where=str(path), todo="choose another place"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _tell(evaluation: Evaluation, lang: str) -> None:
    """Every error and the first warnings of the records, and how many rows were set aside."""
    from duban.measures.issues import say, strings

    for records in evaluation.data.records.values():
        if records.aside:
            click.echo(
                say(
                    "words", "rows_read", lang, table=records.table.name, read=records.read,
                    used=records.read - records.aside, aside=records.aside,
                ),
                err=True,
            )  # fmt: skip
    told = [issue for issue in evaluation.data.issues if issue.severity != "info"]
    for issue in told[:ISSUES_SHOWN]:
        click.echo(f"{strings()['severities'][issue.severity][lang]}: {issue.message(lang)}", err=True)


@click.group()
def pack() -> None:
    """List, show, make and test packs. 专题包"""


@pack.command("list")
@_LANG
def list_(*, lang: str) -> None:
    """The packs that are installed. 已安装的专题包"""
    from duban.measures.pack import installed, read

    for name in installed():
        found = read(name)
        click.echo(f"{name}\t{found.title[lang]}\t{len(found.measures)}\t{found.text[lang]}")


@pack.command()
@click.argument("name")
@_LANG
def show(*, name: str, lang: str) -> None:
    """What a pack reads and computes, and by which standards. 专题包的内容

    NAME is a pack's name or its folder.
    """
    from duban.measures.pack import read

    click.echo(_shown(read(name), lang), nl=False)


def _shown(found: Pack, lang: str) -> str:
    lines = [f"{found.name}: {found.title[lang]}", found.text[lang], ""]
    for table in found.tables.values():
        lines.append(f"{table.name}: {table.title[lang]} — {table.row[lang]}")
        for column in table.columns.values():
            key = "*" if column.name in table.key else " "
            unit = f" ({column.unit})" if column.unit else ""
            lines.append(f"  {key} {column.name}: {column.text[lang]}{unit}")
    lines += ["", *(_measure(each, lang) for each in found.measures.values()), ""]
    lines += [f"{each.number}: {each.title}, {each.in_force}" for each in found.standards.values()]
    return "\n".join(lines) + "\n"


def _measure(each: Measure, lang: str) -> str:
    sources = "; ".join(map(str, each.sources))
    return f"{each.code}: {each.name[lang]} ({each.unit}) — {each.text[lang]} [{sources}]"


@pack.command()
@click.argument("name")
@click.option("--into", default=".", help="Folder to make it in. 所在文件夹")
def new(*, name: str, into: str) -> None:
    """Make a new pack that passes its tests. 新建专题包"""
    from duban.measures.scaffold import new as make

    folder = make(name, Path(into))
    click.echo(f"{folder}: pack.yaml tables.yaml parameters/ measures.yaml measures.py cases/")


@pack.command()
@click.argument("name")
def test(*, name: str) -> int:
    """Run a pack's cases. 运行专题包的算例

    NAME is a pack's name or its folder. The exit status is 1 if a case fails.
    """
    from duban.measures.cases import cases, run
    from duban.measures.pack import read

    found = read(name)
    every = cases(found)
    failed = 0
    for case in every:
        failures = run(found, case)
        failed += bool(failures)
        click.echo(f"{'FAILED' if failures else 'passed'}  {case.name}")
        for failure in failures:
            click.echo(f"        {case.where}: {failure}")
    click.echo(f"{len(every) - failed} passed, {failed} failed")
    return 1 if failed or not every else 0
