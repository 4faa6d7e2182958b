"""A file → its documents, by content and suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from duban.documents.model import Document, Level
from duban.errors import InputError

__all__ = ["load"]


def load(
    path: str | Path,
    *,
    place: str | None = None,
    year: int | None = None,
    title: str | None = None,
    level: Level | str | None = None,
    ocr: bool = False,
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Document]:
    """The documents of a file: many for a corpus `.jsonl`, else one.

    What is given overrides what the file tells. `ocr` reads scans (the extra `ocr`). A bad line of a corpus
    is raised, or handed to `on_error` and passed over. Raises `InputError` for what cannot be read and
    `MissingDependencyError` for what needs something that is not installed.
    """
    path = Path(path)
    _check(path)
    given = {"place": place, "year": year, "title": title, "level": level}
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        from duban.documents.corpus import read_corpus

        yield from read_corpus(path, on_error=on_error, **given)
        return
    from duban.documents.build import from_text
    from duban.documents.text import decode

    yield from_text(decode(path.read_bytes(), where=str(path)), source=path.name, id=path.name, **given)


def _check(path: Path) -> None:
    if path.is_dir():
        raise InputError("this is a directory", where=str(path), expected="a file", todo="name the files in it, for example *.docx")
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise InputError("no such file", where=str(path), todo="check the name") from error
    except PermissionError as error:
        raise InputError("no permission to read the file", where=str(path), todo="change its permissions") from error
    except OSError as error:
        raise InputError(f"the file cannot be opened ({error.strerror or error})", where=str(path), todo="check the name and the disk") from error
