"""`duban manage webhooks`: deliver what is due."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from duban.web.webhooks import service

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Deliver the webhooks that are due; safe to run twice and in parallel. 推送事件"

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = service.deliver_due()
        service.forget_old()
        self.stdout.write(f"{found.done} delivered, {found.failed} failed, {found.dropped} dropped")
