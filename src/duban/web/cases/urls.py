"""Paths of cases."""

from __future__ import annotations

from django.urls import path

from duban.web.cases import views

app_name = "cases"

urlpatterns = [
    path("tasks/", views.case_list, name="list"),
    path("tasks/<str:key>/", views.case, name="case"),
    path("tasks/<str:key>/act/<str:act>/", views.act, name="act"),
    path("tasks/<str:key>/note/", views.note, name="note"),
    path("tasks/<str:key>/files/<int:pk>/", views.case_file, name="file"),
    path("reports/<int:pk>/hand-over/", views.board, name="hand-over"),
]
