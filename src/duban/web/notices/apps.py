"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["NoticesConfig"]


class NoticesConfig(AppConfig):
    name = "duban.web.notices"
    label = "notices"

    def ready(self) -> None:
        """Whatever happens to a case is told in the same transaction."""
        from duban.web.cases.service import happened
        from duban.web.notices.telling import on_event

        happened.connect(on_event)
