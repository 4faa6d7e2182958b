"""A new pack: a small whole one that passes its cases, to be changed into one's own."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from duban.errors import OutputError, PackError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["new"]

_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


def new(name: str, parent: Path) -> Path:
    """Make the folder of a new pack below `parent`; give back the folder.

    Raises `PackError` for a name that Python could not import, `OutputError` where the folder is there
    already or cannot be written.
    """
    if not _NAME.fullmatch(name):
        raise PackError(f"“{name}” cannot be a pack's name", expected="small letters, digits and _")
    folder = parent / name
    try:
        folder.mkdir(parents=True)
        _copy(files("duban.measures").joinpath("template"), folder)
    except OSError as error:
        raise OutputError(
            f"the pack cannot be made ({error.strerror})",
            where=str(folder),
            todo="choose another name or --into",
        ) from error
    return folder


def _copy(source: Traversable, folder: Path) -> None:
    for entry in source.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            (folder / entry.name).mkdir()
            _copy(entry, folder / entry.name)
        elif entry.name.endswith((".yaml", ".py")):
            (folder / entry.name).write_bytes(entry.read_bytes())
