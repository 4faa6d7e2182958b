"""Paths of accounts."""

from __future__ import annotations

from django.urls import path

from duban.web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/oidc/", views.oidc_start, name="oidc"),
    path("sign-in/oidc/back/", views.oidc_back, name="oidc-back"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="password"),
    path("account/totp/", views.totp, name="totp"),
    path("account/totp/end/", views.totp_end, name="totp-end"),
    path("accounts/", views.account_list, name="list"),
    path("accounts/<int:pk>/reset/", views.reset, name="reset"),
    path("accounts/<int:pk>/active/", views.active, name="active"),
    path("sign-ins/", views.sign_in_list, name="sign-ins"),
]
