"""Paths of papers."""

from __future__ import annotations

from django.urls import path, register_converter

from duban.web.papers import views


class Ending:
    """A paper's form."""

    regex = "docx|xlsx"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Ending, "ending")

app_name = "papers"

urlpatterns = [
    path("", views.home, name="home"),
    path("breakdown/<int:pk>.<ending:ending>", views.breakdown, name="breakdown"),
    path("circular/", views.circular, name="circular"),
    path("templates/new/", views.template_new, name="template-new"),
    path("templates/<str:paper>.docx", views.template_file, name="template"),
    path("templates/<str:paper>/aside/", views.template_aside, name="template-aside"),
    path("progress/", views.progress_new, name="progress"),
    path("progress/workbook.xlsx", views.progress_file, name="progress-file"),
    path("progress/<int:pk>/", views.progress_check, name="progress-check"),
]
