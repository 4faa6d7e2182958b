"""Who may do what: roles, acts and the table that joins them. Pure; the gate that asks it stands in organisation."""

from __future__ import annotations

from duban.web.access.marks import (
    BY_TOKEN,
    OPEN,
    SIGNED_IN,
    act_of,
    by_token,
    open_to_all,
    requires,
    signed_in,
)
from duban.web.access.rules import Act, Held, Role, Scope, Standing, acts, scope

__all__ = [
    "BY_TOKEN",
    "OPEN",
    "SIGNED_IN",
    "Act",
    "Held",
    "Role",
    "Scope",
    "Standing",
    "act_of",
    "acts",
    "by_token",
    "open_to_all",
    "requires",
    "scope",
    "signed_in",
]
