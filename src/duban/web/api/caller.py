"""Who asks: the token of a request, and whether it and the posts behind it allow what is asked."""

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from duban.errors import DubanError
from duban.web.cases import service as cases
from duban.web.cases.service import Case
from duban.web.tokens import service as tokens
from duban.web.tokens.service import Caller

__all__ = ["Bearer", "ScopeError", "caller", "needs", "their_case"]


class ScopeError(DubanError):
    """The token was not given the scope that this takes."""


class Bearer:
    """Lets a request pass that brings a token whose scopes, and whose owner's posts, allow the act."""

    openapi_security_schema: ClassVar[dict[str, str]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "A token made under My account → API tokens.",
    }

    def __init__(self, act: str = "") -> None:
        self.act = act

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Who asks; None where the request brings no token that opens anything."""
        scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
        found = tokens.caller_of(text.strip()) if scheme.lower() == "bearer" else None
        if found is not None and self.act:
            _refuse(found, self.act)
        return found


def _refuse(found: Caller, act: str) -> None:
    scope = tokens.scope_of(act)
    if scope not in found.scopes:
        raise ScopeError(
            _("the token lacks the scope %(scope)s") % {"scope": scope},
            expected=scope,
            todo=_("make one that has it"),
        )
    if not found.standing.may(act):
        raise PermissionDenied(act)


def needs(act: str) -> dict[str, Any]:
    """What an operation is declared with that takes this act: who may call it, and what the documentation says of it."""
    return {"auth": Bearer(act), "openapi_extra": {"x-act": act, "x-scope": tokens.scope_of(act)}}


def caller(request: HttpRequest) -> Caller:
    """Who was found to ask."""
    return cast("Caller", request.auth)  # type: ignore[attr-defined]


def their_case(found: Caller, key: str, act: str) -> Case:
    """The case, if the caller may see it (what they may not see is not there) and do the act on it."""
    case = cases.visible(found.standing).filter(key=key).first()
    if case is None:
        raise Http404(key)
    if not found.standing.may_on(act, cases.units_of(case)):
        raise PermissionDenied(act)
    return case
