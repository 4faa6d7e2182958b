"""Paths of succession, below `units/`."""

from __future__ import annotations

from django.urls import path

from duban.web.succession import views

app_name = "succession"

urlpatterns = [
    path("new/", views.unit_new, name="unit-new"),
    path("<int:pk>/edit/", views.unit_edit, name="unit"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/posts/new/", views.post_new, name="post-new"),
    path("posts/<int:pk>/", views.post_edit, name="post"),
    path("posts/<int:pk>/appoint/", views.appoint, name="appoint"),
    path("holders/<int:pk>/relieve/", views.relieve, name="relieve"),
    path("handings/", views.handing_list, name="handings"),
    path("handings/<int:pk>/", views.handing, name="handing"),
]
