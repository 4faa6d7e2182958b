"""The knowledge of this folder, read once from its YAML files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = [
    "Unit",
    "after",
    "after_first",
    "before",
    "before_last",
    "load",
    "misfits",
    "names_by_beginning",
    "noun_units",
    "units",
]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's canonical name and how figures with it are read (`kind`: ratio, money, count…)."""

    name: str
    kind: str
    group: str = ""
    """Within its kind, what it measures (length, area, mass…); the kind itself where that is one thing."""


def load(name: str) -> dict[str, Any]:
    """A file of knowledge/ as it stands."""
    text = files(__package__).joinpath("knowledge", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded


@cache
def units() -> dict[str, Unit]:
    """Every spelling of every unit → Unit."""
    data = load("units.yaml")
    found: dict[str, Unit] = {}
    for kind in ("ratio", "point", "money", "physical", "person", "count", "time"):
        groups = data[kind] if isinstance(data[kind], dict) else {kind: data[kind]}
        for group, spellings in groups.items():
            for name in spellings:
                found.setdefault(name, Unit(name, kind, group if kind == "physical" else kind))
    for spelling, name in data["same"].items():
        found[spelling] = found.get(name, Unit(name, "count", "count"))
    return found


@cache
def noun_units() -> dict[str, str]:
    """Noun → the unit it is counted in where no measure word stands (儿童 → 人)."""
    return {noun: unit for unit, nouns in load("units.yaml")["nouns"].items() for noun in nouns}


@cache
def misfits() -> dict[str, frozenset[str]]:
    """Unit → the characters that make another word of it when they follow (项 → 目)."""
    return {unit: frozenset(characters) for unit, characters in load("units.yaml")["misfits"].items()}


@cache
def names_by_beginning() -> dict[str, tuple[str, ...]]:
    """Names, slogans and words that hold a number without stating one, by their first two characters."""
    found: dict[str, list[str]] = {}
    for name in load("names.yaml")["names"]:
        found.setdefault(name[:2], []).append(name)
    return {beginning: tuple(same) for beginning, same in found.items()}


@cache
def before() -> dict[str, str]:
    """Words before a number → qualifier."""
    return dict(load("qualifiers.yaml")["before"])


@cache
def after() -> dict[str, str]:
    """Words behind a number → qualifier."""
    return dict(load("qualifiers.yaml")["after"])


@cache
def before_last() -> frozenset[str]:
    """The characters that words before a number end with."""
    return frozenset(word[-1] for word in before())


@cache
def after_first() -> frozenset[str]:
    """The characters that words behind a number begin with."""
    return frozenset(word[0] for word in after())
