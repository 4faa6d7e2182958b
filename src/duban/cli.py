"""The `duban` command: the library's verbs, for a shell. Libraries are imported when a command runs."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from duban.ledger.audit.command import audit
from duban.ledger.reconcile.command import reconcile
from duban.ledger.site.command import site
from duban.ledger.store.command import ledger
from duban.measures.cli import measure, pack
from duban.measures.verify.command import verify
from duban.supervision.command import audit_log
from duban.web.command import manage, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from duban.reading.batch import Problem
    from duban.reading.formats import Format, Selection, Writer
    from duban.reading.formats.output import Put

__all__ = ["main"]

FORMATS = ("table", "jsonl", "csv", "xlsx", "parquet", "html")
FINDINGS = ("figures", "distinctions", "statements")
KINDS = (
    *("level", "growth", "change", "avg_growth", "rank"),
    *("record_high", "record_low", "first", "streak", "since", "all", "none", "best", "above"),
)
WARNINGS_SHOWN = 10
STATUSES = ("actual", "estimate", "target", "reference", "done", "planned", "ongoing", "context")


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from duban import __version__

        click.echo(f"duban {__version__}")
        context.exit()


class _Commands(click.Group):
    """Commands whose errors become messages and exit codes; a number that one returns is its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        sys.exit(_exit_code(lambda: super(_Commands, self).invoke(ctx) or 0))


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
    help="Show the version. 版本",
)  # fmt: skip
def main() -> None:
    """Duban (督办): a city government's year from promise to proof.

    读政府工作报告: 数据、位次与首创、表述, 逐字可查。
    """


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: what -o ends with, else table. 格式"
)
@click.option("-o", "--output", help="File to write, or a folder for several pages. 输出到文件")
@click.option("--only", type=click.Choice(FINDINGS), help="Only these findings. 只要数据/位次与首创/表述")
@click.option("--place", help="The place reported on; of a corpus, only its reports. 地区")
@click.option(
    "--year", type=int, help="The year the report was given in; of a corpus, only its reports. 年份"
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these kinds. 类型")
@click.option(
    "--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only with this status. 状态"
)
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; default all cores for a batch. 进程数")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of headings. 表头语言")
def read(
    *, files: tuple[str, ...], form: str | None, output: str | None, only: str | None, place: str | None,
    year: int | None, kinds: tuple[str, ...], statuses: tuple[str, ...], jobs: int | None, lang: str,
) -> None:  # fmt: skip
    """Read reports into figures, distinctions and statements. 读报告

    FILE is a report (txt, docx, pdf, html…), a folder of reports, a corpus (.jsonl, one report a line)
    or - for standard input. A bad file is told of and the rest goes on.

    \b
    duban read report.docx                          the figures as a table 数据表
    duban read report.docx -o report.xlsx           a workbook 工作簿
    duban read reports/ --format html -o pages/     a page for each 网页
    duban read corpus.jsonl -o figures.parquet      a corpus on all cores 语料
    """
    from duban.reading.formats import Selection

    chosen = _format(form, output)
    of: Any = (only,) if only else chosen.default
    selection = Selection(of=of, kinds=frozenset(kinds), statuses=frozenset(statuses), lang=lang)

    def run() -> int:
        from duban.errors import DubanError
        from duban.reading import batch

        found = batch.expand(files)
        total = batch.count(found)
        problems: list[Problem] = []
        done = 0
        render = partial(chosen.render, selection=selection)
        to_do = batch.tasks(found, place=place, year=year)
        quiet = output is None and sys.stdout.isatty()
        with (
            _destination(chosen, output, selection, files=found, total=total) as put,
            _progress(total, quiet=quiet) as advance,
            closing(batch.run(to_do, render, jobs=jobs or batch.cores(found))) as outcomes,
        ):
            for outcome in outcomes:
                problems += [outcome.problem] if outcome.problem else []
                if outcome.read:
                    put(outcome.name, outcome.chunk)
                    done += 1
                advance()
        if not done and not problems:
            raise DubanError("no report is of this place and year", todo="leave out --place or --year")
        return _tell(problems, total)

    sys.exit(_exit_code(run))


def _format(name: str | None, output: str | None) -> Format:
    """The format asked for, or the one that the output's name ends with, or the table."""
    from duban.reading.formats import FORMATS as KNOWN

    if name is None and output is not None:
        ends = {form.suffix: form for form in KNOWN.values()}
        suffix = PurePath(output).suffix.lower()
        if suffix not in ends:
            raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
        return ends[suffix]
    return KNOWN[name or "table"]


def _destination(
    form: Format, output: str | None, selection: Selection, *, files: list[str], total: int
) -> AbstractContextManager[Put]:
    """Where the output goes; refuses what cannot be meant."""
    from duban.reading.formats import output as to

    def make(stream: BinaryIO) -> Writer:
        return form.writer(stream, selection)

    if output is None or output == "-":
        if form.binary and sys.stdout.isatty():
            raise click.UsageError(f"{form.name} is not for a terminal. Add -o NAME{form.suffix}.")
        if form.single and total > 1:
            raise click.UsageError(f"{form.name} makes a file of each report. Add -o FOLDER.")
        return to.standard_output(make, binary=form.binary)
    path = Path(output)
    if any(file != "-" and path.exists() and path.samefile(file) for file in files if Path(file).exists()):
        raise click.UsageError(f"-o {output} would overwrite a report that is to be read.")
    if form.single and (total > 1 or path.is_dir() or output.endswith("/")):
        if path.suffix == form.suffix and not path.is_dir():
            raise click.UsageError(f"-o {output}: there are {total} reports, a page for each. Name a folder.")
        return to.folder_output(path, make, form.suffix)
    return to.file_output(path, make)


def _exit_code(run: Callable[[], int]) -> int:
    """What `run` returns; for what stops it, a message on stderr and the code that a shell expects."""
    from duban.errors import DubanError

    signal.signal(signal.SIGTERM, _terminated)
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        click.echo("Stopped. Nothing was left half-written. 已中止", err=True)
        return 130
    except DubanError as error:
        click.echo(f"Error: {error}", err=True)
        return 1
    except OSError as error:
        click.echo(f"Error: {error.filename or 'output'}: {error.strerror or error}", err=True)
        return 1
    return code


def _terminated(_signal: int, _frame: object) -> None:
    sys.exit(143)


def _tell(problems: list[Problem], total: int) -> int:
    """Every failure and the first warnings on stderr and, in a batch, how many there were; the exit code."""
    failures = [problem.message for problem in problems if problem.fatal]
    warnings = [problem.message for problem in problems if not problem.fatal]
    for message in warnings[:WARNINGS_SHOWN]:
        click.echo(f"Warning: {message}", err=True)
    if len(warnings) > WARNINGS_SHOWN:
        click.echo(f"Warning: {len(warnings)} of {total} seem to be no reports. 疑非报告", err=True)
    for message in failures:
        click.echo(f"Error: {message}", err=True)
    if failures and total > 1:
        click.echo(
            f"{len(failures)} of {total} could not be read. 共 {total} 份, {len(failures)} 份未能读取",
            err=True,
        )
    return 1 if failures else 0


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A bar on stderr, if that is a terminal and there is a batch to wait for; gives what moves it on."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading 读取"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)


main.add_command(audit)
main.add_command(ledger)
main.add_command(measure)
main.add_command(pack)
main.add_command(reconcile)
main.add_command(verify)
main.add_command(site)
main.add_command(audit_log)
main.add_command(serve)
main.add_command(manage)


if __name__ == "__main__":
    main()
