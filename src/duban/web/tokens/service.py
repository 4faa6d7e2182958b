"""The door of tokens: make one, see whose one is and what it allows, end it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from duban.errors import DubanError, InputError
from duban.web.access import Standing
from duban.web.accounts import service as accounts
from duban.web.accounts.service import User
from duban.web.organisation import service as organisation
from duban.web.tokens.models import Token
from duban.web.tokens.scopes import Scope, scope_of, scopes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.web.organisation.service import Post

__all__ = [
    "Caller",
    "NewToken",
    "Scope",
    "Token",
    "TooManyError",
    "all_tokens",
    "caller_of",
    "make",
    "make_for_service",
    "offered",
    "own_tokens",
    "revoke",
    "scope_of",
    "scopes",
]

MOST_DAYS = 366
"""How long a token can be given for."""
MOST = 20
"""Live tokens of one person."""
_START = "duban_"
_KNOWN = len(_START) + 10
"""Characters of a token that are kept as they are."""


class TooManyError(DubanError):
    """The token has made as many requests in this minute as it may. `wait`: seconds until it may again."""

    def __init__(self, what: str, *, wait: int, todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.wait = wait


@dataclass(frozen=True, kw_only=True, slots=True)
class NewToken:
    """A token just made; `text` is shown once and kept nowhere."""

    token: Token
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who asks by a token: as whom, with what standing today, and how far the token goes."""

    token: Token
    user: User
    standing: Standing
    scopes: frozenset[str]

    def may(self, act: str) -> bool:
        """Whether both the posts and the token allow it on anything at all."""
        return scope_of(act) in self.scopes and self.standing.may(act)


# --- making and ending ------------------------------------------------------------------------------------------------


def offered(standing: Standing) -> list[Scope]:
    """The scopes that would allow somebody of this standing anything."""
    return [scope for scope in scopes().values() if any(standing.may(act) for act in scope.acts)]


@transaction.atomic
def make(owner: User, *, name: str, scopes_: Iterable[str], days: int, by: User | None = None) -> NewToken:
    """A token that acts as this person.

    Raises InputError: no name, no scope or one there is not, too long a time, or more tokens than anybody needs.
    """
    if Token.objects.filter(owner=owner, revoked=None, expires__gt=timezone.now()).count() >= MOST:
        raise InputError(
            _("there are %(most)d tokens already") % {"most": MOST}, todo=_("revoke those that are not used")
        )
    return _make(owner, None, name=name, scopes_=scopes_, days=days, by=by or owner)


@transaction.atomic
def make_for_service(post: Post, *, name: str, scopes_: Iterable[str], days: int, by: User) -> NewToken:
    """A token for a program of a unit: it acts in this post, whoever holds it.

    It has an account of its own that nobody can sign in with. Raises InputError as `make` does.
    """
    made = accounts.create(
        username=f"service.{secrets.token_hex(5)}", name=" ".join(f"{post.unit} {name}".split())[:64]
    )
    made.user.set_unusable_password()
    made.user.must_change_password = False
    made.user.save(update_fields=["password", "must_change_password"])
    return _make(made.user, post, name=name, scopes_=scopes_, days=days, by=by)


def _make(
    owner: User, post: Post | None, *, name: str, scopes_: Iterable[str], days: int, by: User
) -> NewToken:
    name, wanted = " ".join(name.split())[:80], set(scopes_)
    if not name:
        raise InputError(_("a token needs a name"), todo=_("say what it is for"))
    if not wanted or not wanted <= set(scopes()):
        raise InputError(_("choose what the token may do"), expected=" ".join(scopes()))
    if not 1 <= days <= MOST_DAYS:
        raise InputError(_("a token lives between 1 and %(most)d days") % {"most": MOST_DAYS})
    text = _START + secrets.token_urlsafe(40).replace("-", "x").replace("_", "y")
    token = Token.objects.create(
        owner=owner,
        post=post,
        name=name,
        start=text[:_KNOWN],
        digest=_digest(text),
        scopes=sorted(wanted),
        made_by=by,
        expires=timezone.now() + timedelta(days=days),
    )
    return NewToken(token=token, text=text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def revoke(token: Token, *, by: User) -> None:
    """End it; from then on it opens nothing."""
    if token.revoked is None:
        token.revoked, token.revoked_by = timezone.now(), by
        token.save(update_fields=["revoked", "revoked_by"])


def own_tokens(owner: User) -> QuerySet[Token]:
    """The tokens of a person, the latest first."""
    return Token.objects.filter(owner=owner, post=None)


def all_tokens() -> QuerySet[Token]:
    """Everybody's, the latest first."""
    return Token.objects.select_related("owner", "post__unit", "made_by", "revoked_by")


# --- being asked ------------------------------------------------------------------------------------------------------


def caller_of(text: str, now: datetime | None = None) -> Caller | None:
    """Who asks by this token; None if it is none, has ended, or its owner's account has. Counts the request.

    Raises TooManyError where the token has asked too often.
    """
    moment = now or timezone.now()
    found = (
        Token.objects.select_related("owner", "post__unit").filter(start=text[:_KNOWN]).first()
        if text.startswith(_START) and text.isascii() and text.isprintable()
        else None
    )
    if found is None or not constant_time_compare(found.digest, _digest(text)):
        return None
    if not found.lives_at(moment) or not found.owner.is_active:
        return None
    _count(found, moment)
    standing = (
        organisation.standing_of_post(found.post) if found.post else organisation.standing_of(found.owner)
    )
    return Caller(token=found, user=found.owner, standing=standing, scopes=frozenset(found.scopes))


def _count(token: Token, moment: datetime) -> None:
    """One request more in this minute; refused in one statement, so that two at once cannot both be the last."""
    minute, limit = int(moment.timestamp()) // 60, settings.ENVIRONMENT.api_rate
    counted = Token.objects.filter(Q(pk=token.pk), ~Q(minute=minute) | Q(used__lt=limit)).update(
        used=Case(When(minute=minute, then=F("used") + 1), default=Value(1)),
        minute=minute,
        last_used=moment,
    )
    if not counted:
        raise TooManyError(
            _("the token has made %(limit)d requests in this minute") % {"limit": limit},
            wait=60 - int(moment.timestamp()) % 60,
            todo=_("wait, and ask for more at once: lists give up to 200 a page"),
        )
