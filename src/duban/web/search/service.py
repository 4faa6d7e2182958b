"""The door of search: what holds all of the words, by kind.

Words are found anywhere in a text, as Chinese has no blanks to go by. There is no index of pieces of words: the database
looks through an index that holds the short texts themselves (docs/decisions/0011), which both databases do alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse

from duban.web.accounts import service as accounts
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from duban.web.access import Standing

__all__ = ["Found", "Hit", "find", "words_of"]

MOST = 20
"""So many of a kind are shown."""
_WORDS = 6
_AROUND = 60


@dataclass(frozen=True, kw_only=True)
class Hit:
    """Something that holds the words."""

    text: str
    url: str
    about: str = ""
    light: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found of a kind: task, commitment, passage, unit or person."""

    kind: str
    hits: Sequence[Hit]
    more: bool = False
    """Whether there is more than is shown."""


def words_of(asked: str) -> tuple[str, ...]:
    """The words that were asked for; a text has to hold every one.

    >>> words_of("  高标准农田　改造 ")
    ('高标准农田', '改造')
    """
    return tuple(dict.fromkeys(asked.replace("\0", "")[:100].split()))[:_WORDS]


def find(words: Sequence[str], standing: Standing) -> list[Found]:
    """What holds all of the words and may be seen by whoever asks; kinds without any are left out."""
    if not words:
        return []
    found = []
    if standing.may("task.see"):
        found.append(_tasks(words, standing))
    if standing.may("report.see"):
        found += [_commitments(words), _passages(words)]
    found += [_units(words), _people(words)]
    return [one for one in found if one.hits]


def _holds(field: str, words: Sequence[str]) -> Q:
    """That a field holds every word; letters in any case."""
    whole = Q()
    for word in words:
        plain = word.upper() == word.lower()
        whole &= Q(**{f"{field}__{'contains' if plain else 'icontains'}": word})
    return whole


def _first(rows: QuerySet[Any], most: int = MOST) -> tuple[list[int], bool]:
    """Some of the rows, whichever come first, and whether there are more: to put all in order is what takes long."""
    pks = list(rows.order_by().values_list("pk", flat=True)[: most + 1])
    return pks[:most], len(pks) > most


def _tasks(words: Sequence[str], standing: Standing) -> Found:
    named = _holds("title", words)
    if len(words) == 1 and words[0][:4].isdigit():
        named |= Q(key__startswith=words[0])
    pks, more = _first(cases.visible(standing).filter(named))
    rows = cases.Case.objects.filter(pk__in=pks).select_related("lead").defer("state", "lights")
    ordered = sorted(rows, key=lambda case: (case.stage in cases.ENDED, case.key))
    hits = [
        Hit(
            text=case.title,
            url=reverse("cases:case", args=[case.key]),
            about=f"{case.key} {case.lead or ''}",
            light=case.light,
        )
        for case in ordered
    ]
    return Found(kind="task", hits=hits, more=more)


def _commitments(words: Sequence[str]) -> Found:
    pks, more = _first(reports.Commitment.objects.filter(_holds("wording", words), state__in=reports.LIVE))
    rows = reports.Commitment.objects.filter(pk__in=pks).values_list(
        "pk", "wording", "report_id", "report__title"
    )
    hits = [
        Hit(text=wording, url=f"{reverse('reports:review', args=[report])}#c-{pk}", about=title)
        for pk, wording, report, title in rows
    ]
    return Found(kind="commitment", hits=hits, more=more)


def _passages(words: Sequence[str]) -> Found:
    holding = reports.Report.objects.filter(_holds("text", words)).defer("document")
    hits: list[Hit] = []
    for report in holding.iterator(chunk_size=10):
        hits += _in_report(report, words)
        if len(hits) > MOST:
            break
    return Found(kind="passage", hits=hits[:MOST], more=len(hits) > MOST)


def _in_report(report: reports.Report, words: Sequence[str]) -> Iterator[Hit]:
    """The paragraphs of a report that hold every word, as far as the first."""
    lower = [word.lower() for word in words]
    start, url = 0, reverse("reports:review", args=[report.pk])
    blocks: Sequence[tuple[int, int]] | None = None
    for line in report.text.split("\n"):
        if all(word in line.lower() for word in lower):
            blocks = reports.blocks(report.pk) if blocks is None else blocks
            at = start + line.lower().find(lower[0])
            number = next((n for n, (begin, end) in enumerate(blocks) if begin <= at < end), 0)
            begin = max(0, at - start - _AROUND)
            piece = line[begin : begin + 3 * _AROUND]
            text = f"{'…' * (begin > 0)}{piece}{'…' * (begin + len(piece) < len(line))}"
            yield Hit(text=text, url=f"{url}#b-{number}", about=report.title)
        start += len(line) + 1


def _units(words: Sequence[str]) -> Found:
    rows = organisation.Unit.objects.filter(_holds("name", words) | _holds("short", words))
    units = list(rows[: MOST + 1])
    hits = [
        Hit(text=unit.name, url=reverse("organisation:unit", args=[unit.pk]), about=unit.short)
        for unit in units[:MOST]
    ]
    return Found(kind="unit", hits=hits, more=len(units) > MOST)


def _people(words: Sequence[str]) -> Found:
    """Those who hold a post today, and which."""
    people = accounts.users().filter(_holds("name", words))
    held = organisation.held_by(list(people.values_list("pk", flat=True)[: MOST + 1]))
    hits = [
        Hit(
            text=membership.user.name,
            url=reverse("organisation:unit", args=[membership.post.unit_id]),
            about=str(membership.post),
        )
        for membership in held
    ]
    return Found(kind="person", hits=hits[:MOST], more=len(hits) > MOST)
