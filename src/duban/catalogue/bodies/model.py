"""What a body is, in Popolo's words: a dated organization with its names, its duties and who took it over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from duban.errors import DubanError

if TYPE_CHECKING:
    from datetime import date

__all__ = ["AmbiguousBodyError", "Body", "BodyLevel", "Reason", "Suggestion"]


class BodyLevel(StrEnum):
    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    """Of a city; a county's or district's units have the same names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A unit under one name (Popolo's Organization). Renamed or merged it is dissolved and has a successor.

    Days are ISO 8601, with less precision where no more is known: "2019", "2005-02", "2018-03-17". A city unit's are
    those of the usual reform; the city's own plan of institutions decides.
    """

    id: str
    """"national/health", "city/health", "city/health/卫生局" for what the unit was before."""
    name: str
    others: tuple[str, ...]
    """Short forms and other names in use: 卫健委."""
    level: BodyLevel
    kind: str
    """government, party, mass, judicial, enterprise, institution, vertical (of a city); for the State Council's
    constituent, special, direct, office, institution, administered, party, mass, enterprise."""
    founded: str | None
    dissolved: str | None
    successors: tuple[str, ...]
    """Ids; the first took most of it."""
    duties: tuple[str, ...]
    """Words of a report that say a task is its own."""
    shares: tuple[str, ...]
    """Words of tasks in which it usually has a part."""
    source: str
    """The reform that brought or ended it, "" for what is older than the record."""

    def holds_on(self, day: date) -> bool:
        """Whether there is such a body on that day, as far as the precision of its own days goes."""
        text = day.isoformat()
        began = self.founded is None or self.founded <= text
        return began and (self.dissolved is None or text[: len(self.dissolved)] < self.dissolved)


class Reason(NamedTuple):
    """A word of the text that speaks for a body. `kind`: "named", "duty" or "share"."""

    word: str
    start: int
    end: int
    kind: str
    score: float


class Suggestion(NamedTuple):
    body: Body
    score: float
    reasons: tuple[Reason, ...]


class AmbiguousBodyError(DubanError, LookupError):
    """A name that several bodies have, or that passed to several. `candidates` are all of them."""

    def __init__(self, name: str, candidates: tuple[Body, ...]) -> None:
        shown = ", ".join(f"{body.name} ({body.level})" for body in candidates)
        super().__init__(
            f"{len(candidates)} bodies could be meant by {name}: {shown}",
            todo="name the level (level=…) or the body itself",
        )
        self.name = name
        self.candidates = candidates

    __str__ = DubanError.__str__
