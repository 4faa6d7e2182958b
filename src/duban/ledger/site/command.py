"""The command `duban site`. What it uses is imported when it runs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from duban.ledger.reconcile.rules import Rules

__all__ = ["site"]


@click.command()
@click.argument("ledger", metavar="LEDGER")
@click.option(
    "-o", "--output", required=True, help="Folder to make; an earlier site there is replaced. 输出文件夹"
)
@click.option(
    "--rules", "rules_file", help="Rules of your own to settle by (docs: settle promises). 自定规则"
)
def site(*, ledger: str, output: str, rules_file: str | None) -> None:
    """Write a ledger as a web site that needs no server. 生成网站

    Places, indicators, reports and what became of their promises, in Chinese and English; every number leads to its
    sentence. What is not settled or audited yet is settled and audited first, and kept in the ledger. The folder
    appears whole or not at all; one that `duban site` did not make is never replaced.

    \b
    duban ledger add reports.duckdb reports/      add the reports 入库
    duban site reports.duckdb -o site/            write the site 生成网站
    """
    from duban.ledger.reconcile.rules import default_rules, load_rules
    from duban.ledger.site.build import build
    from duban.ledger.site.folder import check_folder
    from duban.ledger.site.source import holdings
    from duban.ledger.store.ledger import open_ledger

    check_folder(output)
    _brought_up_to_date(ledger, load_rules(rules_file) if rules_file else default_rules())
    with open_ledger(ledger) as book:
        held = holdings(book)
    with ExitStack() as stack:
        pages = build(held, output, advance=_bar(stack))
    click.echo(f"{pages} pages 页: {output}/index.html".replace("//", "/"), err=True)


def _brought_up_to_date(path: str, rules: Rules) -> None:
    """Settle and audit what has not been; the ledger is written to only if there is something to do."""
    from duban.ledger.audit.rules import rules as audit_rules
    from duban.ledger.store.command import progress
    from duban.ledger.store.ledger import open_ledger

    with open_ledger(path) as book:
        unsettled, unaudited = book.unsettled(rules=rules), book.unaudited(audit_rules())
    if not unsettled and not unaudited:
        return
    with open_ledger(path, writable=True) as book:
        with progress(unsettled, "settling 对账") as advance:
            for _ in book.settle(rules=rules):
                advance()
        with progress(unaudited, "auditing 核对") as advance:
            for _ in book.audit():
                advance()


def _bar(stack: ExitStack) -> Callable[[int], None]:
    """Moves a bar on, which begins when it is known how many pages there will be."""
    from duban.ledger.store.command import progress

    steps: list[Callable[[], None]] = []

    def advance(total: int) -> None:
        if not steps:
            steps.append(stack.enter_context(progress(total, "writing 生成")))
        steps[0]()

    return advance
