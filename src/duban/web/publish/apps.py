"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["PublishConfig"]


class PublishConfig(AppConfig):
    name = "duban.web.publish"
    label = "publish"

    def ready(self) -> None:
        """A case's page shows whether it is public."""
        from duban.web.cases import service as cases
        from duban.web.publish.parts import publishing

        cases.add_part(publishing)
