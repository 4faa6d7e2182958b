"""The units of a city's government and of the State Council: dated, by all their names, with what each answers for."""

from __future__ import annotations

from duban.catalogue.bodies.lookup import at, bodies, find, get
from duban.catalogue.bodies.model import AmbiguousBodyError, Body, BodyLevel, Reason, Suggestion
from duban.catalogue.bodies.suggest import suggest

__all__ = [
    "AmbiguousBodyError",
    "Body",
    "BodyLevel",
    "Reason",
    "Suggestion",
    "at",
    "bodies",
    "find",
    "get",
    "suggest",
]
