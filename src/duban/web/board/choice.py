"""What somebody chose to see on the board. It stands in the address whole, so that it can be kept and sent on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from duban.supervision import WORK_TYPES, Colour, Stage
from duban.web.cases import service as cases
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import QuerySet

__all__ = ["ALL", "SORTS", "Choice", "chosen"]

ALL = "all"
"""The word for every stage; without a word it is those in which somebody has to do something."""
SORTS = ("light", "due", "-due", "unit", "stage", "type", "key", "-key")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is chosen; "" and None: everything. A stage of "" means every open one."""

    light: str = ""
    stage: str = ""
    type: str = ""
    unit: int | None = None
    leader: int | None = None
    """A leader's post: units in its charge."""
    pile: str = ""
    report: int | None = None
    section: int | None = None
    """A section of the report, with those below it."""
    since: date | None = None
    """Due on this day or later."""
    until: date | None = None
    """Due on this day or earlier."""
    words: str = ""
    sort: str = SORTS[0]

    def address(self, **other: Any) -> str:
        """The query of the address that shows this, with some of it otherwise."""
        from django.utils.http import urlencode

        said = {field.name: other.get(field.name, getattr(self, field.name)) for field in fields(self)}
        return urlencode({name: value for name, value in said.items() if value not in (None, "", SORTS[0])})

    def narrowed(self, among: QuerySet[cases.Case]) -> QuerySet[cases.Case]:
        """Those of the cases that fit in what is not counted by value: words, days, report and section."""
        if self.words:
            among = among.filter(Q(title__contains=self.words) | Q(key__startswith=self.words))
        if self.since:
            among = among.filter(due__gt=_midnight(self.since))
        if self.until:
            among = among.filter(due__lte=_midnight(self.until + timedelta(days=1)))
        if self.report is not None:
            among = among.filter(commitment__report=self.report)
            if self.section is not None:
                below = reports.sections_below(self.report, self.section)
                among = among.filter(commitment__section__in=below)
        return among


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def chosen(asked: Mapping[str, str]) -> Choice:
    """What an address asks for. What makes no sense in it is passed over: an old link still shows something.

    >>> chosen({"light": "red", "unit": "x", "since": "2026-02-30"})
    Choice(light='red', stage='', type='', unit=None, leader=None, pile='', report=None, section=None, \
since=None, until=None, words='', sort='light')
    """
    found = {}
    for name, read in _READ.items():
        value = read(asked.get(name, "").strip())
        if value not in (None, ""):
            found[name] = value
    return Choice(**found)


def _among(*known: str) -> Callable[[str], str]:
    return lambda word: word if word in known else ""


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 16 else None


def _day(word: str) -> date | None:
    try:
        day = date.fromisoformat(word)
    except ValueError:
        return None
    return day if 1950 <= day.year <= 2200 else None


_READ: dict[str, Callable[[str], Any]] = {
    "light": _among(*Colour),
    "stage": _among(*Stage, ALL),
    "type": _among(*WORK_TYPES),
    "unit": _number,
    "leader": _number,
    "pile": _among(*cases.Pile),
    "report": _number,
    "section": _number,
    "since": _day,
    "until": _day,
    "words": lambda word: word.replace("\0", "")[:100],
    "sort": _among(*SORTS),
}
