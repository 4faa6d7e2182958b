"""How far a target is, against how far it should be: by values, not by what is typed in."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.supervision.model import Path, Standing, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from duban.supervision.model import Course, EvidenceKind, Milestone
    from duban.supervision.state import Report

__all__ = ["Progress", "achieved", "expected", "is_met", "latest", "milestones_share", "progress"]

_WHOLE, _NOTHING = Decimal(1), Decimal(0)


class Progress(Struct, frozen=True, kw_only=True):
    """A target on a day. Shares are of the way from its base to its value, 0 to 1 (more if it is passed)."""

    target: Target
    value: Standing
    expected: Decimal
    achieved: Decimal
    met: bool
    """Whether the value would do if the term ended now."""
    independent: bool
    """Whether the value is not the unit's own word."""

    @property
    def behind(self) -> Decimal:
        """By how much of the whole it is behind; 0 if it is not."""
        return max(_NOTHING, self.expected - self.achieved)


def progress(
    targets: Sequence[Target],
    reports: Sequence[Report],
    milestones: Sequence[Milestone],
    *,
    start: date,
    end: date,
    day: date,
    tolerance: Decimal,
    independent: Sequence[EvidenceKind],
) -> tuple[Progress, ...]:
    """Every target that there is a value for, in order.

    `tolerance` is the share by which a value may miss a number that is only about so much (左右, 约).
    """
    found = []
    for target in targets:
        value = latest(target, reports, day, independent)
        if value is not None:
            found.append(
                Progress(
                    target=target,
                    value=value,
                    expected=expected(target, milestones, start=start, end=end, day=value.day),
                    achieved=achieved(target, value.value, tolerance),
                    met=is_met(target, value.value, tolerance),
                    independent=value.source in independent,
                )
            )
    return tuple(found)


def latest(
    target: Target, reports: Iterable[Report], day: date, independent: Sequence[EvidenceKind]
) -> Standing | None:
    """The value of the latest day; of one day what is not the unit's own word, then what was said last."""
    values = [
        value
        for report in reports
        for value in report.values
        if value.target == target.key and value.day <= day
    ]
    if not values:
        return None
    return max(reversed(values), key=lambda value: (value.day, value.source in independent))


def expected(
    target: Target, milestones: Sequence[Milestone], *, start: date, end: date, day: date
) -> Decimal:
    """The share of a target that is to be reached by a day."""
    if target.path is Path.STEADY:
        return _WHOLE
    if day >= end:
        return _WHOLE
    if target.path is Path.END or day <= start:
        return _NOTHING
    if target.path is Path.MILESTONES and milestones:
        return milestones_share(
            milestones, [milestone.name for milestone in milestones if milestone.day < day]
        )
    if target.path is Path.COURSE and target.course is not None:
        return _by_course(target.course, day)
    return Decimal((day - start).days) / Decimal((end - start).days)


def milestones_share(milestones: Sequence[Milestone], reached: Iterable[str]) -> Decimal:
    """What the milestones reached add up to; those without a share have equal parts of what the others leave."""
    given = sum((milestone.share for milestone in milestones if milestone.share is not None), _NOTHING)
    open_ = sum(milestone.share is None for milestone in milestones)
    step = max(_NOTHING, _WHOLE - given) / open_ if open_ else _NOTHING
    names = set(reached)
    shares = [step if each.share is None else each.share for each in milestones if each.name in names]
    return min(_WHOLE, sum(shares, _NOTHING))


def _by_course(course: Course, day: date) -> Decimal:
    """What last year had reached by the same day: month ends as they were, even steps between them."""
    reached = (_NOTHING, *course.reached)
    total = reached[-1]
    if not total:
        return _NOTHING
    before = reached[min(day.month - 1, len(reached) - 1)]
    after = reached[min(day.month, len(reached) - 1)]
    part = Decimal(day.day) / Decimal(monthrange(day.year, day.month)[1])
    return min(_WHOLE, max(_NOTHING, (before + (after - before) * part) / total))


def achieved(target: Target, value: Decimal, tolerance: Decimal) -> Decimal:
    """The share of the way from the base to the target; where there is no way (a target of what is), all or nothing."""
    base = target.base or _NOTHING
    if target.path is Path.STEADY or target.value == base:
        return _WHOLE if is_met(target, value, tolerance) else _NOTHING
    return max(_NOTHING, (value - base) / (target.value - base))


def is_met(target: Target, value: Decimal, tolerance: Decimal) -> bool:
    """Whether a value does: at least or at most the target, an about-number within the tolerance."""
    wanted = target.value
    room = abs(wanted) * tolerance if target.qualifier in ("about", "nearly") else _NOTHING
    if _goes_down(target):
        limit = max(wanted, target.high) if target.high is not None else wanted
        return value <= limit + room
    return value >= wanted - room


def _goes_down(target: Target) -> bool:
    """Whether less is better: a ceiling, a way down from the base, a rate of decline (下降3%: -3)."""
    if target.qualifier == "at_most":
        return True
    if target.qualifier in ("at_least", "over"):
        return target.base is not None and target.value < target.base and target.value < 0
    if target.base is not None:
        return target.value < target.base
    return target.value < 0
