"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["OperationConfig"]


class OperationConfig(AppConfig):
    name = "duban.web.operation"
    label = "operation"
