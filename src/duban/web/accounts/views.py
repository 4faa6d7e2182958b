"""Screens of signing in, of one's own account, and of everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duban.errors import InputError
from duban.web.access import open_to_all, requires, signed_in
from duban.web.accounts import devices, oidc, service
from duban.web.accounts.forms import AccountForm, CodeForm, NameForm, PasswordForm, SignInForm
from duban.web.accounts.models import Outcome, User
from duban.web.base.views import safe_next

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__: list[str] = []

CODE_SECONDS = 300
"""How long the step between password and code may take."""


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


# --- signing in -------------------------------------------------------------------------------------------------------


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; then, for who has set one up, the second factor."""
    if request.user.is_authenticated:
        return redirect(safe_next(request, reverse("desk:home")))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"].strip()
        wait = service.wait_seconds(username, request)
        if wait:
            service.record(request, Outcome.WAIT, username=username)
            return _told_to_wait(request, form, wait)
        user = service.password_matches(request, username, form.cleaned_data["password"])
        if user is not None:
            return _after_password(request, user)
        service.record(request, Outcome.WRONG, username=username)
        form.add_error(None, _("The name or the password is wrong."))
    return _sign_in_page(request, form, status=422 if form.errors else 200)


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "oidc": settings.ENVIRONMENT.oidc, "next": safe_next(request, "")}
    return render(request, "accounts/sign_in.html", context, status=status)


def _told_to_wait(request: HttpRequest, form: SignInForm, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    form.add_error(
        None,
        ngettext(
            "Too many attempts. Try again in %(minutes)d minute.",
            "Too many attempts. Try again in %(minutes)d minutes.",
            minutes,
        )
        % {"minutes": minutes},
    )
    response = _sign_in_page(request, form, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _after_password(request: HttpRequest, user: User) -> HttpResponse:
    where = safe_next(request, reverse("desk:home"))
    if service.has_second_factor(user):
        request.session.cycle_key()
        request.session["half"] = {"user": user.pk, "at": timezone.now().timestamp(), "next": where}
        return redirect("accounts:code")
    service.begin_session(request, user, by="password")
    return redirect(where)


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second factor, for who has just given the right password."""
    half = request.session.get("half")
    if not half or timezone.now().timestamp() - half["at"] > CODE_SECONDS:
        request.session.pop("half", None)
        return redirect("accounts:sign-in")
    user = get_object_or_404(User, pk=half["user"], is_active=True)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wait = service.wait_seconds(user.username, request)
        if wait:
            service.record(request, Outcome.WAIT, username=user.username, user=user, by="code")
            request.session.pop("half")
            return _told_to_wait(request, SignInForm(), wait)
        device = devices.matching(user, form.cleaned_data["code"])
        if device is not None:
            service.begin_session(request, user, by="code", device=device)
            request.session.pop("half", None)
            return redirect(half["next"])
        service.record(request, Outcome.WRONG_CODE, username=user.username, user=user, by="code")
        form.add_error("code", _("This code is wrong or was used already."))
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


@open_to_all
@require_GET
def oidc_start(request: HttpRequest) -> HttpResponse:
    """To the office's own provider."""
    if settings.ENVIRONMENT.oidc is None:
        return redirect("accounts:sign-in")
    request.session["oidc_next"] = safe_next(request, reverse("desk:home"))
    return oidc.to_provider(request, request.build_absolute_uri(reverse("accounts:oidc-back")))


@open_to_all
@never_cache
@require_GET
def oidc_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider with who somebody is."""
    if settings.ENVIRONMENT.oidc is None:
        return redirect("accounts:sign-in")
    where = request.session.pop("oidc_next", reverse("desk:home"))
    username = oidc.claimed_name(request)
    user = service.by_username(username)
    if user is None or not user.is_active:
        service.record(request, Outcome.UNKNOWN, username=username, user=user, by="oidc")
        raise InputError(
            _("There is no account for %(name)s here") % {"name": username},
            todo=_("ask the administrator for one under exactly this name"),
        )
    service.begin_session(request, user, by="oidc")
    return redirect(where)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    if request.user.is_authenticated:
        user = _me(request)
        service.record(request, Outcome.OUT, username=user.username, user=user)
    logout(request)
    return redirect("accounts:sign-in")


# --- one's own account ------------------------------------------------------------------------------------------------


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, password, second factor and the latest sign-ins of whoever looks."""
    user = _me(request)
    form = NameForm(request.POST if request.method == "POST" else None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:account")
    context = {
        "form": form,
        "second_factor": service.has_second_factor(user),
        "recovery_left": devices.recovery_left(user),
        "recent": service.sign_ins().filter(username=user.username)[:8],
    }
    return render(request, "accounts/account.html", context)


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password; the other sessions of the account end."""
    user = _me(request)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        service.set_password(user, form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        messages.success(
            request, _("The password was changed. Wherever else you were signed in, you no longer are.")
        )
        return redirect("desk:home")
    status = 422 if form.errors else 200
    return render(
        request, "accounts/password.html", {"form": form, "forced": user.must_change_password}, status=status
    )


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def totp(request: HttpRequest) -> HttpResponse:
    """Set up a second factor: it holds once a code from it has been typed in."""
    user = _me(request)
    if service.has_second_factor(user):
        return redirect("accounts:account")
    device = devices.unconfirmed(user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        codes = devices.confirm(request, device, form.cleaned_data["code"])
        if codes:
            return render(request, "accounts/recovery.html", {"codes": codes})
        form.add_error("code", _("This code is wrong. Is the clock of your phone right?"))
    context = {"form": form, "qr": devices.picture(device), "key": devices.typed_key(device)}
    return render(request, "accounts/totp.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def totp_end(request: HttpRequest) -> HttpResponse:
    """Do without the second factor again; asks for the password."""
    user = _me(request)
    if not user.check_password(request.POST.get("present", "")):
        messages.error(request, _("This is not your present password."))
    else:
        devices.end(user)
        messages.success(request, _("From now on the password alone is asked for."))
    return redirect("accounts:account")


# --- everybody's ------------------------------------------------------------------------------------------------------


@requires("account.manage")
@never_cache
@require_http_methods(["GET", "POST"])
def account_list(request: HttpRequest) -> HttpResponse:
    """Accounts, and a form for another."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            new = service.create(**form.cleaned_data)
        return render(request, "accounts/new.html", {"accounts": [new]})
    page = Paginator(service.users(), 50).get_page(request.GET.get("page"))
    return render(
        request, "accounts/list.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


@requires("account.manage")
@never_cache
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first password, and no second factor: for who has lost theirs."""
    with transaction.atomic():
        user = get_object_or_404(User.objects.select_for_update(), pk=pk)
        devices.end(user)
        new = service.reset_password(user)
    return render(request, "accounts/new.html", {"accounts": [new]})


@requires("account.manage")
@require_POST
def active(request: HttpRequest, pk: int) -> HttpResponse:
    """End an account or take it up again."""
    user = get_object_or_404(User, pk=pk)
    if user.pk == _me(request).pk:
        raise InputError(_("You cannot end your own account"), todo=_("ask another administrator"))
    service.set_active(user, active=not user.is_active)
    return redirect("accounts:list")


@requires("signin.see")
@require_GET
def sign_in_list(request: HttpRequest) -> HttpResponse:
    """Who signed in or tried to, the latest first."""
    page = Paginator(service.sign_ins(), 100).get_page(request.GET.get("page"))
    return render(request, "accounts/sign_ins.html", {"page": page})
