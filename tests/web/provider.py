"""A provider of identities (OpenID Connect) on a port of its own, as small as one can be."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Provider", "running"]

_KEY = RSAKey.generate_key(2048, parameters={"kid": "one"})
_OTHER = RSAKey.generate_key(2048, parameters={"kid": "one"})


class Provider:
    """Vouches for `claims` to whoever asks; what a test changes shows what a bad provider would do."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"preferred_username": "office"}
        self.forged = False
        self.refuses = False
        self._asked: dict[str, dict[str, str]] = {}
        self.url = ""

    def answer(
        self, path: str, query: dict[str, str], body: dict[str, str]
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and what is said."""
        if path == "/.well-known/openid-configuration":
            places = {name: f"{self.url}/{name}" for name in ("authorize", "token", "jwks")}
            return 200, {}, {
                "issuer": self.url,
                "authorization_endpoint": places["authorize"],
                "token_endpoint": places["token"],
                "jwks_uri": places["jwks"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }  # fmt: skip
        if path == "/jwks":
            return 200, {}, {"keys": [_KEY.as_dict(private=False)]}
        if path == "/authorize":
            code = hashlib.sha256(query["state"].encode()).hexdigest()
            self._asked[code] = query
            said = {"error": "access_denied"} if self.refuses else {"code": code}
            return (
                302,
                {"Location": f"{query['redirect_uri']}?{urlencode({**said, 'state': query['state']})}"},
                "",
            )
        return self._token(body)

    def _token(self, body: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        asked = self._asked.pop(body["code"], None)
        digest = hashlib.sha256(body.get("code_verifier", "").encode()).digest()
        if asked is None or asked["code_challenge"] != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "sub": "1", "aud": asked["client_id"], "iat": now, "exp": now + 60}
        token = jwt.encode(
            {"alg": "RS256", "kid": "one"},
            {**claims, "nonce": asked["nonce"], **self.claims},
            _OTHER if self.forged else _KEY,
        )
        return 200, {}, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _reply(self, body: dict[str, str]) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, headers, said = provider.answer(parts.path, query, body)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def do_GET(self) -> None:
            self._reply({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply({name: values[0] for name, values in parse_qs(text).items()})

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    server.server_close()
