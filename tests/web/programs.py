"""A program with a token, calling the API in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.test import Client

from duban.web.tokens import service
from duban.web.tokens.service import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.web.accounts.service import User

__all__ = ["ALL", "Program", "program"]

ALL = tuple(service.scopes())


@dataclass
class Program:
    """What it is answered comes back as Django's response; `.json()` of it is the answer."""

    token: Token
    text: str
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """`body`: JSON; a dict with a file in it is sent as a form."""
        given: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.text}", **headers}}
        if isinstance(body, dict) and "file" in body:
            return self.client.post(f"/api/v1{path}", body, **given)
        if body is not None:
            given |= {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        if key:
            headers["Idempotency-Key"] = key
        return self.call("POST", path, {} if body is None else body, **headers)


def program(owner: User, scopes: Iterable[str] = ALL) -> Program:
    """A program with a token of this person."""
    made = service.make(owner, name="试用", scopes_=scopes, days=30)
    return Program(made.token, made.text)
