"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["BoardConfig"]


class BoardConfig(AppConfig):
    name = "duban.web.board"
    label = "board"
