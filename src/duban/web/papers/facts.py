"""What papers say, from the cases as they stand at a moment. Papers are in Chinese, whoever asks for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from msgspec.structs import replace

from duban.supervision import Act, Stage, State, TaskRow, WorkType, day_of, rates, task_rows
from duban.web.cases import service as cases
from duban.web.cases.service import Case
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duban.web.reports.service import Report

__all__ = ["Circular", "Line", "breakdown", "circular", "day_words", "office_name", "place", "suggested"]

_ENDED = (Stage.WITHDRAWN, Stage.DECLINED)
_CLOSED = (Stage.CLOSED, Stage.ARCHIVED)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A task as papers show it."""

    case: Case
    work: WorkType
    state: State
    light: str
    row: TaskRow

    @property
    def is_open(self) -> bool:
        return self.state.stage not in (*_CLOSED, *_ENDED)

    @property
    def is_late(self) -> bool:
        main = self.state.clock(self.work.main)
        return self.is_open and main is not None and main.is_running and main.is_late

    @property
    def is_unsigned(self) -> bool:
        return self.state.stage is Stage.HANDED_OVER

    @property
    def days_late(self) -> int:
        """How many days its end is over, 0 if it is not."""
        main = self.state.clock(self.work.main)
        if not self.is_late or main is None or main.deadline is None:
            return 0
        return (day_of(self.state.as_of) - main.deadline.current_due.day).days

    def last(self, act: Act) -> date | None:
        """The day on which the act was taken last."""
        done = self.state.last.get(act)
        return day_of(done.at) if done else None

    def cells(self, number: int) -> dict[str, str]:
        """What a template can show of it."""
        handed, closed = self.last(Act.HAND_OVER), self.last(Act.CLOSE)
        return {
            "number": str(number),
            "key": self.case.key,
            "section": self.row.section,
            "title": self.row.title,
            "targets": self.row.targets,
            "result_form": self.row.result_form,
            "lead": self.row.lead,
            "co": self.row.co,
            "leader": self.row.leader,
            "due": self.row.due,
            "stage": self.row.stage,
            "light": self.row.light,
            "progress": self.row.progress,
            "reason": self.row.reason,
            "overdue": f"{self.days_late}天" if self.days_late else "",
            "handed": str(handed or ""),
            "closed": str(closed or ""),
        }


def day_words(day: date) -> str:
    """A day as papers write it.

    >>> day_words(date(2026, 3, 5))
    '2026年3月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def office_name() -> str:
    """The supervision office."""
    found = next((unit for unit in organisation.units() if unit.kind == unit.Kind.OFFICE), None)
    return found.name if found else "督查室"


# --- 任务分解表 -------------------------------------------------------------------------------------------------------


def breakdown(report: Report) -> list[Line]:
    """The tasks of a report in the order of its text, withdrawn ones left out."""
    chosen = cases.Case.objects.filter(commitment__report=report).exclude(stage__in=_ENDED)
    return _lines(chosen.order_by("commitment__start", "pk"), None)


def _lines(chosen: Any, moment: datetime | None) -> list[Line]:
    """The cases as they stand; at a moment that has passed, as their events say."""
    found = list(chosen.select_related("lead").prefetch_related("co"))
    leaders = _leaders({case.lead_id for case in found if case.lead_id})
    lines = []
    for number, case in enumerate(found, start=1):
        if moment is None:
            work, state = cases.kept_case(case)
            light, lights = case.light, cases.kept_lights(case)
        else:
            work, state, lights = cases.at_moment(case, moment)
            light = lights.colour.value
        row = next(iter(task_rows([(work, state, lights)])))
        named = replace(
            row,
            number=str(number),
            lead=str(case.lead or ""),
            co="、".join(str(unit) for unit in case.co.all()),
            leader=leaders.get(case.lead_id or 0, ""),
        )
        lines.append(Line(case=case, work=work, state=state, light=light, row=named))
    return lines


def _leaders(units: Iterable[int]) -> dict[int, str]:
    """Who answers for each unit: the leader's name, else the post."""
    found = {}
    for unit in units:
        post = next(iter(organisation.leaders_of(unit)), None)
        if post:
            holders = organisation.holders_of(post.pk)
            found[unit] = holders[0].user.name if holders else post.title
    return found


# --- 督办通报 ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    unit: str
    all: int
    closed: int
    open: int
    late: int
    unsigned: int
    asked: int
    done: int
    """Closed in the period."""


