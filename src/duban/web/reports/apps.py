"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["ReportsConfig"]


class ReportsConfig(AppConfig):
    name = "duban.web.reports"
    label = "reports"
