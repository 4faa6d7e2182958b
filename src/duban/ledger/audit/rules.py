"""The numbers and words of rules.yaml, each with its reason."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from msgspec import Struct

from duban.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Parameter", "Rules", "rules"]

# Every scalar stays text: a number is then exactly the decimal that was written.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Parameter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that a check goes by."""

    value: Decimal
    why: str


class Decomposition(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators that make up another one without anything left over."""

    total: str
    parts: tuple[str, ...]
    why: str


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words (regular expressions) that mean the same to a check, and why they matter."""

    words: tuple[str, ...]
    why: str
    whole_sentence: bool = False
    """Of a scope: it holds for all that follows in the sentence, not for its clause alone."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words as one regular expression."""
        return _pattern(self.words)


class Codes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Indicators for which something holds, each with the first year it does (0: always), and why."""

    since: dict[str, int]
    why: str
    exact: bool = False
    """Only these codes, and none below them."""

    def hold(self, code: str, year: int | None) -> bool:
        """Whether the code or one above it is among them in that year; a year that is not known counts as any."""
        return any(
            self._is(code, each) and (year is None or year >= first) for each, first in self.since.items()
        )

    def _is(self, code: str, each: str) -> bool:
        return code == each or (not self.exact and code.startswith(f"{each}."))


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that the checks go by."""

    version: str
    parameters: dict[str, Parameter]
    scopes: dict[str, Words] = {}
    words: dict[str, Words] = {}
    codes: dict[str, Codes] = {}
    decompositions: tuple[Decomposition, ...] = ()

    def number(self, name: str) -> Decimal:
        """The value of a parameter. Raises KeyError for a name that rules.yaml does not have."""
        return self.parameters[name].value

    def pattern(self, name: str) -> re.Pattern[str]:
        """The words of a list as one regular expression."""
        return self.words[name].pattern


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


@cache
def rules() -> Rules:
    """The rules that come with the package."""
    return _converted(files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8"), "rules.yaml")


def load(path: Path) -> Rules:
    """Rules from a file of one's own, of the same form. Raises InputError that says what is wrong in it."""
    return _converted(path.read_text(encoding="utf-8"), str(path))


def _converted(text: str, where: str) -> Rules:
    try:
        data: Any = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
        return msgspec.convert(data, Rules, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise InputError(
            f"the rules cannot be used ({error})",
            where=where,
            expected="the form of duban/ledger/audit/rules.yaml",
            todo="copy that file and change its values",
        ) from error
