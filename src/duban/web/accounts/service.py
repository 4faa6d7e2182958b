"""The door of accounts: people by name, new accounts, signing in with everything that is checked and recorded."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import devices_for_user
from django_otp import login as second_factor

from duban.errors import InputError
from duban.web.accounts.models import Outcome, SignIn, User
from duban.web.operation.requests import address

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = [
    "NewAccount",
    "Outcome",
    "User",
    "begin_session",
    "by_username",
    "by_usernames",
    "create",
    "forget_sign_ins",
    "has_second_factor",
    "password_matches",
    "record",
    "reset_password",
    "set_active",
    "set_password",
    "sign_ins",
    "users",
    "wait_seconds",
]

WINDOW = timedelta(minutes=15)
"""How long a failed attempt counts."""
ADDRESS_FACTOR = 10
"""An office sits behind one address: it may fail so many times as often as one name."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a first password is made of: nothing that looks like something else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAccount:
    """An account just made or reset; the password is shown once and kept nowhere."""

    user: User
    password: str


def by_username(username: str) -> User | None:
    """The account of that name, whether it is in use or ended."""
    return User.objects.filter(username=username).first()


def by_usernames(usernames: Iterable[str]) -> dict[str, str]:
    """The names of people, by user name."""
    return dict(User.objects.filter(username__in=set(usernames)).values_list("username", "name"))


def users() -> QuerySet[User]:
    """All accounts, by user name."""
    return User.objects.all()


def sign_ins() -> QuerySet[SignIn]:
    """Every attempt to sign in, the latest first."""
    return SignIn.objects.select_related("user")


def forget_sign_ins(before: datetime) -> int:
    """Delete the attempts to sign in before a day; how many there were."""
    return SignIn.objects.filter(at__lt=before).delete()[0]


def create(*, username: str, name: str, email: str = "", password: str = "") -> NewAccount:
    """A new account. Without a password it gets a random one that has to be changed at the first sign-in.

    Raises InputError for a name that cannot be or is taken, and for a password that is too weak.
    """
    given = bool(password)
    user = User(
        username=username.strip(), name=name.strip(), email=email.strip(), must_change_password=not given
    )
    password = password or _first_password()
    try:
        user.set_password(password)
        user.full_clean()
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(" ".join(error.messages), where=username) from None
    user.save()
    return NewAccount(user=user, password=password)


def reset_password(user: User) -> NewAccount:
    """A new random password that has to be changed at the next sign-in; every session of the account ends."""
    password = _first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return NewAccount(user=user, password=password)


def set_password(user: User, password: str) -> None:
    """A password that the person chose; checked before, by the form."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def set_active(user: User, *, active: bool) -> None:
    """End an account or take it up again. Sessions of an ended one stop with their next request."""
    user.is_active = active
    user.save(update_fields=["is_active"])


def _first_password() -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


# --- signing in -------------------------------------------------------------------------------------------------------


def wait_seconds(username: str, request: HttpRequest, now: datetime | None = None) -> int:
    """How long this name, or this address, has to wait before another attempt is looked at; 0 if it need not.

    Names that no account has are treated like the others: nobody learns here which accounts there are.
    """
    now = now or timezone.now()
    limit: int = settings.ENVIRONMENT.sign_in_failures
    failures = SignIn.objects.filter(outcome__in=_FAILED, at__gt=now - WINDOW)
    last_in = (
        SignIn.objects.filter(username=username, outcome=Outcome.IN, at__gt=now - WINDOW)
        .values_list("at", flat=True)
        .first()
    )
    of_name = failures.filter(username=username)
    if last_in:
        of_name = of_name.filter(at__gt=last_in)
    of_address = failures.filter(address=address(request))
    waits = (_wait(of_name, limit, now), _wait(of_address, limit * ADDRESS_FACTOR, now))
    return max(waits)


_FAILED = (Outcome.WRONG, Outcome.WRONG_CODE)


def _wait(failures: QuerySet[SignIn], limit: int, now: datetime) -> int:
    """Until the oldest of the last `limit` failures no longer counts."""
    times = list(failures.order_by("-at").values_list("at", flat=True)[:limit])
    if len(times) < limit:
        return 0
    return max(1, int((times[-1] + WINDOW - now).total_seconds()) + 1)


def password_matches(request: HttpRequest, username: str, password: str) -> User | None:
    """The account, if it is in use and this is its password. Takes as long whether there is one or not."""
    return authenticate(request, username=username, password=password)


def has_second_factor(user: User) -> bool:
    """Whether a code is asked for after the password."""
    return any(True for _ in devices_for_user(user, confirmed=True))


def record(
    request: HttpRequest, outcome: Outcome, *, username: str, user: User | None = None, by: str = "password"
) -> None:
    """Put an attempt on record."""
    SignIn.objects.create(
        username=username[:64],
        user=user,
        address=address(request)[:64],
        agent=request.headers.get("User-Agent", "")[:200],
        by=by,
        outcome=outcome,
    )


@transaction.atomic
def begin_session(request: HttpRequest, user: User, *, by: str, device: object | None = None) -> None:
    """Sign the person in: a new session, the attempt on record.

    Raises InputError if the account has ended.
    """
    if not user.is_active:
        raise InputError(_("This account is no longer in use"), where=user.username)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if device is not None:
        second_factor(request, device)
    request.session["began"] = timezone.now().timestamp()
    request.session["by"] = by
    record(request, Outcome.IN, username=user.username, user=user, by=by)
