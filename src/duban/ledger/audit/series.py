"""Earlier values of an indicator at a place: what the audit of one report compares it with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from duban.ledger.audit.rules import rules as standard_rules
from duban.ledger.audit.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duban.documents.model import Level
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.stated import Claim, Stated
    from duban.reading.reading import Reading

__all__ = ["Joined", "ReadingSeries", "Series"]


class Series(Protocol):
    """What reports say of an indicator. `ReadingSeries` holds it in memory; a ledger may give it from its tables."""

    def values(self, name: str, place: str | None, *, before: int | None) -> Sequence[Stated]:
        """The figures of an indicator in reports of a place, in the order of the reports.

        `name` is `Stated.name`: the catalogue's code, or the phrase where it has none. `before` leaves out reports of
        that year and later ones.
        """
        ...

    def elsewhere(self, name: str, place: str | None, *, level: Level | None, year: int) -> Sequence[Stated]:
        """What reports of other places of a level say of an indicator in a year."""
        ...

    def claims(self, place: str | None, *, before: int | None) -> Sequence[Claim]:
        """The distinctions claimed in reports of a place, in the order of the reports."""
        ...


class ReadingSeries:
    """A series made of readings at hand, of any places and years, in any order."""

    def __init__(self, readings: Iterable[Reading] = (), *, rules: Rules | None = None) -> None:
        self._rules = rules or standard_rules()
        self._values: dict[tuple[str | None, str], list[Stated]] = defaultdict(list)
        self._by_name: dict[tuple[str, int], list[Stated]] = defaultdict(list)
        self._claims: dict[str | None, list[Claim]] = defaultdict(list)
        self._levels: dict[str | None, Level | None] = {}
        for reading in readings:
            self.add(Sheet(reading, self._rules))

    def add(self, sheet: Sheet) -> None:
        """Take in one more report. One whose year is not known cannot be put in order and is left out."""
        if sheet.year is None:
            return
        self._levels[sheet.place] = sheet.document.level
        self._claims[sheet.place] += sheet.claims
        for each in sheet.figures:
            self._values[sheet.place, each.name].append(each)
            if each.year is not None:
                self._by_name[each.name, each.year].append(each)

    def values(self, name: str, place: str | None, *, before: int | None) -> Sequence[Stated]:
        found = (each for each in self._values.get((place, name), ()) if _earlier(each.report, before))
        return sorted(found, key=_in_order)

    def elsewhere(self, name: str, place: str | None, *, level: Level | None, year: int) -> Sequence[Stated]:
        found = self._by_name.get((name, year), ())
        return [each for each in found if each.home != place and self._levels.get(each.home) is level]

    def claims(self, place: str | None, *, before: int | None) -> Sequence[Claim]:
        found = (each for each in self._claims.get(place, ()) if _earlier(each.report, before))
        return sorted(found, key=lambda each: (each.report or 0, each.distinction.start))


class Joined:
    """Several series as one; what stands in two of them is given once."""

    def __init__(self, series: Sequence[Series]) -> None:
        self._series = series

    def values(self, name: str, place: str | None, *, before: int | None) -> Sequence[Stated]:
        found = (each for series in self._series for each in series.values(name, place, before=before))
        return sorted(_once(found), key=_in_order)

    def elsewhere(self, name: str, place: str | None, *, level: Level | None, year: int) -> Sequence[Stated]:
        return _once(
            each for series in self._series for each in series.elsewhere(name, place, level=level, year=year)
        )

    def claims(self, place: str | None, *, before: int | None) -> Sequence[Claim]:
        found = (each for series in self._series for each in series.claims(place, before=before))
        return sorted(
            {(each.document, each.distinction.start): each for each in found}.values(),
            key=lambda each: (each.report or 0, each.distinction.start),
        )


def _once(found: Iterable[Stated]) -> list[Stated]:
    return list({(each.document, each.figure.start): each for each in found}.values())


def _in_order(each: Stated) -> tuple[int, int]:
    return each.report or 0, each.figure.start


def _earlier(year: int | None, before: int | None) -> bool:
    return before is None or (year is not None and year < before)
