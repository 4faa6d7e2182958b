"""What a case is at a moment: the result of a replay."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from duban.supervision.model import (
    Act,
    Evidence,
    Milestone,
    Origin,
    Satisfaction,
    Stage,
    Standing,
    Target,
)
from duban.supervision.terms import Due, Pause

__all__ = [
    "Asked",
    "Basis",
    "ClockState",
    "Deadline",
    "Done",
    "Grant",
    "Refusal",
    "Report",
    "Request",
    "State",
    "Timer",
    "Void",
]


class Refusal(Struct, frozen=True):
    """Why an act may not be taken. `words.sentence(refusal, lang)` says it to a person."""

    code: str
    facts: dict[str, str] = {}


class Void(Struct, frozen=True, kw_only=True):
    """An event in the log that has no effect."""

    seq: int
    act: Act
    refusals: tuple[Refusal, ...]


class Done(Struct, frozen=True, kw_only=True):
    """The last time that an act was taken."""

    seq: int
    at: datetime
    person: str = ""
    unit: str = ""


class Grant(Struct, frozen=True, kw_only=True):
    """An extension that holds."""

    seq: int
    at: datetime
    until: date


class Request(Struct, frozen=True, kw_only=True):
    """An extension that was asked for in time and not decided yet."""

    seq: int
    clock: str
    until: date


class Timer(Struct, frozen=True, kw_only=True):
    """A run of a clock."""

    clock: str
    seq: int
    """The event that started it."""
    started: datetime
    stopped: datetime | None = None
    named: date | None = None
    """The day that was named when it started."""
    grants: tuple[Grant, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """What was reported of the progress."""

    seq: int
    at: datetime
    by_unit: bool
    """Whether the lead unit said it; else a measure did."""
    percent: int | None = None
    values: tuple[Standing, ...] = ()
    reached: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """A time that the lead unit was asked for something."""

    seq: int
    at: datetime
    act: Act
    unit: str


class Basis(Struct, frozen=True):
    """A reason why something is due when it is: `term`, `named`, `paused`, `extended`."""

    code: str
    facts: dict[str, str] = {}


class Deadline(Struct, frozen=True, kw_only=True):
    """An end of a clock: as it was, as it is, and why."""

    original_due: Due
    current_due: Due
    due_basis: tuple[Basis, ...]

    def is_late(self, moment: datetime) -> bool:
        """Whether it is over at a moment."""
        return moment >= self.current_due.at


class ClockState(Struct, frozen=True, kw_only=True):
    """A clock at the moment of the state: its last run, the service norm and the legal term."""

    name: str
    started: datetime
    stopped: datetime | None
    paused: bool
    """Whether it stands still now. The ends are then what they would be if it went on at once."""
    norm: Deadline | None
    legal: Deadline | None
    moment: datetime
    """When it stopped, or else the moment of the state: what the ends are held against."""

    @property
    def deadline(self) -> Deadline | None:
        """The end it is judged by: the norm's, or the law's where there is no norm."""
        return self.norm or self.legal

    @property
    def is_running(self) -> bool:
        return self.stopped is None

    @property
    def is_late(self) -> bool:
        """Whether its end is over, or was when it stopped."""
        return self.deadline is not None and self.deadline.is_late(self.moment)

    @property
    def left(self) -> float | None:
        """The share of its time that is left, 0 to 1; None without an end."""
        if self.deadline is None:
            return None
        end = self.deadline.current_due.at
        whole = (end - self.started).total_seconds()
        return max(0.0, (end - self.moment).total_seconds() / whole) if whole > 0 else 0.0


class State(Struct, frozen=True, kw_only=True):
    """A case as of a moment, as its events and the rules make it."""

    case: str
    work_type: str
    """The version of the work type."""
    calendar: str
    """The version of the calendar as it was known then."""
    as_of: datetime
    stage: Stage = Stage.NEW
    title: str = ""
    text: str = ""
    kind: str = ""
    origin: Origin | None = None
    applicant: str = ""
    lead: str = ""
    co: tuple[str, ...] = ()
    posts: dict[str, str] = {}
    result_form: str = ""
    due: date | None = None
    """The day named in the plan or at the hand-over."""
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reports: tuple[Report, ...] = ()
    claimed: tuple[Evidence, ...] = ()
    """The evidence of the claim that stands."""
    verified: tuple[Evidence, ...] | None = None
    """The evidence of those who looked at it; None: nobody has."""
    result: str = ""
    solved: bool = False
    following: bool = False
    """Whether something was promised that is to be followed (跟踪办理)."""
    satisfaction: Satisfaction | None = None
    into: str = ""
    on_board: bool = False
    refusal: int | None = None
    """The number of the refusal that waits for a decision."""
    request: Request | None = None
    """The extension that waits for a decision."""
    opinions: dict[str, datetime] = {}
    """When each co-unit gave its opinion."""
    timers: tuple[Timer, ...] = ()
    pauses: tuple[Pause, ...] = ()
    last: dict[Act, Done] = {}
    counts: dict[Act, int] = {}
    rungs: dict[str, datetime] = {}
    """When each rung of the ladder was last taken."""
    asked: tuple[Asked, ...] = ()
    """Every time the unit that led then was asked for something."""
    void: tuple[Void, ...] = ()
    """Events without effect, and why."""
    seq: int = 0
    """The number of the last event seen."""
    head: str = ""
    """Its hash."""
    at: datetime | None = None
    """When the last event that had an effect happened."""
    recorded: datetime | None = None
    clocks: tuple[ClockState, ...] = ()
    """Every clock that has started."""

    def clock(self, name: str) -> ClockState | None:
        """A clock by its name, None if it has not started."""
        return next((clock for clock in self.clocks if clock.name == name), None)

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.stage not in _ENDED


_ENDED = frozenset({Stage.CLOSED, Stage.ARCHIVED, Stage.DECLINED, Stage.WITHDRAWN})
