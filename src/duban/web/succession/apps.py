"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["SuccessionConfig"]


class SuccessionConfig(AppConfig):
    name = "duban.web.succession"
    label = "succession"

    def ready(self) -> None:
        """However a post changes hands, by a screen or by a workbook, its open work passes on."""
        from duban.web.organisation.service import changed_hands
        from duban.web.succession.service import pass_on

        changed_hands.connect(pass_on)
