"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["DeskConfig"]


class DeskConfig(AppConfig):
    name = "duban.web.desk"
    label = "desk"
