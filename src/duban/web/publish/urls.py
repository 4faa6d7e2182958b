"""Paths of publishing and of the public page."""

from __future__ import annotations

from django.urls import path

from duban.web.publish import views

app_name = "publish"

urlpatterns = [
    path("publish/", views.choose, name="list"),
    path("publish/<str:key>/", views.choose_one, name="one"),
    path("public/", views.public_page, {"language": "zh-hans"}, name="page"),
    path("public/en/", views.public_page, {"language": "en"}, name="page-en"),
    path("public/data.json", views.public_json, name="json"),
    path("public/data.csv", views.public_csv, name="csv"),
]
