"""Paths of tokens."""

from __future__ import annotations

from django.urls import path

from duban.web.tokens import views

app_name = "tokens"

urlpatterns = [
    path("account/tokens/", views.own, name="own"),
    path("account/tokens/<int:pk>/revoke/", views.revoke_own, name="revoke-own"),
    path("tokens/", views.everybody, name="all"),
    path("tokens/<int:pk>/revoke/", views.revoke_any, name="revoke"),
]
