"""A file → its documents, by content and suffix."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from duban.documents.blocks import Piece
from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.documents.model import Document, Level

__all__ = ["load"]

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body)", re.IGNORECASE)

_Read = tuple[str, list[Piece], tuple[int, ...]]


class _Given(TypedDict):
    place: str | None
    year: int | None
    title: str | None
    level: Level | str | None


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
    given: _Given = {"place": place, "year": year, "title": title, "level": level}
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        from duban.documents.corpus import read_corpus

        yield from read_corpus(path, on_error=on_error, **given)
        return
    yield _one(path, given, ocr=ocr)


def _one(path: Path, given: _Given, *, ocr: bool) -> Document:
    from duban.documents.build import build

    text, pieces, pages = _read(path, _format(path), ocr=ocr)
    return build(text, pieces, source=path.name, id=path.name, pages=pages, **given)


def _read(path: Path, format_: str, *, ocr: bool) -> _Read:
    if format_ == "docx":
        from duban.documents.docx import read_docx

        return *read_docx(path), ()
    if format_ == "office":
        from duban.documents.office import read_office

        return *read_office(path), ()
    if format_ == "html":
        from duban.documents.html import read_html

        return *read_html(path), ()
    if format_ in ("pdf", "image"):
        return _read_pages(path, format_, ocr=ocr)
    from duban.documents.blocks import split
    from duban.documents.text import decode

    text = decode(path.read_bytes(), where=str(path))
    return text, split(text), ()


def _read_pages(path: Path, format_: str, *, ocr: bool) -> _Read:
    if format_ == "pdf":
        from duban.documents.pdf import read_pdf

        text, pieces, pages = read_pdf(path)
        if text.strip():
            return text, pieces, pages
    from duban.documents.scan import read_scan, require_ocr

    require_ocr(path, asked=ocr or format_ == "image")
    return read_scan(path)


def _format(path: Path) -> str:
    """What the file is, told by its first bytes, then by its suffix."""
    with path.open("rb") as file:
        head = file.read(2048)
    suffix = path.suffix.lower()
    if head.startswith(b"%PDF") or suffix == ".pdf":
        return "pdf"
    if head.startswith(b"PK\x03\x04") or suffix in (".docx", ".docm"):
        return "office" if suffix in (".odt", ".wps") else "docx"
    if head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or suffix in (".doc", ".wps", ".rtf", ".odt"):
        return "office"
    if head.startswith(_IMAGES) or suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"):
        return "image"
    if suffix in (".html", ".htm", ".xhtml", ".mht") or _HTML.match(head):
        return "html"
    return "text"


def _check(path: Path) -> None:
    if path.is_dir():
        raise InputError(
            "this is a directory",
            where=str(path),
            expected="a file",
            todo="name the files in it, for example *.docx",
        )
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise InputError("no such file", where=str(path), todo="check the name") from error
    except PermissionError as error:
        raise InputError(
            "no permission to read the file", where=str(path), todo="change its permissions"
        ) from error
    except OSError as error:
        raise InputError(
            f"the file cannot be opened ({error.strerror or error})",
            where=str(path),
            todo="check the name and the disk",
        ) from error
