"""Scopes, by name: the table is data, `scopes.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from duban.web.access import Act, acts
from duban.web.base.language import lang

__all__ = ["Scope", "scope_of", "scopes"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a token can be given."""

    name: str
    zh: str
    en: str
    acts: frozenset[Act]

    @property
    def text(self) -> str:
        """In the language of whoever asks."""
        return self.en if lang() == "en" else self.zh


@cache
def scopes() -> dict[str, Scope]:
    """Every scope, in the order of the table.

    Raises KeyError for an act that the screens do not know.
    """
    table = yaml.safe_load(files(__package__).joinpath("scopes.yaml").read_text(encoding="utf-8"))
    found = {
        name: Scope(name=name, zh=entry["zh"], en=entry["en"], acts=frozenset(map(Act, entry["acts"])))
        for name, entry in table.items()
    }
    unknown = {act for scope in found.values() for act in scope.acts} - set(acts())
    if unknown:
        raise KeyError(*unknown)
    return found


@cache
def scope_of(act: str) -> str:
    """The scope that an act stands in.

    >>> scope_of("task.act")
    'act:cases'
    """
    return next(scope.name for scope in scopes().values() if act in scope.acts)
