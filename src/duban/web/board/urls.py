"""Paths of the board and of the leader's page."""

from __future__ import annotations

from django.urls import path

from duban.web.board import views

app_name = "board"

urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/act/", views.act, name="act"),
    path("leader/", views.leader, name="leader"),
]
