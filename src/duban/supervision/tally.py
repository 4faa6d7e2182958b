"""Rates over a set of cases (办结率, 按期办结率, 满意率), with the cases that each number stands for."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.supervision.model import Act, Satisfaction, Stage
from duban.supervision.work_types.rules import Condition, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from duban.supervision.state import ClockState, State
    from duban.supervision.work_types.load import WorkType

__all__ = ["Rate", "meets", "per_cent", "rates"]


class Rate(Struct, frozen=True, kw_only=True):
    """A rate that can be counted again: of the cases in `of`, those in `counted`."""

    name: str
    text: Text
    source: str
    """What says that it is counted so."""
    counted: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def numerator(self) -> int:
        return len(self.counted)

    @property
    def denominator(self) -> int:
        return len(self.of)

    @property
    def value(self) -> Decimal | None:
        """In per cent with one decimal, halves up; None where there is nothing to count."""
        return per_cent(self.numerator, self.denominator)


def per_cent(counted: int, of: int) -> Decimal | None:
    """In per cent with one decimal, halves up; None where there is nothing to count."""
    if not of:
        return None
    return (Decimal(100 * counted) / of).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def rates(work_type: WorkType, states: Iterable[State]) -> tuple[Rate, ...]:
    """The rates of a work type over cases of it, as of the moments of their states.

    For the rates of each unit or section give its cases alone.
    """
    cases = list(states)
    found = []
    for name, rule in work_type.rates.items():
        of = [state for state in cases if meets(work_type, state, rule.of)]
        counted = tuple(state.case for state in of if meets(work_type, state, rule.counts))
        found.append(
            Rate(
                name=name,
                text=rule.text,
                source=rule.source,
                counted=counted,
                of=tuple(state.case for state in of),
            )
        )
    return tuple(found)


def meets(work_type: WorkType, state: State, condition: Condition) -> bool:
    """Whether a case is counted by a condition. One that was withdrawn or declined is counted by none but the first."""
    if condition is Condition.REGISTERED:
        return state.stage is not Stage.NEW
    if state.stage in (Stage.WITHDRAWN, Stage.DECLINED) or Act.HAND_OVER not in state.last:
        return False
    return _CONDITIONS[condition](work_type, state)


def _main(work_type: WorkType, state: State) -> ClockState | None:
    return state.clock(work_type.main)


def _is_closed(_type: WorkType, state: State) -> bool:
    return state.stage in (Stage.CLOSED, Stage.ARCHIVED) and Act.CLOSE in state.last


def _in_time(work_type: WorkType, state: State) -> bool:
    main = _main(work_type, state)
    return _is_closed(work_type, state) and main is not None and not main.is_late


def _is_due(work_type: WorkType, state: State) -> bool:
    main = _main(work_type, state)
    return _is_closed(work_type, state) or (main is not None and main.is_late)


def _signing(work_type: WorkType, state: State) -> list[ClockState]:
    """The clocks that the signature stops."""
    return [clock for clock in state.clocks if Act.SIGN in work_type.clocks[clock.name].stops]


def _is_signed(_type: WorkType, state: State) -> bool:
    return Act.SIGN in state.last


def _signed_in_time(work_type: WorkType, state: State) -> bool:
    return _is_signed(work_type, state) and not any(clock.is_late for clock in _signing(work_type, state))


def _is_extended(work_type: WorkType, state: State) -> bool:
    return any(timer.grants for timer in state.timers if timer.clock == work_type.main)


_CONDITIONS: dict[Condition, Callable[[WorkType, State], bool]] = {
    Condition.HANDED_OVER: lambda _type, _state: True,
    Condition.DUE: _is_due,
    Condition.SIGNED: _is_signed,
    Condition.SIGNED_IN_TIME: _signed_in_time,
    Condition.CLOSED: _is_closed,
    Condition.CLOSED_IN_TIME: _in_time,
    Condition.SOLVED: lambda work_type, state: _is_closed(work_type, state) and state.solved,
    Condition.RATED: lambda _type, state: state.satisfaction is not None,
    Condition.SATISFIED: lambda _type, state: (
        state.satisfaction in (Satisfaction.SATISFIED, Satisfaction.BASICALLY)
    ),
    Condition.EXTENDED: _is_extended,
    Condition.SENT_BACK: lambda _type, state: state.counts.get(Act.SEND_BACK, 0) > 0,
    Condition.CLOSED_ONCE: lambda _type, state: Act.CLOSE in state.last,
    Condition.REOPENED: lambda _type, state: state.counts.get(Act.REOPEN, 0) > 0,
}