@dataclass(frozen=True, kw_only=True)
class Circular:
    """What a circular of a period says of the tasks, at the end of the period or now."""

    since: date
    until: date
    lines: list[Line]
    late: list[Line]
    unsigned: list[Line]
    done: list[Line]
    lights: Counter[str]
    units: list[UnitLine]
    rates: list[tuple[str, str]] = field(default_factory=list)

    @property
    def overview(self) -> str:
        """The numbers in a sentence."""
        closed = sum(not line.is_open for line in self.lines)
        said = (
            f"截至{day_words(self.until)}，共交办重点任务{len(self.lines)}项，"
            f"已办结{closed}项，在办{len(self.lines) - closed}项，其中逾期{len(self.late)}项、"
            f"未签收{len(self.unsigned)}项；本期办结{len(self.done)}项。"
            f"在办任务中，绿灯{self.lights['green']}项、黄灯{self.lights['yellow']}项、"
            f"红灯{self.lights['red']}项。"
        )
        shares = "，".join(f"{name}{value}" for name, value in self.rates)
        return f"{said}{shares}。" if shares else said


def circular(since: date, until: date, now: datetime | None = None) -> Circular:
    """The tasks of reports handed over by the end of the period, as they stood then, or stand now if it is not over.

    Those of the year in which it ends, and older ones that were open in it.
    """
    moment = now or timezone.now()
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    past = end <= moment
    of_reports = cases.Case.objects.filter(commitment__isnull=False, registered__lte=until).exclude(state={})
    was_open = Q(pk__in=cases.open_cases().values("pk")) | Q(evaluated__date__gte=since)
    chosen = of_reports.filter(Q(registered__year=until.year) | was_open).order_by("due", "pk")
    lines = [
        line
        for line in _lines(chosen, end - timedelta(seconds=1) if past else None)
        if Act.HAND_OVER in line.state.last and line.state.stage not in _ENDED
    ]
    done = [line for line in lines if not line.is_open and _within(line.last(Act.CLOSE), since, until)]
    asked = _asked(lines, since, until)
    return Circular(
        since=since,
        until=until,
        lines=lines,
        late=[line for line in lines if line.is_late],
        unsigned=[line for line in lines if line.is_unsigned],
        done=done,
        lights=Counter(line.light for line in lines if line.is_open),
        units=_by_unit(lines, done, asked),
        rates=_rates(lines),
    )


def _within(day: date | None, since: date, until: date) -> bool:
    return day is not None and since <= day <= until


def _asked(lines: Sequence[Line], since: date, until: date) -> Counter[str]:
    """How often each unit was reminded, chased, visited in the period, by the key that events name it by."""
    return Counter(
        asked.unit for line in lines for asked in line.state.asked if since <= day_of(asked.at) <= until
    )


def _by_unit(lines: Sequence[Line], done: Sequence[Line], asked: Counter[str]) -> list[UnitLine]:
    of_unit: dict[str, list[Line]] = {}
    for line in lines:
        of_unit.setdefault(line.row.lead, []).append(line)
    found = []
    for unit, theirs in of_unit.items():
        still = sum(line.is_open for line in theirs)
        found.append(
            UnitLine(
                unit=unit,
                all=len(theirs),
                closed=len(theirs) - still,
                open=still,
                late=sum(line.is_late for line in theirs),
                unsigned=sum(line.is_unsigned for line in theirs),
                asked=asked[theirs[0].state.lead],
                done=sum(line.row.lead == unit for line in done),
            )
        )
    return sorted(found, key=lambda line: (-line.late, -line.unsigned, -line.all, line.unit))


def _rates(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The rates of closing, closing in time and signing in time, over all sorts of cases."""
    counted: dict[str, list[int]] = {}
    by_type: dict[str, list[Line]] = {}
    for line in lines:
        by_type.setdefault(line.work.version, []).append(line)
    for group in by_type.values():
        for rate in rates(group[0].work, [line.state for line in group]):
            if rate.name in _RATES:
                numbers = counted.setdefault(rate.text.zh, [0, 0])
                numbers[0] += rate.numerator
                numbers[1] += rate.denominator
    return [(name, f"{100 * some / of:.1f}%") for name, (some, of) in counted.items() if of]


_RATES = ("closing", "on-time", "signing")
MOST = 5
"""How many units are suggested for praise, and for criticism."""


def suggested(found: Circular) -> tuple[list[str], list[str]]:
    """Units to praise and to criticise, with why: people decide."""
    praised = sorted(
        (unit for unit in found.units if unit.done and not unit.late and not unit.unsigned),
        key=lambda unit: (-unit.done, unit.unit),
    )
    criticised = [unit for unit in found.units if unit.late]
    return (
        [f"{unit.unit}：本期办结{unit.done}项，无逾期、无未签收事项。" for unit in praised[:MOST]],
        [f"{unit.unit}：逾期{unit.late}项。" for unit in criticised[:MOST]],
    )


def place() -> str:
    """Whose papers they are."""
    return str(settings.ENVIRONMENT.place)
