"""Paths of reports, below `reports/`."""

from __future__ import annotations

from django.urls import path

from duban.web.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.report_list, name="list"),
    path("import/", views.report_new, name="import"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/file/", views.report_file, name="file"),
    path("<int:pk>/add/", views.add, name="add"),
    path("commitments/<int:pk>/<str:act>/", views.decide, name="decide"),
    path("commitments/<int:pk>/<str:act>/form/", views.form, name="form"),
]
