"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["AccountsConfig"]


class AccountsConfig(AppConfig):
    name = "duban.web.accounts"
    label = "accounts"
