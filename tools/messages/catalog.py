"""The Chinese catalog of `src/duban/web`: English is what stands in the code."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CATALOG", "compiled", "gathered", "merged", "missing", "read", "written"]

WEB = Path(__file__).resolve().parents[2] / "src" / "duban" / "web"
CATALOG = WEB / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

_KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}


def gathered() -> Catalog:
    """Every string of the code and the templates that is marked to be translated, where it stands."""
    catalog = Catalog(locale="zh_Hans")
    for path in sorted(WEB.rglob("*")):
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
            for _line, function, said, *_rest in _extracted(path):
                context, message = _parts(function, said)
                if message and message != ("", ""):
                    catalog.add(message, locations=[(str(path.relative_to(WEB)), 0)], context=context)
    return catalog


def _extracted(path: Path) -> Iterator[tuple[Any, ...]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        if not settings.configured:
            settings.configure()
        text = templatize(text)
    yield from extract_python(io.BytesIO(text.encode("utf-8")), _KEYWORDS, [], {})


def _parts(function: str, message: object) -> tuple[str | None, str | tuple[str, ...]]:
    """Context and text of a call: what was not given as a literal is None."""
    given = tuple(part for part in message if part) if isinstance(message, tuple) else (message,)
    if function.startswith("pgettext") and len(given) == 2:
        return str(given[0]), str(given[1])
    if function.startswith("ngettext") and len(given) >= 2:
        return None, (str(given[0]), str(given[1]))
    return None, str(given[0]) if given and given[0] else ""


def read() -> Catalog:
    """The catalog as it is, empty where there is none."""
    if not CATALOG.is_file():
        return Catalog(locale="zh_Hans")
    with CATALOG.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def merged(before: Catalog, now: Catalog) -> Catalog:
    """What is to be translated now, with the translations there were. What is no longer said is left out."""
    for message in now:
        if message.id:
            old = before.get(message.id, message.context)
            if old is not None:
                message.string = old.string
    return now


def missing(catalog: Catalog) -> list[str]:
    """What has no translation."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def written(catalog: Catalog) -> bytes:
    """The catalog as a .po file: sorted, without dates and line numbers, so that a change shows what changed."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=0, omit_header=True, sort_output=True, include_lineno=False)
    header = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
    return header.encode("utf-8") + stream.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The catalog as Django reads it."""
    stream = io.BytesIO()
    plain = read_po(io.BytesIO(written(catalog)), locale="zh_Hans")
    plain.creation_date = plain.revision_date = datetime(
        2026, 1, 1, tzinfo=UTC
    )  # the same words, the same bytes
    write_mo(stream, plain)
    return stream.getvalue()
