"""The folder a site is written to: it appears whole or not at all, and nothing of anybody else's is ever replaced."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from duban.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MARKER", "check_folder", "site_folder"]

MARKER = "duban-site.txt"
"""The file by which a folder is known to be a site of ours."""
_SAYS = "This folder is a site made by `duban site`, which replaces all of it. 本文件夹由 duban site 生成，重新生成时整体替换。\n"


@contextmanager
def site_folder(path: Path) -> Iterator[Path]:
    """A folder to build in, which takes the place of `path` when all went well; otherwise what was there stays.

    Raises `OutputError` where `path` is something else than an empty folder or a site made earlier.
    """
    target = Path(os.path.realpath(path))
    check_folder(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".new", dir=target.parent))
    except OSError as error:
        raise _unwritable(path, error.strerror or "") from error
    try:
        (stage / MARKER).write_text(_SAYS, encoding="utf-8")
        yield stage
        stage.chmod(0o777 & ~_umask())
        check_folder(path)
        _swap(stage, target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def check_folder(path: str | os.PathLike[str]) -> None:
    """Raise `OutputError` where a site must not be written: over anything but an empty folder or an earlier site."""
    target = Path(os.path.realpath(path))
    if not target.exists():
        return
    if not target.is_dir():
        raise _unwritable(path, "it is a file")
    if any(target.iterdir()) and not (target / MARKER).is_file():
        raise OutputError(
            "the folder holds something else than a site made by Duban",
            where=str(path),
            expected=f"an empty folder, or one with {MARKER} in it",
            todo="name another folder with -o, or empty this one",
        )


def _swap(stage: Path, target: Path) -> None:
    """Put the new folder in the place of the old one; if that fails the old one is put back."""
    if not target.exists():
        stage.rename(target)
        return
    aside = stage.with_suffix(".old")
    target.rename(aside)
    try:
        stage.rename(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _unwritable(path: str | os.PathLike[str], why: str) -> OutputError:
    return OutputError(
        f"the site cannot be written ({why})",
        where=str(path),
        todo="choose another place with -o; it must be yours to write",
    )


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
