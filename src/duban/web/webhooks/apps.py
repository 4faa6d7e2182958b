"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["WebhooksConfig"]


class WebhooksConfig(AppConfig):
    name = "duban.web.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Whatever happens to a case is put into the outbox in the same transaction."""
        from duban.web.cases.service import happened
        from duban.web.webhooks.service import put_out

        happened.connect(put_out)
