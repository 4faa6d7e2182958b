"""A report's text with everything of the site laid over it: figures, anchors, and signs that lead to the other report."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from duban.reading.formats.page.marks import FIGURE, Span, laid_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from duban.ledger.site.records import Report
    from duban.ledger.site.words import Words

__all__ = ["Sign", "report_text"]


class Sign(NamedTuple):
    """What stands before a clause and leads to what became of it, or to what it answers."""

    start: int
    text: str
    style: str
    label: str
    href: str


def report_text(
    report: Report,
    stretches: Sequence[tuple[int, int]],
    signs: Iterable[Sign],
    pages: Mapping[str, str],
    t: Words,
) -> Markup:
    """The text as HTML. `stretches` get an anchor each; `pages` are the addresses of indicators' pages by code."""
    reading = report.reading
    spans = [
        Span(section.start, -section.start, 0, i, f'<span class="anchor" id="h{i}">', "", "</span>")
        for i, section in enumerate(reading.document.sections)
        if i
    ]
    for i, (start, end) in enumerate(stretches):
        opening = f'<span class="stretch" id="e-{start}-{end}">'
        spans.append(Span(start, -end, 1, i, opening, '<span class="stretch">', "</span>"))
    spans += _signs(signs)
    for i, distinction in enumerate(reading.distinctions):
        opening = '<mark class="distinction">'
        spans.append(Span(distinction.start, -distinction.end, 2, i, opening, opening, "</mark>"))
    spans += _figures(report, pages, t)
    return laid_over(reading.document, spans, top=3)


def _signs(signs: Iterable[Sign]) -> Iterator[Span]:
    """Links of no length, once for each place that they lead to."""
    for i, sign in enumerate(dict.fromkeys(signs)):
        label = escape(sign.label)
        opening = f'<a class="sign {sign.style}" href="{escape(sign.href)}" title="{label}" aria-label="{label}">{escape(sign.text)}'
        yield Span(sign.start, -sign.start, 0, 1_000_000 + i, opening, "", "</a>")


def _figures(report: Report, pages: Mapping[str, str], t: Words) -> Iterator[Span]:
    """Every figure with its anchor; one that is linked to an indicator leads to its page."""
    seen = set()
    for i, (figure, id_, code) in enumerate(
        zip(report.reading.figures, report.figures, report.codes, strict=True)
    ):
        if id_ in seen:
            continue
        seen.add(id_)
        told = (
            figure.indicator,
            t.kind(figure.kind.value),
            t.status(figure.status.value),
            figure.period,
            figure.place,
        )
        looks = (
            f'class="figure {figure.kind.value} {figure.status.value}" id="f-{id_}" '
            f'title="{escape(" · ".join(" ".join(each.split()) for each in told if each))}"'
        )
        page = pages.get(code) if code else None
        opening = f'<a {looks} href="{escape(page)}">' if page else f"<mark {looks}>"
        yield Span(figure.start, -figure.end, FIGURE, i, opening, opening, "</a>" if page else "</mark>")
