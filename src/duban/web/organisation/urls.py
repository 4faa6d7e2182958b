"""Paths of organisation, below `units/`."""

from __future__ import annotations

from django.urls import path

from duban.web.organisation import views

app_name = "organisation"

urlpatterns = [
    path("", views.unit_list, name="list"),
    path("<int:pk>/", views.unit, name="unit"),
    path("import/", views.roster_new, name="import"),
    path("import/template/", views.roster_template, name="template"),
    path("import/<int:pk>/", views.roster_check, name="roster"),
]
