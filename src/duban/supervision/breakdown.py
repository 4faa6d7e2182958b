"""From a report to tasks: its commitments, each with its targets, its sentence, a suggested lead unit and a term.

What a commitment is, is decided in `duban.reading.commitments`; here neighbours that the same unit would lead are one
task. Everything suggested carries its reasons, and people decide.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from duban.catalogue import bodies, places
from duban.documents.model import PLANS, Level
from duban.reading import commitments as promised
from duban.reading.model import Kind
from duban.reading.periods import part_span, time_marks, vantage_of
from duban.supervision.knowledge import knowledge
from duban.supervision.model import Details, Origin, Path, Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from duban.documents.model import Document
    from duban.reading.model import Figure, Statement
    from duban.reading.reading import Reading

__all__ = ["Commitment", "LeadSuggestion", "TermSuggestion", "commitments"]


class LeadSuggestion(Struct, frozen=True, kw_only=True):
    """A unit that could lead, and the words of the text that speak for it."""

    unit: str
    """The body's id in the catalogue."""
    name: str
    score: float
    words: tuple[str, ...]


class TermSuggestion(Struct, frozen=True, kw_only=True):
    """A day by which, and the words that say so; "" for the end of the year or of the plan."""

    day: date
    words: str


class Commitment(Struct, frozen=True, kw_only=True):
    """A commitment of a report as a task could be made of it."""

    text: str
    """In the report's words."""
    origin: Origin
    work_type: str
    """task, livelihood or inspection."""
    leads: tuple[LeadSuggestion, ...]
    """The likeliest first, five at most; empty where no word speaks for anyone."""
    terms: tuple[TermSuggestion, ...]
    """The latest first: it is done when the last of it is."""
    targets: tuple[Target, ...]

    @property
    def due(self) -> date | None:
        """The term that is suggested; None where the report's year is not known."""
        return self.terms[0].day if self.terms else None

    def details(self) -> Details:
        """What the events that register and plan it could say."""
        return Details(
            title=self.text,
            text=self.text,
            origin=self.origin,
            lead=self.leads[0].unit if self.leads else "",
            due=self.due,
            targets=self.targets,
        )


def commitments(reading: Reading) -> list[Commitment]:
    """What a report promises, as tasks could be made of it, in the order of the text.

    Lead units are those of the report's level (a province's 厅, a city's 局, a ministry). The term is the day that the
    text names, else the end of the year, or of the plan for what stands in its outline.
    """
    level = _LEVELS.get(reading.document.level or Level.CITY, bodies.BodyLevel.CITY)
    own = _own(reading.document)

    def together(left: str, right: str) -> bool:
        apart = _other_day(left, right) or _other_phase(left, right) or _other_place(left, right, own)
        return not apart and _same_hand(left, right, level)

    return [_commitment(found, reading, level) for found in promised.commitments(reading, together=together)]


_LEVELS = {Level.NATIONAL: bodies.BodyLevel.NATIONAL, Level.PROVINCE: bodies.BodyLevel.PROVINCE}
_SHOWN = 5
_SHARE = 0.5
"""What share of the likeliest unit's score another has to have for the task to be its own as well."""


def _same_hand(left: str, right: str, level: bodies.BodyLevel) -> bool:
    """Whether the unit that would lead one would do the other too; nothing speaks against it where no word speaks."""
    ours, theirs = bodies.suggest(left, level), bodies.suggest(right, level)
    if not ours or not theirs:
        return True
    return _could_do(ours[0].body, theirs) or _could_do(theirs[0].body, ours)


def _could_do(body: bodies.Body, suggestions: list[bodies.Suggestion]) -> bool:
    scores = {suggestion.body.id: suggestion.score for suggestion in suggestions}
    return scores.get(body.id, 0) >= _SHARE * suggestions[0].score


def _other_day(left: str, right: str) -> bool:
    """Whether two texts name different days (上半年通车, 年底前开工)."""
    ours, theirs = ({day[:2] for day in _month_days(text)} for text in (left, right))
    return _differ(ours, theirs)


def _other_phase(left: str, right: str) -> bool:
    """Whether two lists of projects are at different points (建成投产, 开工建设)."""
    phases = knowledge("commitments.yaml")["phases"]
    ours, theirs = (
        {name for name, of in phases.items() if any(word in text for word in of)} for text in (left, right)
    )
    return _differ(ours, theirs)


def _own(document: Document) -> places.Place | None:
    try:
        return places.find(document.place) if document.place else None
    except places.AmbiguousPlaceError:
        return None


def _other_place(left: str, right: str, own: places.Place | None) -> bool:
    """Whether two texts support different places (支持甲市建设…, 支持乙市建设…)."""
    if not (left.startswith("支持") and right.startswith(("支持", "协同"))):
        return False
    ours, theirs = ({place.code for _, _, place in places.names_in(text, own)} for text in (left, right))
    return _differ(ours, theirs)


