"""Signing in with the office's own provider of identities (OpenID Connect, authorization code with PKCE).

The provider says who somebody is; whether they have an account is decided here, so an unknown name gets none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from duban.errors import DubanError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from duban.web.environment import Oidc

__all__ = ["claimed_name", "to_provider"]


def to_provider(request: HttpRequest, back: str) -> HttpResponse:
    """Send the browser to the provider; it comes back to the address `back`."""
    try:
        response: HttpResponse = _client().authorize_redirect(request, back)
    except RequestException:
        raise DubanError(
            _("the provider of identities does not answer"),
            where=_provider().issuer,
            todo=_("sign in with your password, or try again later"),
        ) from None
    return response


def claimed_name(request: HttpRequest) -> str:
    """The user name that the provider vouches for: its id token is checked (signature, issuer, audience, nonce).

    Raises DubanError where the provider refuses, or what it says cannot be trusted.
    """
    environment = _provider()
    try:
        token: dict[str, Any] = _client().authorize_access_token(request)
    except (OAuthError, JoseError, RequestException) as error:
        raise DubanError(
            _("the provider of identities did not vouch for you (%(why)s)")
            % {"why": getattr(error, "error", type(error).__name__)},
            where=environment.issuer,
            todo=_("start again from the sign-in page"),
        ) from None
    claims = token.get("userinfo") or {}
    name = claims.get(environment.claim)
    if not isinstance(name, str) or not name:
        raise DubanError(
            _("the provider names nobody: no claim %(claim)s") % {"claim": environment.claim},
            where=environment.issuer,
            todo=_("set DUBAN_OIDC_CLAIM to the claim that holds the user name"),
        )
    return name


def _provider() -> Oidc:
    provider: Oidc | None = settings.ENVIRONMENT.oidc
    if provider is None:
        raise DubanError(_("signing in with a provider is not set up"), where="DUBAN_OIDC_ISSUER")
    return provider


@cache
def _client() -> Any:
    environment = _provider()
    registry = OAuth()
    registry.register(
        name="oidc",
        client_id=environment.client_id,
        client_secret=environment.client_secret,
        server_metadata_url=f"{environment.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 10},
    )
    return registry.oidc
