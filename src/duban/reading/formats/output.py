"""Where a batch's output goes: the terminal or a pipe, one file, or a folder of files. All or nothing."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from duban.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.reading.formats.format import Writer

    Make = Callable[[BinaryIO], Writer]
    Put = Callable[[str, Any], None]

__all__ = ["file_output", "folder_output", "standard_output"]

# Each of these gives a function put(name, chunk) that takes a document's id and its rendered reading.


@contextmanager
def standard_output(make: Make, *, binary: bool) -> Iterator[Put]:
    """Standard output. A binary format is built aside first: it needs a file that can be gone back in."""
    if not binary:
        with _closing(make(sys.stdout.buffer)) as put:
            yield put
        return
    with tempfile.TemporaryFile() as stage:
        with _closing(make(stage)) as put:
            yield put
        stage.seek(0)
        shutil.copyfileobj(stage, sys.stdout.buffer)


@contextmanager
def file_output(path: Path, make: Make) -> Iterator[Put]:
    """A file that appears whole when the batch is done, or not at all.

    Raises `OutputError` at once if the file cannot be written. If nothing is put, an older file stays.
    """
    target = Path(os.path.realpath(path))
    if target.is_char_device() or target.is_fifo():
        with target.open("wb") as stream, _closing(make(stream)) as put:
            yield put
        return
    handle, stage = _stage(target, path)
    try:
        with os.fdopen(handle, "wb") as stream, _closing(make(stream)) as put:
            yield put
        if put.used:
            stage.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
            stage.replace(target)
    finally:
        stage.unlink(missing_ok=True)


@contextmanager
def folder_output(path: Path, make: Make, suffix: str) -> Iterator[Put]:
    """A folder with one file a reading, named after the documents; made if it is missing.

    The files appear when the batch is done, or not at all. Raises `OutputError` at once if the folder
    cannot be written.
    """
    made = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".duban.", dir=path))
    except OSError as error:
        raise _unwritable(path, error.strerror or "") from error
    names: set[str] = set()

    def put(name: str, chunk: Any) -> None:
        with (stage / (_free(name, names) + suffix)).open("wb") as stream, _closing(make(stream)) as write:
            write(name, chunk)

    try:
        yield put
        for file in sorted(stage.iterdir()):
            file.replace(path / file.name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
        if made and not any(path.iterdir()):
            path.rmdir()


@contextmanager
def _closing(writer: Writer) -> Iterator[_Put]:
    """Close the writer only if all went well: closing would finish a file that is to be thrown away."""
    put = _Put(writer)
    yield put
    writer.close()


class _Put:
    """Takes a document's id and its rendered reading; `used` tells whether it was ever called."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.used = False

    def __call__(self, _name: str, chunk: Any) -> None:
        self._writer.write(chunk)
        self.used = True


def _stage(target: Path, path: Path) -> tuple[int, Path]:
    """An open temporary file beside the target, on the same disk."""
    if target.is_dir():
        raise _unwritable(path, "it is a folder")
    if target.exists() and not os.access(target, os.W_OK):
        raise _unwritable(path, "it is write-protected")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error.strerror or "") from error
    return handle, Path(name)


def _unwritable(path: Path, why: str) -> OutputError:
    return OutputError(
        f"the output cannot be written ({why})",
        where=str(path),
        todo="choose another place with -o; the folder must exist and be yours to write",
    )


def _free(name: str, taken: set[str]) -> str:
    """A file name for a document that no other of the batch has."""
    stem = re.sub(r'[\\/:*?"<>|\x00-\x1f\ud800-\udfff]+', "_", Path(name).name).strip(". ")[:60] or "report"
    found, number = stem, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem}-{number}"
    taken.add(found.casefold())
    return found


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
