"""All bodies, read once from city.yaml and state_council.yaml, and by id and by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from duban.catalogue.bodies.model import Body, BodyLevel

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Table", "neutral", "table"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Bodies in the order of the files: the usual ones first."""

    bodies: tuple[Body, ...]
    by_id: dict[str, Body]
    by_name: dict[str, tuple[Body, ...]]
    """By every name."""


@cache
def table() -> Table:
    """The bodies of the package."""
    city, state = _load("city.yaml"), _load("state_council.yaml")
    bodies = (*_city_bodies(city), *_national_bodies(state, city["units"]))
    names: dict[str, list[Body]] = {}
    for body in bodies:
        for name in dict.fromkeys((body.name, *body.others)):
            names.setdefault(name, []).append(body)
    return Table(
        bodies=bodies,
        by_id={body.id: body for body in bodies},
        by_name={name: tuple(found) for name, found in names.items()},
    )


@cache
def neutral() -> frozenset[str]:
    """Words in which a duty's word stands and says nothing of whose the task is: 高质量发展."""
    return frozenset(_load("city.yaml")["neutral"])


@cache
def _load(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded


def _city_bodies(data: dict[str, Any]) -> Iterator[Body]:
    """The units of a city, their counterparts in a province, and what the city's were before."""
    reforms = {year: f"{reform['name']} ({reform['source']})" for year, reform in data["reforms"].items()}
    for key, unit in data["units"].items():
        founded = unit.get("founded")
        source = reforms.get(founded, "")
        yield _body(f"city/{key}", BodyLevel.CITY, unit, founded=founded, source=source, like=unit)
        if "province" in unit:
            counterpart = {"name": unit["province"], "others": _province_names(unit), "kind": unit["kind"]}
            yield _body(
                f"province/{key}", BodyLevel.PROVINCE, counterpart, founded=founded, source=source, like=unit
            )
        for former in unit.get("formerly", ()):
            yield _former(key, unit, former, reforms)


def _province_names(unit: dict[str, Any]) -> list[str]:
    """Short forms of a province's commission or bureau that are the city's too; a 厅 has none."""
    same = unit["province"] == unit["name"]
    return [name for name in unit.get("others", ()) if "市" not in name] if same else []


def _former(key: str, unit: dict[str, Any], former: dict[str, Any], reforms: dict[str, str]) -> Body:
    """What a unit was before, with the one that followed it."""
    after = [other["name"] for other in unit["formerly"] if other.get("from") == former["until"]]
    return _body(
        f"city/{key}/{former['name']}",
        BodyLevel.CITY,
        {"kind": unit["kind"], **former},
        founded=former.get("from"),
        dissolved=former["until"],
        successors=tuple(f"city/{key}/{name}" for name in after) or (f"city/{key}",),
        source=reforms[former["until"]],
    )


def _national_bodies(data: dict[str, Any], units: dict[str, Any]) -> Iterator[Body]:
    reforms = data["reforms"]

    def day(value: Any) -> str | None:
        return None if value is None else str(reforms[value]["day"]) if value in reforms else str(value)

    for key, entry in data["bodies"].items():
        reform = reforms.get(entry.get("until") or entry.get("from"))
        yield _body(
            f"national/{key}",
            BodyLevel.NATIONAL,
            entry,
            founded=day(entry.get("from")),
            dissolved=day(entry.get("until")),
            successors=tuple(f"national/{other}" for other in entry.get("into", ())),
            like=units.get(entry.get("like"), {}),
            source=f"{reform['by']} {reform['source']}" if reform else "",
        )


def _body(
    key: str,
    level: BodyLevel,
    entry: dict[str, Any],
    *,
    founded: str | None = None,
    dissolved: str | None = None,
    successors: tuple[str, ...] = (),
    like: dict[str, Any] | None = None,
    source: str,
) -> Body:
    """`like` is the unit whose duties it has."""
    unit = like or {}
    return Body(
        id=key,
        name=entry["name"],
        others=tuple(entry.get("others", ())),
        level=level,
        kind=entry["kind"],
        founded=founded,
        dissolved=dissolved,
        successors=successors,
        duties=tuple(unit.get("duties", ())),
        shares=tuple(unit.get("shares", ())),
        source=source,
    )
