"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["FilesConfig"]


class FilesConfig(AppConfig):
    name = "duban.web.files"
    label = "files"
