"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["TokensConfig"]


class TokensConfig(AppConfig):
    name = "duban.web.tokens"
    label = "tokens"
