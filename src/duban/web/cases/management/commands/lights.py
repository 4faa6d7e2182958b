"""`duban manage lights`: look at every open case anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from duban.web.cases import service

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Evaluate the lights of every open case as of now; safe to run twice. 重新评灯"

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(str(service.evaluate_open()))
