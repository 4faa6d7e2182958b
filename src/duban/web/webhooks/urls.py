"""Paths of webhooks."""

from __future__ import annotations

from django.urls import path

from duban.web.webhooks import views

app_name = "webhooks"

urlpatterns = [
    path("", views.subscription_list, name="list"),
    path("<int:pk>/", views.subscription, name="subscription"),
    path("<int:pk>/active/", views.active, name="active"),
    path("<int:pk>/ping/", views.ping, name="ping"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/deliveries/<int:delivery>/again/", views.again, name="again"),
]
