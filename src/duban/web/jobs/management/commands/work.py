"""`duban manage work`: do what is due, until stopped."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from duban.web.jobs import service

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Do what is due: lights, reminders, mail. Runs until stopped; several may run. 后台任务"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
        parser.add_argument("--parent", type=int, default=0, help="end when this process does")

    def handle(self, *_args: Any, once: bool, parent: int, **_options: Any) -> None:
        """A first signal lets the present part come to its end; a second one ends at once, and loses nothing either."""
        if parent and hasattr(os, "nice"):
            os.nice(10)  # beside the screens: people go first
        told: list[int] = []

        def stop(number: int, _frame: object) -> None:
            told.append(number)
            signal.signal(number, signal.SIG_DFL)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        service.work(once=once, stopped=lambda: bool(told) or (parent > 0 and os.getppid() != parent))
