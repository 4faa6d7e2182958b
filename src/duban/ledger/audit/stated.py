"""A figure as the checks see it: what it is linked to, what it may stand for, what narrows it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue import link
from duban.catalogue.entries import Type, indicators
from duban.catalogue.wording import key, without_area, without_place
from duban.documents.model import Part
from duban.ledger.audit.digits import could_be
from duban.ledger.audit.interval import Interval, exactly
from duban.ledger.model import Evidence
from duban.quantities.conversion import factor
from duban.reading.model import Distinction, Figure, Kind, Qualifier, Status

if TYPE_CHECKING:
    from duban.ledger.audit.rules import Rules

__all__ = ["Claim", "Stated", "claim", "has_other_base", "stated"]

_BESIDE = 16
"""Characters before a growth in which it says what it is over."""

# The first digits of the number stand before it: 1，753亿元 or 7 4 7 7亿元 taken for less than they are.
_ENDS = re.compile(
    r"[\s，,。；;、：:！（(）)]|和|与|及|以|增|提高|上升|扩大|提升|升|降|下降|减|缩|同比|比|较|到|至|$"
)
_YEAR = re.compile("[0-9０-９一二三四五六七八九〇○零]{4}年?|去年|上年|今年|年末|年底")
_MOVED = re.compile(r"[由从][^，。；]{0,24}$")
_TORN = re.compile("[0-9０-９][，, 　]?$")


class Stated(Struct, frozen=True, kw_only=True):
    """A figure with what a check has to know of it. Made by `stated`."""

    document: str
    """The document's sha256."""
    report: int | None
    """The year of the report."""
    home: str | None
    """The place whose report it is."""
    figure: Figure
    clause: str
    before: str
    """Its sentence up to the number."""
    after: str
    """The characters behind it."""
    part: Part
    """What its section speaks of."""
    dated: bool
    """Whether its year is sure: in a review of several years an amount is that of one only if the text says which."""
    code: str | None
    """The indicator in the catalogue."""
    name: str
    """The code, or where there is none the phrase in the form that different spellings share."""
    scope: frozenset[str]
    """Keys of `Rules.scopes` whose words stand with it."""
    range: Interval | None
    """The numbers it may stand for; None where its words are no measure."""

    @property
    def value(self) -> Decimal:
        return self.figure.value

    @property
    def kind(self) -> Kind:
        return self.figure.kind

    @property
    def happened(self) -> bool:
        """Whether it is said of what was (an estimate of the year under review, too), not of a plan."""
        return self.figure.status in {Status.ACTUAL, Status.ESTIMATE}

    @property
    def coverage(self) -> frozenset[str]:
        """What narrows it. That a target is planned goes without saying."""
        return self.scope if self.happened else self.scope - {"planned"}

    @property
    def exact(self) -> bool:
        """Whether it is one number without 约, 超 or the like."""
        return (
            self.figure.qualifier is Qualifier.EXACT and self.figure.high is None and self.range is not None
        )

    @property
    def alone(self) -> bool:
        """Whether nothing is counted by it that follows: 达到1921.7亿元, not 超200亿元县."""
        return _ENDS.match(self.after) is not None

    @property
    def evidence(self) -> Evidence:
        figure = self.figure
        return Evidence(document=self.document, start=figure.start, end=figure.end, quote=figure.text)

    @property
    def year(self) -> int | None:
        """The year it speaks of; None for a span of years or where it cannot be told."""
        period = self.figure.period
        return int(period) if period is not None and period.isdigit() else None

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and last year of a span of years."""
        first, _, last = (self.figure.period or "").partition("/")
        return (int(first), int(last)) if first.isdigit() and last.isdigit() else None

    @property
    def last_year(self) -> int | None:
        """The year, or the last of a span of years, that it speaks of."""
        return self.year if self.span is None else self.span[1]

    def times(self, other: Stated) -> Decimal | None:
        """How many of another figure's units its own is; None where they do not measure the same."""
        found = factor(self.figure.unit, other.figure.unit)
        return None if found is None else Decimal(found.numerator) / found.denominator

    def value_like(self, other: Stated) -> Decimal | None:
        """The value in another figure's unit; None where that does not measure the same."""
        times = self.times(other)
        return None if times is None else self.value * times

    def in_unit_of(self, other: Stated) -> Interval | None:
        """The range in another figure's unit; None where that does not measure the same."""
        times = self.times(other)
        if self.range is None or times is None:
            return None
        return self.range if times == 1 else self.range * exactly(times)

    def same_thing(self, other: Stated) -> bool:
        """Whether both speak of one indicator in one unit, at one place, and cover the same."""
        return (
            self.name == other.name
            and self.times(other) is not None
            and self.home == other.home
            and self.figure.place == other.figure.place
            and self.coverage == other.coverage
        )


class Claim(Struct, frozen=True, kw_only=True):
    """A distinction as a check sees it. Made by `claim`."""

    document: str
    report: int | None
    home: str | None
    distinction: Distinction
    clause: str
    part: Part
    """What its section speaks of."""
    name: str
    """Its subject in the form that different spellings share."""

    @property
    def evidence(self) -> Evidence:
        found = self.distinction
        return Evidence(document=self.document, start=found.start, end=found.end, quote=found.text)


def claim(
    distinction: Distinction, *, document: str, report: int | None, home: str | None, clause: str, part: Part
) -> Claim:
    """A distinction with the text of its clause and the form of its subject."""
    subject = without_place(distinction.subject, home) if home else distinction.subject
    return Claim(
        document=document,
        report=report,
        home=home,
        distinction=distinction,
        clause=clause,
        part=part,
        name=without_area(key(subject)),
    )


def stated(
    figure: Figure, *, document: str, report: int | None, home: str | None, clause: str, before: str,
    after: str, part: Part, rules: Rules,
) -> Stated:  # fmt: skip
    """A figure with its link, range and scope.

    `clause` is the text of its statement, `before` its sentence up to the number, `after` some characters
    behind it, `part` that of its section; `home` the report's own place.
    """
    found = link(figure.indicator, figure.unit, figure.kind, home)
    return Stated(
        document=document,
        report=report,
        home=home,
        figure=figure,
        clause=clause,
        before=before,
        after=after,
        part=part,
        dated=_dated(figure, found.code, before, part),
        code=found.code,
        name=found.code or key(figure.indicator),
        scope=_scope(clause, before, rules),
        range=None if _TORN.search(before) else could_be(figure, rules),
    )


def has_other_base(stated: Stated, rules: Rules) -> bool:
    """Whether a growth or change of one year says that it is over something else than the year before."""
    if stated.kind not in {Kind.GROWTH, Kind.CHANGE} or stated.span is not None:
        return False
    beside = f"{stated.before[-_BESIDE:]}{stated.figure.text}"
    return rules.pattern("other_base").search(beside) is not None


def _dated(figure: Figure, code: str | None, before: str, part: Part) -> bool:
    if part is not Part.REVIEW_TERM or figure.period is None or "/" in figure.period:
        return True
    if figure.kind is not Kind.LEVEL:
        return _YEAR.search(before) is not None
    flow = code is None or indicators()[code].type is Type.FLOW
    return not flow or _YEAR.search(before) is not None or _MOVED.search(before) is not None


def _scope(clause: str, before: str, rules: Rules) -> frozenset[str]:
    return frozenset(
        name
        for name, words in rules.scopes.items()
        if words.pattern.search(before if words.whole_sentence else clause)
    )
