"""Numbers of law and standards: each with the day it came into force, the standard and the clause.

Code never asks for the number of today: it asks for the one in force on the record's day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from duban.errors import InputError, PackError
from duban.measures.node import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

    from duban.measures.node import Node

__all__ = ["Citation", "Parameter", "Standard", "Version"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """A law, standard or notice that a pack is built on."""

    number: str
    title: str
    issued: date
    in_force: date
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A standard and the place in it."""

    standard: str
    clause: str

    def __str__(self) -> str:
        return f"{self.standard} {self.clause}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Version:
    """What a parameter is from a day on."""

    in_force: date
    issued: date
    """The day its standard was issued: before it, nobody could know."""
    source: Citation
    value: Any
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    name: str
    text: Text
    unit: str | None
    versions: tuple[Version, ...]
    """By day of coming into force."""

    def value_on(self, day: date) -> Any:
        """What is in force on the day; None before the first version."""
        found = [version.value for version in self.versions if version.in_force <= day]
        return found[-1] if found else None

    def on(self, day: date) -> Version:
        """The version in force on the day. Raises `InputError` before the first."""
        found = [version for version in self.versions if version.in_force <= day]
        if not found:
            first = self.versions[0]
            raise InputError(
                f"on {day} no value of “{self.name}” was in force",
                expected=f"{first.in_force} or later ({first.source})",
            )
        return found[-1]

    def at(
        self,
        day: ir.DateValue,
        build: Callable[[Any], Any] = lambda value: value,
        *,
        within: tuple[date, date] | None = None,
    ) -> Any:
        """For each row what `build` makes of the value in force on its day; null before the first.

        `build` gets the value of one version and returns a number or an expression over the rows. `within`
        says between which days all rows are, so that versions of other times need no looking at.
        """
        import ibis

        versions = self._between(*within) if within else self.versions
        if within and len(versions) == 1 and versions[0].in_force <= within[0]:
            only = build(versions[0].value)
            return only if isinstance(only, ibis.Value) else ibis.literal(only)
        if not versions:
            return ibis.cases((day >= ibis.literal(self.versions[0].in_force), build(self.versions[0].value)))
        branches = [(day >= ibis.literal(each.in_force), build(each.value)) for each in reversed(versions)]
        return ibis.cases(*branches)

    def _between(self, first: date, last: date) -> tuple[Version, ...]:
        """The versions that are in force on some day from the first to the last."""
        ends = [version.in_force for version in self.versions[1:]]
        return tuple(
            version
            for version, until in zip_longest(self.versions, ends)
            if version.in_force <= last and (until is None or until > first)
        )

    def known_on(self, day: date | None) -> Parameter | None:
        """The parameter as it was known on a day: without the versions issued later."""
        if day is None:
            return self
        known = tuple(version for version in self.versions if version.issued <= day)
        return replace(self, versions=known) if known else None


def read_standard(number: str, node: Node) -> Standard:
    """A standard as pack.yaml declares it."""
    issued = node.day("issued")
    made = Standard(
        number=number,
        title=node.word("title"),
        issued=issued,
        in_force=node.day("in_force", issued),
        url=node.word("url", ""),
        note=node.word("note", ""),
    )
    node.done()
    return made


def citation(text: str, standards: dict[str, Standard], where: str) -> Citation:
    """The citation that a text such as `HJ 633-2012 表1` makes. Raises `PackError` for an unknown standard."""
    for number in sorted(standards, key=len, reverse=True):
        if text == number or text.startswith(f"{number} "):
            return Citation(number, text.removeprefix(number).strip())
    raise PackError(
        f"“{text}” cites no standard of pack.yaml", where=where, expected=f"one of {', '.join(standards)}"
    )


def read(name: str, node: Node, standards: dict[str, Standard]) -> Parameter:
    """A parameter as a file of parameters/ declares it. Raises `PackError` where it does not hold together."""
    from duban.measures.node import Node

    versions = []
    for index, entry in enumerate(node.take("versions", list)):
        each = Node(entry, f"{node.where}.versions[{index}]")
        source = citation(each.word("source"), standards, each.where)
        standard = standards[source.standard]
        versions.append(
            Version(
                in_force=each.day("in_force", standard.in_force),
                issued=each.day("issued", standard.issued),
                source=source,
                value=each.any("value"),
                note=each.word("note", ""),
            )
        )
        each.done()
    days = [version.in_force for version in versions]
    if not days or days != sorted(set(days)):
        raise PackError("the versions do not follow one another by day", where=node.where)
    made = Parameter(
        name=name, text=node.text("text"), unit=node.word("unit", "") or None, versions=tuple(versions)
    )
    node.done()
    return made
