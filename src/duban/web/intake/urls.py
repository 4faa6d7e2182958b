"""Paths of what does not come from a report."""

from __future__ import annotations

from django.urls import path

from duban.web.intake import public, views

app_name = "intake"

_SORTS = {
    "appeal": "appeals",
    "petition": "petitions",
    "proposal": "proposals",
    "instruction": "instructions",
    "inspection": "inspections",
}

urlpatterns = [
    path("received/", views.overview, name="overview"),
    path("received/hand-over/", views.hand_over, name="hand-over"),
    path("received/import/", views.batch_new, name="batch-new"),
    path("received/import/template/", views.batch_template, name="batch-template"),
    path("received/import/<int:pk>/", views.batch, name="batch"),
    path("received/<int:pk>/", views.submission, name="submission"),
    path("received/<int:pk>/files/<int:file>/", views.submission_file, name="file"),
    path("received/<int:pk>/register/", views.register, name="register"),
    path("received/<int:pk>/decline/", views.decline, name="decline"),
    path("received/<int:pk>/code/", views.give_code, name="code"),
    *(
        path(f"{plural}/", views.case_list, {"work_type": name}, name=f"list-{name}")
        for name, plural in _SORTS.items()
    ),
    *(
        path(f"{plural}/new/", views.take_in, {"work_type": name}, name=f"new-{name}")
        for name, plural in _SORTS.items()
    ),
    path("ask/", public.ask, name="ask"),
    path("ask/status/", public.status, name="status"),
    path("ask/rate/", public.rate, name="rate"),
    path("ask/reopen/", public.reopen, name="reopen"),
]
