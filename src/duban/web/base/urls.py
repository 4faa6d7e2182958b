"""Paths that no screen has."""

from __future__ import annotations

from django.urls import path

from duban.web.base import views

app_name = "base"

urlpatterns = [path("language/", views.language, name="language")]
