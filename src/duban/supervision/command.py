"""The command `duban audit-log`. What it uses is imported when it runs."""

from __future__ import annotations

from typing import Any

import click

__all__ = ["audit_log"]

SHOWN = 20


@click.group("audit-log")
def audit_log() -> None:
    """The log of what happened to cases. 督办日志"""


@audit_log.command()
@click.argument("log", metavar="LOG")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", help="Language of messages. 语言")
def verify(*, log: str, lang: Any) -> int:
    """Prove that a log is whole, or point at where it is broken. 校验日志

    LOG holds one record a line (JSONL), or is an SQLite database with a table audit_log.

    \b
    duban audit-log verify log.jsonl
    """
    from duban.supervision.audit_log import read_log
    from duban.supervision.chain import Checkpoint, verify_chain
    from duban.supervision.words import sentence

    records = list(read_log(log))
    breaks = verify_chain(records)
    events = [record for record in records if not isinstance(record, Checkpoint)]
    for found in breaks[:SHOWN]:
        facts = {"case": found.case, "seq": str(found.seq), **found.facts}
        click.echo(sentence("break", found.code, facts, lang), err=True)
    if len(breaks) > SHOWN:
        click.echo(f"… {len(breaks) - SHOWN}", err=True)
    counts = {
        "cases": str(len({event.case for event in events})),
        "events": str(len(events)),
        "checkpoints": str(len(records) - len(events)),
        "breaks": str(len(breaks)),
    }
    click.echo(sentence("log", "broken" if breaks else "whole", counts, lang))
    return 1 if breaks else 0
