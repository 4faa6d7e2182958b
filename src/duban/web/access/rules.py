"""Roles and acts. The table is data: `acts.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NewType

import yaml

__all__ = ["Act", "Held", "Role", "Scope", "Standing", "acts", "scope"]

Act = NewType("Act", str)
"""A name of `acts.yaml`."""


class Role(StrEnum):
    """What a post is for. A person has the roles of the posts held today."""

    OFFICE = "office"
    """督查室: breaks the report into tasks and follows them up."""
    LEADER = "leader"
    """市领导: answers for units and fields."""
    HEAD = "head"
    """单位负责人."""
    LIAISON = "liaison"
    """联络员: reports for the unit."""
    AUDITOR = "auditor"
    """审计监察: sees everything, changes nothing."""
    ADMINISTRATOR = "administrator"
    """系统管理员: accounts and units; sees no task."""


class Scope(StrEnum):
    """Where a role may do an act."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A post that somebody holds."""

    post: int
    title: str
    unit: int
    unit_key: str
    """What events name the unit by."""
    unit_name: str
    role: Role
    charge: frozenset[int] = frozenset()
    """The units that a leader answers for (分管)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The posts that somebody holds on a day, and so what they may do. Without posts: the public."""

    held: tuple[Held, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def may(self, act: Act | str) -> bool:
        """Whether there is anything at all that the act may be done on."""
        return any(scope(role, act) is not Scope.NONE for role in self.roles)

    def may_everywhere(self, act: Act | str) -> bool:
        return any(scope(role, act) is Scope.ALL for role in self.roles)

    def may_on(self, act: Act | str, units: frozenset[int]) -> bool:
        """Whether the act may be done on what these units have a part in."""
        return self.may_everywhere(act) or not units.isdisjoint(self.units(act))

    def units(self, act: Act | str) -> frozenset[int]:
        """The units that somebody may do it for as one of their own."""
        own = (held for held in self.held if scope(held.role, act) is not Scope.NONE)
        return frozenset(unit for held in own for unit in (held.unit, *held.charge))


@cache
def acts() -> dict[Act, dict[Role, Scope]]:
    """Every act with the roles that may do it."""
    table = yaml.safe_load(files(__package__).joinpath("acts.yaml").read_text(encoding="utf-8"))
    return {
        Act(name): {Role(role): Scope(where) for where in ("own", "all") for role in entry.get(where, ())}
        for name, entry in table.items()
    }


def scope(role: Role, act: Act | str) -> Scope:
    """Where the role may do the act.

    Raises KeyError for an act that is not in the table: a screen that asks for it is wrong.

    >>> scope(Role.LIAISON, "task.see"), scope(Role.LIAISON, "task.hand_over")
    (<Scope.OWN: 'own'>, <Scope.NONE: 'none'>)
    """
    return acts()[Act(act)].get(role, Scope.NONE)
