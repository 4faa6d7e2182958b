"""A web page → its text and blocks: block elements are lines, scripts are left out, the portal's furniture is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from duban.documents.blocks import BLANKS, Piece
from duban.documents.furniture import furniture_of_lines
from duban.documents.model import BlockKind
from duban.documents.text import decode
from duban.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_html"]

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "head",
        "select",
        "textarea",
        "input",
        "button",
        "canvas",
        "audio",
        "video",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_FURNITURE = {"nav": "navigation", "header": "navigation", "footer": "footer", "aside": "related"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE
)
_LONG = 150
"""A paragraph of this length is the report's wherever it stands on the page."""


def read_html(path: Path) -> tuple[str, list[Piece]]:
    """The page's text, one line a block element, and its blocks. Raises `InputError` for a page without text."""
    text, pieces = parse_html(_decoded(path.read_bytes(), str(path)), where=str(path))
    if not pieces:
        raise InputError(
            "the page has no text",
            where=str(path),
            todo="save the page from the browser once it is shown in full",
        )
    return text, pieces


def parse_html(source: str, *, where: str = "-") -> tuple[str, list[Piece]]:
    """Text and blocks of a page's source. Raises `InputError` for a page nested deeper than 2,000 elements."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return "", []
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise InputError(
            "the page's elements are nested too deep to be read",
            where=where,
            expected="at most 2,000 levels",
            todo="copy its text into a .txt file",
        )
    lines = _Lines()
    _walk(root, lines)
    return lines.close()


def _decoded(data: bytes, where: str) -> str:
    found = _CHARSET.search(data[:4096])
    if found is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = found.group(1).decode("ascii")
        try:
            return data.decode(
                "gb18030" if name.lower().replace("-", "") in ("gb2312", "gbk", "gb18030") else name
            )
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where=where)


class _Lines:
    """The lines of a page as they are gathered."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[tuple[str, BlockKind, int | None, str | None]] = []

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(re.sub(r"[ \t\r\n\f\v]+", " ", text))

    def end(self, kind: BlockKind, level: int | None, furniture: str | None) -> None:
        line = "".join(self.parts).strip(BLANKS)
        self.parts.clear()
        if line:
            self.lines.append((line, kind, level, furniture))

    def close(self) -> tuple[str, list[Piece]]:
        names = furniture_of_lines([line for line, _, _, _ in self.lines])
        pieces: list[Piece] = []
        at = 0
        for (line, kind, level, furniture), name in zip(self.lines, names, strict=True):
            marked = name or (furniture if len(line) < _LONG else None)
            pieces.append(Piece(at, at + len(line), kind, furniture=marked, level=level))
            at += len(line) + 1
        return "\n".join(line for line, _, _, _ in self.lines), pieces


def _walk(root: Any, lines: _Lines) -> None:
    """Go through the tree without recursion: a hostile page may be nested without end."""
    kind, level, furniture = BlockKind.PARAGRAPH, None, None
    stack: list[tuple[Any, bool, tuple[BlockKind, int | None, str | None]]] = [
        (root, False, (kind, level, furniture))
    ]
    while stack:
        element, leaving, outer = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        state = _state(tag, outer)
        if leaving:
            _leave(tag, lines, state)
            lines.add(element.tail)
            continue
        if tag in _DROPPED or not tag:
            lines.add(element.tail)
            continue
        if tag in _BLOCKS or tag == "br":
            lines.end(*outer)
        lines.add(element.text)
        stack.append((element, True, outer))
        stack.extend((child, False, state) for child in reversed(element))


def _state(
    tag: str, outer: tuple[BlockKind, int | None, str | None]
) -> tuple[BlockKind, int | None, str | None]:
    kind, level, furniture = outer
    if tag == "tr":
        kind, level = BlockKind.TABLE, None
    elif tag in _HEADINGS:
        kind, level = BlockKind.HEADING, _HEADINGS[tag]
    return kind, level, _FURNITURE.get(tag, furniture)


def _leave(tag: str, lines: _Lines, state: tuple[BlockKind, int | None, str | None]) -> None:
    if tag in ("td", "th"):
        lines.parts.append("\t")
    elif tag in _BLOCKS:
        lines.end(*state)
