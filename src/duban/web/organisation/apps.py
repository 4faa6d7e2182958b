"""The app as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig

__all__ = ["OrganisationConfig"]


class OrganisationConfig(AppConfig):
    name = "duban.web.organisation"
    label = "organisation"
