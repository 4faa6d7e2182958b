"""The door of cases: register one, let something happen to it, ask what it is, and what somebody may do.

What happens is an event, checked by the rules before it is kept; the row of the case is locked meanwhile, so that two
people at once come one after the other, and the second is told if what they looked at is no longer so.
"""

from __future__ import annotations

from duban.supervision import Act
from duban.web.cases.asking import (
    ENDED,
    PILES,
    SOON,
    Looked,
    Pile,
    allowed_to_applicant,
    at_moment,
    evaluation,
    events_of,
    how_many_visible,
    in_order,
    kept_case,
    kept_lights,
    kept_state,
    last_day,
    led,
    look,
    open_cases,
    pile,
    units_of,
    unrouted,
    visible,
    waiting,
    why,
    words_of,
)
from duban.web.cases.climbing import Climbed, climb
from duban.web.cases.keeping import RefusedError, Saying, evaluate_open, happened, rebuild
from duban.web.cases.log import log, refuse_broken, seal_log
from duban.web.cases.models import Case, CaseEvent
from duban.web.cases.opening import HandOver, Registration, hand_over, register, routed
from duban.web.cases.parts import add_part
from duban.web.cases.rates import Counted, rates
from duban.web.cases.routing import Route, Row, fill, picked, send
from duban.web.cases.taking import hand_on, take, take_as_applicant

__all__ = [
    "ENDED",
    "PILES",
    "SOON",
    "Act",
    "Case",
    "CaseEvent",
    "Climbed",
    "Counted",
    "HandOver",
    "Looked",
    "Pile",
    "RefusedError",
    "Registration",
    "Route",
    "Row",
    "Saying",
    "add_part",
    "allowed_to_applicant",
    "at_moment",
    "climb",
    "evaluate_open",
    "evaluation",
    "events_of",
    "fill",
    "hand_on",
    "hand_over",
    "happened",
    "how_many_visible",
    "in_order",
    "kept_case",
    "kept_lights",
    "kept_state",
    "last_day",
    "led",
    "log",
    "look",
    "open_cases",
    "picked",
    "pile",
    "rates",
    "rebuild",
    "refuse_broken",
    "register",
    "routed",
    "seal_log",
    "send",
    "take",
    "take_as_applicant",
    "units_of",
    "unrouted",
    "visible",
    "waiting",
    "why",
    "words_of",
]
