"""The command `duban audit-log`. What it uses is imported when it runs."""

from __future__ import annotations

import click

__all__ = ["audit_log"]

SHOWN = 20


@click.group("audit-log")
def audit_log() -> None:
    """The log of what happened to cases. 督办日志"""


@audit_log.command()
@click.argument("log", metavar="FILE|DB")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of messages. 语言")
@click.pass_context
def verify(context: click.Context, *, log: str, lang: str) -> None:
    """Prove that a log is whole, or point at where it is broken. 校验日志

    FILE holds one record a line (JSONL); DB is an SQLite database with a table audit_log.

    \b
    duban audit-log verify log.jsonl
    """
    from duban.errors import DubanError
    from duban.supervision.audit_log import read_log
    from duban.supervision.chain import Checkpoint, verify_chain
    from duban.supervision.words import sentence

    try:
        records = list(read_log(log))
    except (DubanError, OSError) as error:
        message = str(error) if isinstance(error, DubanError) else f"{log}: {error.strerror or error}"
        click.echo(f"Error: {message}", err=True)
        context.exit(1)
    breaks = verify_chain(records)
    checkpoints = sum(isinstance(record, Checkpoint) for record in records)
    cases = len({record.case for record in records if not isinstance(record, Checkpoint)})
    counts = {"cases": str(cases), "events": str(len(records) - checkpoints), "checkpoints": str(checkpoints)}
    for found in breaks[:SHOWN]:
        facts = {"case": found.case, "seq": str(found.seq), **found.facts}
        click.echo(sentence("break", found.code, facts, lang), err=True)  # type: ignore[arg-type]
    if len(breaks) > SHOWN:
        click.echo(f"… {len(breaks) - SHOWN}", err=True)
    click.echo(sentence("log", "broken" if breaks else "whole", counts | {"breaks": str(len(breaks))}, lang))  # type: ignore[arg-type]
    context.exit(1 if breaks else 0)
