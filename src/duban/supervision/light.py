"""What a light is: a colour for a dimension with its reasons, and all of them at a moment."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.supervision.work_types.rules import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Colour", "Light", "Lights", "Reason", "worst"]


class Colour(StrEnum):
    """How it stands with a case, in one dimension or in all."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    """There is nothing to say yet."""


_WORST = (Colour.RED, Colour.YELLOW, Colour.GREEN, Colour.GREY)


class Reason(Struct, frozen=True):
    """Why a light is as it is. `words.sentence("reason", reason.code, reason.facts, lang)` says it."""

    code: str
    facts: dict[str, str] = {}


class Light(Struct, frozen=True, kw_only=True):
    """One dimension's colour, with every reason for it."""

    dimension: Dimension
    colour: Colour
    reasons: tuple[Reason, ...]


class Lights(Struct, frozen=True, kw_only=True):
    """The lights of a case as of a moment, with all that is needed to work them out again."""

    case: str
    as_of: datetime
    rules: str
    """The version of the work type."""
    calendar: str
    """The version of the calendar as known on the day."""
    inputs: str
    """A hash of everything that the events had made of the case."""
    seq: int
    """The last event seen."""
    lights: tuple[Light, ...]

    @property
    def colour(self) -> Colour:
        """The worst of them."""
        return next(
            (each for each in _WORST if any(light.colour is each for light in self.lights)), Colour.GREY
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is so: those of the lights with the worst colour."""
        return tuple(
            reason for light in self.lights if light.colour is self.colour for reason in light.reasons
        )


def worst(dimension: Dimension, found: Iterable[tuple[Colour, Reason]]) -> Light:
    """The light of a dimension: the worst of what was found, with the reasons for it."""
    pairs = list(found)
    colour = next((each for each in _WORST if any(seen is each for seen, _ in pairs)), Colour.GREY)
    return Light(
        dimension=dimension, colour=colour, reasons=tuple(why for seen, why in pairs if seen is colour)
    )
