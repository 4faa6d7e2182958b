"""Places by any of their names and in any year, the words that reports use for them, and their names in running text."""

from __future__ import annotations

from duban.catalogue.places.lookup import ancestors, at, children, find, get, path
from duban.catalogue.places.model import AmbiguousPlaceError, How, On, Place, PlaceLevel, Resolution
from duban.catalogue.places.spotting import names_in
from duban.catalogue.places.table import about, as_of
from duban.catalogue.places.words import resolve

__all__ = [
    "AmbiguousPlaceError",
    "How",
    "On",
    "Place",
    "PlaceLevel",
    "Resolution",
    "about",
    "ancestors",
    "as_of",
    "at",
    "children",
    "find",
    "get",
    "names_in",
    "path",
    "resolve",
]
