"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["JobsConfig"]


class JobsConfig(AppConfig):
    name = "duban.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Whoever asks after the installation's health is told if nobody works."""
        from duban.web.jobs.service import silence
        from duban.web.operation.health import watchers

        watchers.append(silence)
