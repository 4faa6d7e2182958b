"""The indicator that a person means: by code or by any of its names, or an error that names those it may be."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from duban.catalogue.entries import CatalogueError, codes_by_growth_name, codes_by_name, indicators
from duban.catalogue.linking import link
from duban.catalogue.wording import key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.catalogue.entries import Indicator

__all__ = ["named"]

_GROWTH = frozenset({"growth", "avg_growth"})
_SHOWN = 8


def named(name: str, kind: str) -> Indicator:
    """The indicator of that code or name; short names that hold for growth (经济) count where growth is asked for.

    Raises `CatalogueError` for a name that is unknown or may be several, naming what comes near it.
    """
    known = indicators()
    words = key(name)
    code = name.upper() if name.upper() in known else codes_by_name().get(words)
    if code is None and kind in _GROWTH:
        code = codes_by_growth_name().get(words)
    if code is None:
        found = link(name, "", kind)
        if found.code is None:
            raise _unknown(name, found.candidates)
        code = found.code
    return known[code]


def _unknown(name: str, candidates: Iterable[str]) -> CatalogueError:
    near = list(dict.fromkeys([*candidates, *_near(name)]))[:_SHOWN]
    shown = ", ".join(f"{indicators()[code].name.zh} {code}" for code in near)
    return CatalogueError(
        f"{name!r} may be one of several indicators" if near else f"the catalogue has no indicator {name!r}",
        expected="a code or one of the names of an indicator",
        todo=f"say which: {shown}" if near else "look it up in docs/reference/catalogue.md",
    )


def _near(name: str) -> list[str]:
    """Codes of names that hold the words, that the words hold, or that look like them; the shortest first."""
    words = key(name)
    names = {**codes_by_growth_name(), **codes_by_name()}
    holding = sorted((each for each in names if words and (words in each or each in words)), key=len)
    like = get_close_matches(words, names, n=3, cutoff=0.6)
    codes = get_close_matches(name.upper(), indicators(), n=3, cutoff=0.6)
    return [names[each] for each in (*holding, *like)] + codes
