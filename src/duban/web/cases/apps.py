"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["CasesConfig"]


class CasesConfig(AppConfig):
    name = "duban.web.cases"
    label = "cases"

    def ready(self) -> None:
        """A restored log is looked at before the restore is final."""
        from duban.web.cases.service import refuse_broken
        from duban.web.operation.archive import restored

        restored.connect(refuse_broken)
