"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["ApiConfig"]


class ApiConfig(AppConfig):
    name = "duban.web.api"
    label = "api"
