"""What a place is, and what looking one up can come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duban.errors import DubanError

__all__ = ["AmbiguousPlaceError", "How", "On", "Place", "PlaceLevel", "Resolution"]

On = date | int | None
"""A day, a year, or None for the day of the newest list."""


class PlaceLevel(StrEnum):
    COUNTRY = "country"
    PROVINCE = "province"
    """省、自治区、直辖市、特别行政区."""
    PREFECTURE = "prefecture"
    """地级市、地区、自治州、盟."""
    COUNTY = "county"
    """县、自治县、旗、县级市、市辖区."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A division under one code and one name. Renamed, moved or upgraded it is another Place, its successor.

    `valid_from` is the day of the first list that has it (None: it is in the first list of all), `valid_to` the
    day of the first list that no longer has it (None: it is in force). The lists are those of 31 December.
    """

    code: str
    """GB/T 2260, six digits; "CN" for the country."""
    name: str
    short: str
    """Without what says its kind (保定, 岫岩); the whole name where that leaves less than two characters (易县)."""
    others: tuple[str, ...]
    """Names in use besides: 恩施州, 浦东."""
    level: PlaceLevel
    parent: str | None
    """Code of the division above it; None for the country."""
    valid_from: date | None
    valid_to: date | None
    successors: tuple[str, ...]
    """Codes, on the day `valid_to`, of what took over; empty where it is in force, or where nobody knows."""

    def holds_on(self, day: date) -> bool:
        """Whether a list of that day would have it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class How(StrEnum):
    """How the word of a report was resolved, or why it was not."""

    OWN = "own"
    """The report's own place, by name (鞍山) or by 全市, 我县."""
    ABOVE = "above"
    """A place above it: 全省, 辽宁, 全国."""
    BELOW = "below"
    """A place in it: 台安 in a report of 鞍山市."""
    BESIDE = "beside"
    """Another place with the same place above it: 沈阳 in a report of 鞍山市."""
    ELSEWHERE = "elsewhere"
    CAPITAL = "capital"
    """省会, 首府, 首都."""
    AMBIGUOUS = "ambiguous"
    """Several places have the name; `Resolution.candidates` lists them."""
    NO_CODE = "no_code"
    """A development zone, new area or the like, which has no code: 经开区, 雄安新区."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The place that a word stands for, None where `how` is AMBIGUOUS, NO_CODE or UNKNOWN."""

    place: Place | None
    how: How
    candidates: tuple[Place, ...] = ()


class AmbiguousPlaceError(DubanError, LookupError):
    """A name that several places have. `candidates` are all of them."""

    def __init__(self, name: str, candidates: tuple[Place, ...], paths: tuple[str, ...]) -> None:
        shown = ", ".join(f"{path} {place.code}" for path, place in zip(paths, candidates, strict=True))
        super().__init__(
            f"{len(candidates)} places are called {name}: {shown}", todo="name the place above it (parent=…)"
        )
        self.name = name
        self.candidates = candidates

    __str__ = DubanError.__str__
