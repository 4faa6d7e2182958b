"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["IntakeConfig"]


class IntakeConfig(AppConfig):
    name = "duban.web.intake"
    label = "intake"

    def ready(self) -> None:
        """A case's page shows who asked, and how it is routed."""
        from duban.web.cases import service as cases
        from duban.web.intake.parts import asked, routing

        cases.add_part(asked)
        cases.add_part(routing)
