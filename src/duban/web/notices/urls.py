"""Paths of notices."""

from __future__ import annotations

from django.urls import path

from duban.web.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.notice_list, name="list"),
    path("notices/<int:pk>/", views.notice_open, name="open"),
    path("notices/read/", views.mark_read, name="read"),
    path("notices/settings/", views.wishes, name="settings"),
    path("notices/feed/new/", views.feed_new, name="feed-new"),
    path("notices/feed/revoke/", views.feed_revoke, name="feed-revoke"),
    path("feed/<str:secret>.ics", views.feed, name="feed"),
]
