"""Readings made by hand: from (text, marked pieces), hostile ones, and one of any size."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.documents.model import Block, BlockKind, Document, Part, Section
from duban.reading.model import (
    Action,
    Distinction,
    DistinctionType,
    Figure,
    Kind,
    Qualifier,
    Statement,
    Status,
)
from duban.reading.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>",
    "</script><script>alert(4)</script><!--<script>]]>--!>",
    "</mark></p></article></main><iframe src=javascript:alert(5)></iframe>",
    '"><a href="javascript:alert(6)">&lt;b&gt;&#x3c;&amp;nbsp;</a><base href="https://example.invalid/">',
    "<style>*{display:none}</style><link rel=stylesheet href=https://example.invalid/a.css>",
    "{{ 7*7 }}{% raw %}${7*7}\\u003cb\\u003e\\x3c __proto__ constructor",
    "\u2028\u2029\u202e反向\u202c\ufeff\u200b😀\x0b\x0c\x85",
    "<title></title><textarea><plaintext><noscript><xmp><template>",
)


def hostile() -> Reading:
    """A report in which every text is an attack: its metadata, headings, figures and distinctions too."""
    text = "\r\n".join(HOSTILE)
    starts = [text.index(line) for line in HOSTILE]
    blocks = tuple(
        Block(
            start=start, end=start + len(line), section=min(i, 1),
            kind=BlockKind.HEADING if i == 1 else BlockKind.PARAGRAPH, furniture='"><b' if i == 7 else None,
        )
        for i, (start, line) in enumerate(zip(starts, HOSTILE, strict=True))
    )  # fmt: skip
    bad = HOSTILE[0]
    return Reading(
        document=Document(
            text=text, source=bad, sha256=_sha256(text), id=bad, title=bad, place=bad, year=2026, speaker=bad,
            occasion=bad, date=bad, blocks=blocks, sections=_sections(text, starts[1], HOSTILE[1]),
        ),
        figures=tuple(
            figure(text, start, start + 12, indicator=line, unit=line, place=line, period=line)
            for start, line in zip(starts, HOSTILE, strict=True)
        ),
        distinctions=(distinction(text, starts[2], starts[2] + 30, scope=bad, subject=bad),),
        statements=(statement(text, starts[0], starts[0] + 40, action=bad, object=bad),),
    )  # fmt: skip


def simple(text: str, *figures: tuple[int, int], distinctions: tuple[tuple[int, int], ...] = (),
           statements: tuple[tuple[int, int], ...] = (), blocks: bool = True) -> Reading:  # fmt: skip
    """A reading of `text` whose lines are blocks, with findings at these places."""
    return Reading(
        document=Document(
            text=text, source="-", sha256=_sha256(text), id="-", blocks=tuple(_lines(text)) if blocks else (),
            sections=(_root(text),),
        ),
        figures=tuple(figure(text, *span) for span in figures),
        distinctions=tuple(distinction(text, *span) for span in distinctions),
        statements=tuple(statement(text, *span) for span in statements),
    )  # fmt: skip


def large(figures: int) -> Reading:
    """`figures` figures and statements in 40 characters of text for each, ten to a paragraph."""
    clause = "全市规模以上工业企业增加值达到1234.5亿元，各项重点工作任务进展顺利并且有序，"
    text = "\n".join([clause * 10] * (figures // 10))
    starts = [i * len(clause) + i // 10 for i in range(figures)]
    at = clause.index("1234")
    return Reading(
        document=simple(text).document,
        figures=tuple(
            figure(text, start + at, start + at + 8, statement=i) for i, start in enumerate(starts)
        ),
        statements=tuple(
            statement(text, start, start + at + 8, figures=(i,)) for i, start in enumerate(starts)
        ),
    )


def figure(text: str, start: int, end: int, **more: object) -> Figure:
    fields: dict[str, object] = {
        "value": Decimal("1.2345E+11"), "high": None, "unit": "元", "qualifier": Qualifier.EXACT,
        "indicator": "工业企业增加值", "kind": Kind.LEVEL, "status": Status.ACTUAL, "period": "2025", "place": None,
        "section": 0, "statement": 0, **more,
    }  # fmt: skip
    return Figure(start=start, end=end, text=text[start:end], **fields)  # type: ignore[arg-type]


def distinction(
    text: str, start: int, end: int, scope: str | None = None, subject: str = "事"
) -> Distinction:
    return Distinction(
        start=start, end=end, text=text[start:end], type=DistinctionType.FIRST, scope=scope, subject=subject,
        n=None, section=0, statement=0,
    )  # fmt: skip


def statement(text: str, start: int, end: int, **more: object) -> Statement:
    fields: dict[str, object] = {"action": None, "object": None, "figures": (), "distinctions": (), **more}
    return Statement(
        start=start, end=end, text=text[start:end], section=0, status=Action.DONE, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def _lines(text: str) -> Iterator[Block]:
    position = 0
    for line in text.split("\n"):
        if kept := line.strip():
            start = position + line.index(kept)
            yield Block(start=start, end=start + len(kept), kind=BlockKind.PARAGRAPH, section=0)
        position += len(line) + 1


def _root(text: str) -> Section:
    return Section(start=0, end=len(text), level=0, heading="", part=Part.OTHER, parent=None)


def _sections(text: str, start: int, heading: str) -> tuple[Section, ...]:
    below = Section(start=start, end=len(text), level=1, heading=heading, part=Part.PLAN_YEAR, parent=0)
    return _root(text), below


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
