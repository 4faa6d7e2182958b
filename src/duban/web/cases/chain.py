"""The hash chain over a case's events."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import rfc8785
from msgspec.structs import replace

if TYPE_CHECKING:
    from duban.supervision.model import Event

__all__ = ["sealed"]


def sealed(event: Event, before: Event | None) -> Event:
    """The event with the hash of the one before it, and its own."""
    linked = replace(event, prev=before.hash if before else "", hash="")
    return replace(linked, hash=hashlib.sha256(rfc8785.dumps(msgspec.to_builtins(linked))).hexdigest())
