"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["PapersConfig"]


class PapersConfig(AppConfig):
    name = "duban.web.papers"
    label = "papers"
