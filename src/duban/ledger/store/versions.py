"""Which reader and which catalogue made a reading: digests of their code and knowledge, the same on every machine."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["catalogue_version", "digest", "reader_version"]

_READER = ("duban.documents", "duban.quantities", "duban.reading")
_CATALOGUE = ("duban.catalogue",)
_COUNTED = (".py", ".yaml", ".csv", ".txt")
_UNCOUNTED = ("formats",)
"""Folders that change how a reading is written, not what is read."""


def reader_version() -> str:
    """Version of Duban and a digest of its reader, such as 0.1.0+5f2c8a1e."""
    return f"{version('duban')}+{_digest_of(_READER)}"


def catalogue_version() -> str:
    """A digest of the catalogue's code and entries."""
    return _digest_of(_CATALOGUE)


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of what the parts say."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@cache
def _digest_of(packages: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for package in packages:
        for name, file in sorted(_below(files(package), package)):
            found.update(f"{name}\n".encode())
            found.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:8]


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in _UNCOUNTED:
            yield from _below(entry, f"{name}/{entry.name}")
        elif entry.name.endswith(_COUNTED):
            yield f"{name}/{entry.name}", entry
