"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["BaseConfig"]


class BaseConfig(AppConfig):
    name = "duban.web.base"
    label = "base"