def _differ(ours: AbstractSet[Any], theirs: AbstractSet[Any]) -> bool:
    return bool(ours and theirs) and not ours & theirs


def _commitment(found: promised.Commitment, reading: Reading, level: bodies.BodyLevel) -> Commitment:
    document = reading.document
    suggestions = bodies.suggest(found.text, level)[:_SHOWN]
    return Commitment(
        text=found.text,
        origin=Origin(
            document=document.sha256,
            start=found.start,
            end=found.end,
            quote=found.text,
            section=_heading(found.section, document),
        ),
        work_type=_work_type(found),
        leads=tuple(
            LeadSuggestion(
                unit=suggestion.body.id,
                name=suggestion.body.name,
                score=suggestion.score,
                words=tuple(reason.word for reason in suggestion.reasons),
            )
            for suggestion in suggestions
        ),
        terms=tuple(_terms(found, reading)),
        targets=tuple(_targets(found, reading)),
    )


def _heading(section: int, document: Document) -> str:
    """The heading of the section, or of the nearest one above it that has one."""
    at: int | None = section
    while at is not None:
        if document.sections[at].heading:
            return document.sections[at].heading
        at = document.sections[at].parent
    return ""


def _work_type(found: promised.Commitment) -> str:
    if found.livelihood:
        return "livelihood"
    words = knowledge("commitments.yaml")["work_types"]
    return next((name for name, of in words.items() if any(word in found.text for word in of)), "task")


# --- the term -------------------------------------------------------------------------------------------------------


class _Term(NamedTuple):
    words: re.Pattern[str]
    month: int | str
    day: int | str


@cache
def _term_words() -> tuple[_Term, ...]:
    entries = knowledge("commitments.yaml")["terms"]
    return tuple(_Term(re.compile(entry["words"]), entry["month"], entry["day"]) for entry in entries)


def _month_days(text: str) -> Iterator[tuple[int, int | None, str]]:
    """(month, day or None for its last, words) of every word that names a day by which; the first rule that fits."""
    taken: list[tuple[int, int]] = []
    for term in _term_words():
        for match in term.words.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            month = int(match[term.month]) if isinstance(term.month, str) else term.month
            day = int(match["day"]) if term.day == "day" else None
            yield month, day, match[0]


def _terms(found: promised.Commitment, reading: Reading) -> Iterator[TermSuggestion]:
    document, vantage = reading.document, vantage_of(reading.document)
    year = vantage.year
    if year is None:
        return
    named = [
        mark
        for mark in time_marks(document.text, found.start, found.end, year, planned=True, late=vantage.late)
        if mark.span.last > year and not mark.past and mark.counted is None
    ]
    periods = (reading.figures[index].period for index in found.figures)
    years = [int(period[-4:]) for period in periods if period is not None]
    ahead = [*(mark.span.last for mark in named), *(each for each in years if each > year)]
    last = max(ahead, default=_end_of_part(found, document, year) or year)
    terms = [
        TermSuggestion(day=_on(last, month, day), words=words)
        for month, day, words in _month_days(found.text)
    ]
    if named and not terms:
        mark = max(named, key=lambda mark: mark.span.last)
        terms = [TermSuggestion(day=date(last, 12, 31), words=document.text[mark.start : mark.end])]
    yield from sorted(terms, key=lambda term: term.day, reverse=True) or [
        TermSuggestion(day=date(last, 12, 31), words="")
    ]


def _end_of_part(found: promised.Commitment, document: Document, year: int) -> int | None:
    """The last year that the part of the report speaks of; `year` is that of its vantage."""
    part = document.sections[found.section].part
    span = part_span(document, part, year) if part in PLANS else None
    return None if span is None else span.last


def _on(year: int, month: int, day: int | None) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, last if day is None else min(day, last))


# --- targets --------------------------------------------------------------------------------------------------------


def _targets(found: promised.Commitment, reading: Reading) -> Iterator[Target]:
    for number, index in enumerate(found.figures, start=1):
        figure = reading.figures[index]
        yield _target(f"t{number}", figure, reading.statements[figure.statement])


def _target(key: str, figure: Figure, statement: Statement) -> Target:
    adds = figure.kind is Kind.LEVEL and figure.unit != "%" and statement.action in _adds()
    if adds:
        path = Path.EVEN
    else:
        path = Path.END if figure.kind is Kind.LEVEL else Path.STEADY
    return Target(
        key=key,
        name=figure.indicator or statement.text,
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        kind=figure.kind.value,
        qualifier=figure.qualifier.value,
        base=Decimal(0) if adds else None,
        path=path,
    )


@cache
def _adds() -> frozenset[str]:
    return frozenset(knowledge("commitments.yaml")["adds"])
