"""How long a session lasts, and that every screen but the open ones wants one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.web.access import BY_TOKEN, OPEN, SIGNED_IN, act_of
from duban.web.accounts.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

__all__ = ["SessionLimits", "SignedIn"]

_MINUTE = 60


class SessionLimits:
    """Ends a session when its hours are over. One that is left alone ends by the age of its cookie.

    That somebody is there is written down once a minute: each page would be a write to the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session, now = request.session, timezone.now().timestamp()
            if now - session.get("began", 0) > settings.ENVIRONMENT.session_seconds:
                logout(request)
                messages.warning(request, _("Your session was over. Please sign in again."))
            elif now - session.get("seen", 0) > min(_MINUTE, settings.ENVIRONMENT.idle_seconds / 10):
                session["seen"] = now
        return self._get_response(request)


class SignedIn:
    """Lets nobody past who has not signed in, except to what is open to all.

    First things first: a password given by somebody else is changed, a second factor that is demanded is set up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        act = act_of(view)
        if act in {OPEN, BY_TOKEN}:
            return None
        user = request.user
        if not isinstance(user, User):
            return _to_sign_in(request)
        if act is None:
            raise PermissionDenied(f"{view.__module__}.{view.__name__} does not say who may call it")
        if act == SIGNED_IN:
            return None
        if user.must_change_password:
            return redirect("accounts:password")
        own = request.session.get("by") == "oidc"  # what the provider asks for is its own affair
        if settings.ENVIRONMENT.totp_required and not own and not user.is_verified():  # type: ignore[attr-defined]
            messages.warning(request, _("Here a second factor is needed. Set it up first."))
            return redirect("accounts:totp")
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and, for what was to be looked at, back afterwards."""
    wanted = request.get_full_path() if request.method == "GET" else ""
    where = reverse("accounts:sign-in") + (
        f"?{urlencode({'next': wanted})}" if wanted not in {"", "/"} else ""
    )
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": where})
    return redirect(where)
