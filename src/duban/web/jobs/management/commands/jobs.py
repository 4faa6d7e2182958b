"""`duban manage jobs`: what ran, what waits, what failed."""

from __future__ import annotations

from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duban.web.jobs import service
from duban.web.notices.service import letters_by_state

__all__ = ["Command"]

_FAILED = 10


class Command(BaseCommand):
    help = "Show what ran, what waits and what failed. 后台任务情况"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """A table of the jobs, the queue, the mails, and the tasks that failed last."""
        console = Console(file=cast("IO[str]", self.stdout), highlight=False)
        table = Table(box=None)
        for heading in ("job 任务", "round 轮次", "parts 进度", "did 完成", "failed 失败", "note 说明"):
            table.add_column(heading, overflow="fold")
        for one in service.standing():
            table.add_row(
                f"{one.job.text['zh']}\n[dim]{one.job.name}[/dim]",
                one.last.slot if one.last else "—",
                f"{one.finished}/{one.parts}" if one.last else "",
                str(one.done) if one.last else "",
                f"[red]{one.failed}[/red]" if one.failed else "",
                escape(one.note),
            )
        console.print(table)
        states = {
            state: DBTaskResult.objects.filter(status=state).count()
            for state in (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED)
        }
        console.print(
            "queue 队列: " + ", ".join(f"{state.lower()} {count}" for state, count in states.items())
        )
        mails = {state: count for state, count in letters_by_state().items() if count}
        console.print(
            "mail 邮件: " + (", ".join(f"{state} {count}" for state, count in mails.items()) or "—")
        )
        for failed in DBTaskResult.objects.failed().order_by("-finished_at")[:_FAILED]:
            last = failed.traceback.strip().rpartition("\n")[2]
            when = timezone.localtime(failed.finished_at) if failed.finished_at else None
            console.print(
                f"[red]failed[/red] {when:%F %T} {escape(str(failed.args_kwargs['args']))} {escape(last)}"
            )
        for silent in service.silence():
            console.print(f"[yellow]{silent}[/yellow]")
