"""`duban manage audit_log`: the events of all cases, for `duban audit-log verify`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from duban.supervision import write_log
from duban.web.cases import service

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Print every event, one JSON record a line. 导出督办日志"

    def handle(self, *_args: Any, **_options: Any) -> None:
        for line in write_log(service.log()):
            self.stdout.write(line.decode("utf-8"), ending="")
