"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["CasesConfig"]


class CasesConfig(AppConfig):
    name = "duban.web.cases"
    label = "cases"
