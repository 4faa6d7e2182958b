"""The rules that settle a number, each in force from a target year on: rules.yaml, or a file of the user's own."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
import yaml
from msgspec import Struct

from duban.errors import InputError

if TYPE_CHECKING:
    import os

__all__ = ["Rule", "Rules", "default_rules", "load_rules"]

# Decimals and years are quoted or plain in YAML; a loader that guesses no types leaves them to msgspec.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters in force for targets of `first` and later years, with what they rest on."""

    first: int = msgspec.field(name="from")
    rests_on: Literal["statement", "practice", "arithmetic", "convention"]
    source: str


class About(Rule, frozen=True, kw_only=True):
    """How far a result may be from N左右, on the wrong side."""

    share: Decimal
    points: Decimal


class Nearly(Rule, frozen=True, kw_only=True):
    """How far below 接近N a result may be."""

    share: Decimal


class Bounds(Rule, frozen=True, kw_only=True):
    """Whether a bound can be exceeded."""

    exceeded: bool


class Work(Rule, frozen=True, kw_only=True):
    """What an amount of work is, and from which share on it is done in part."""

    share: Decimal
    verbs: tuple[str, ...]
    never: frozenset[str]
    units_never: frozenset[str]


class Way(Rule, frozen=True, kw_only=True):
    """From which share of the way from A to B on B is reached in part."""

    share: Decimal


class Ceiling(Rule, frozen=True, kw_only=True):
    """Indicators whose targets are, or no longer are, ceilings."""

    codes: frozenset[str]
    one_sided: bool


class Points(Rule, frozen=True, kw_only=True):
    """A gap between two growth rates, in percentage points."""

    points: Decimal


class Strive(Rule, frozen=True, kw_only=True):
    """Words of striving: for the target itself, for a stretch goal, for no number at all."""

    words: tuple[str, ...]
    stretch: tuple[str, ...]
    hopes: tuple[str, ...]


R = TypeVar("R", bound=Rule)


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules of one file. `Settlement.rules` keeps the version."""

    version: str
    about: tuple[About, ...]
    nearly: tuple[Nearly, ...]
    bounds: tuple[Bounds, ...]
    work: tuple[Work, ...]
    way: tuple[Way, ...]
    ceiling: tuple[Ceiling, ...]
    in_step: tuple[Points, ...]
    faster: tuple[Points, ...]
    strive: tuple[Strive, ...]

    def __post_init__(self) -> None:
        for name in self.__struct_fields__[1:]:
            years = [rule.first for rule in getattr(self, name)]
            if not years or years != sorted(set(years)):
                raise ValueError(
                    f"{name} needs one rule or more, each with a later `from` than the one before"
                )


def in_force(rules: tuple[R, ...], year: int) -> R:
    """The rule for targets of `year`: the last that had come into force, or the first of all.

    >>> in_force(default_rules().ceiling, 2024).one_sided, in_force(default_rules().ceiling, 2025).one_sided
    (True, False)
    """
    return next((rule for rule in reversed(rules) if rule.first <= year), rules[0])


@cache
def default_rules() -> Rules:
    """The rules that come with the package."""
    text = files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    return _parsed(text, "rules.yaml")


def load_rules(path: str | os.PathLike[str]) -> Rules:
    """The rules of a file in the form of rules.yaml. Raises `InputError` for what is no such file."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("the rules cannot be read", where=str(path), todo="check the name") from error
    return _parsed(text, str(path))


def _parsed(text: str, where: str) -> Rules:
    try:
        return msgspec.convert(yaml.load(text, Loader=_LOADER), Rules, strict=False)  # noqa: S506 - a safe loader
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise InputError(
            f"these are no rules ({error})",
            where=where,
            todo="start from a copy of duban/ledger/reconcile/rules.yaml",
        ) from error
