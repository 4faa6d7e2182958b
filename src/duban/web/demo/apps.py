"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["DemoConfig"]


class DemoConfig(AppConfig):
    name = "duban.web.demo"
    label = "demo"
