"""The words of the page in both languages, under keys such as "reset" and "kind.growth"."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LANGUAGES", "words"]

LANGUAGES = ("zh", "en")


@cache
def words(lang: str) -> dict[str, str]:
    """Every key with its word: the page's strings, then the sheets, short headings and values of the labels."""
    labels = _load("duban.reading.formats", "labels.yaml")
    own = _load("duban.reading.formats.page", "strings.yaml")
    pairs = {
        **own,
        "sheet": labels["sheets"],
        "heading": {**labels["headings"], **labels["narrow"]},
        **labels["values"],
    }
    return dict(_flat(pairs, lang))


def _load(package: str, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files(package).joinpath(name).read_text(encoding="utf-8"))
    return loaded


def _flat(entries: dict[str, Any], lang: str, above: str = "") -> Iterator[tuple[str, str]]:
    for key, entry in entries.items():
        if set(entry) == set(LANGUAGES):
            yield f"{above}{key}", str(entry[lang])
        else:
            yield from _flat(entry, lang, f"{above}{key}.")
