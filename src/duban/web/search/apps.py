"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["SearchConfig"]


class SearchConfig(AppConfig):
    name = "duban.web.search"
    label = "search"
