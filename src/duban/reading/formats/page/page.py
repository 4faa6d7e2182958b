"""The page put together: the frame, the marked report, the tables, and a policy that lets nothing else in."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from duban.errors import InputError
from duban.reading.formats.page.marks import Mark, marked_report
from duban.reading.formats.page.outline import outline
from duban.reading.formats.page.panels import Panel, panels
from duban.reading.formats.page.words import LANGUAGES, words
from duban.reading.model import Kind, Status

if TYPE_CHECKING:
    from jinja2 import Template

    from duban.reading.reading import Reading

__all__ = ["Addition", "render"]


@dataclass(frozen=True, kw_only=True)
class Addition:
    """A panel more, before the others, with its marks in the report."""

    panel: Panel
    marks: Sequence[Mark]
    """Named like the panel's rows."""
    legend: Sequence[tuple[str, str]]
    """The classes of a sample, and the key of its word."""
    words: Mapping[str, Mapping[str, str]]
    """Language → key → word, in addition to the page's own."""
    style: str
    """In addition to page.css."""


def render(reading: Reading, *, lang: str = "zh", addition: Addition | None = None) -> str:
    """One HTML file, the same for the same reading. `lang` ("zh", "en") is the language it opens in.

    It can be written as UTF-8 whatever the report holds. Raises `InputError` for another language.
    """
    if lang not in LANGUAGES:
        raise InputError(f"the page has no language {lang!r}", expected=" or ".join(LANGUAGES))
    script = _asset("page.js")
    style = _asset("page.css") + (addition.style if addition else "")
    known = {each: {**words(each), **(addition.words[each] if addition else {})} for each in LANGUAGES}
    page = _template().render(
        document=reading.document,
        report=marked_report(reading, addition.marks if addition else ()),
        outline=outline(reading.document),
        panels=(*([addition.panel] if addition else []), *panels(reading)),
        legend=addition.legend if addition else (),
        kinds=[kind.value for kind in Kind],
        statuses=[status.value for status in Status],
        lang=lang,
        t=known[lang],
        strings=_script_json(known),
        script=Markup(script),  # noqa: S704 - our own file
        style=Markup(style),  # noqa: S704 - our own file
        policy=_policy(script, style),
    )
    return page.encode("utf-8", errors="replace").decode("utf-8")


def _policy(script: str, style: str) -> str:
    """A content security policy: this script and this style by their hashes, and no network at all."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(source: str) -> str:
    return f"sha256-{b64encode(sha256(source.encode()).digest()).decode()}"


def _script_json(value: object) -> Markup:
    """JSON in ASCII that can stand inside a script element: nothing in it can end or begin one."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - what could break out was escaped above


@cache
def _asset(name: str) -> str:
    return files("duban.reading.formats.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html.jinja"))
