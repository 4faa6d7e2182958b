"""The rules of a work type, each in force from a day and with its source; and a file of them (a layer)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from duban.supervision.model import Act, EvidenceKind, Stage
from duban.supervision.terms import TERM

__all__ = [
    "ActRule",
    "AsksRule",
    "ClockRule",
    "Condition",
    "Dated",
    "Dimension",
    "DocumentKind",
    "ExtensionRule",
    "Layer",
    "LegalTerm",
    "LightRule",
    "Norm",
    "RateRule",
    "ReportingRule",
    "ResultRule",
    "Rung",
    "SourceDocument",
    "SuspensionRule",
    "Text",
    "Window",
]

TermText = Annotated[str, Meta(pattern=TERM)]
Who = Annotated[
    str, Meta(pattern=r"^(?:office|leader|applicant|auditor|system|anyone|(?:lead|co)(?:\.head|\.liaison)?)$")
]
"""Who may take an act: a role, or anyone (or the head, the liaison) of the lead unit or of a co-unit."""
Percent = Annotated[int, Meta(ge=0, le=100)]


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for people, Chinese and English."""

    zh: str
    en: str


class DocumentKind(StrEnum):
    """How binding a source is. Of all but law and regulation: an example, which the city's own document replaces."""

    LAW = "law"
    REGULATION = "regulation"
    NOTICE = "notice"
    """A notice or rules of one place or body."""
    DESIGN = "design"
    """A published design of a system."""
    HOUSE = "house"
    """Ours, where nothing was found."""


class SourceDocument(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document that rules come from."""

    title: str
    kind: DocumentKind
    in_force: date
    number: str = ""
    issuer: str = ""
    url: str = ""
    note: str = ""


class Dated(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What every rule has: the day it came into force, and where it is from."""

    in_force: date
    source: str
    """The id of a document, then the place in it: `petition-regulation 第三十四条`."""
    note: str = ""
    ended: bool = False
    """Whether there is no such rule any more from this day on."""


class Window(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An act may be taken within a term of another."""

    term: TermText
    of: tuple[Act, ...]


class ActRule(Dated, frozen=True, kw_only=True):
    """When an act may be taken, by whom, and what it needs."""

    stages: tuple[Stage, ...] = ()
    """Where the case has to stand; empty: anywhere but new."""
    to: Stage | None = None
    """Where it stands afterwards; None: where it stood."""
    who: tuple[Who, ...]
    needs: tuple[str, ...] = ()
    """`reason`, `evidence`, or fields of `Details`; `a|b`: one of them."""
    within: Window | None = None
    not_same_as: tuple[Act, ...] = ()
    """A second pair of eyes: not the person who last took one of these."""


class Dimension(StrEnum):
    """What a light looks at."""

    SIGNED = "signed"
    PROGRESS = "progress"
    DUE = "due"
    EVIDENCE = "evidence"


class ClockRule(Dated, frozen=True, kw_only=True):
    """A clock: what starts it (anew), and what stops it."""

    text: Text
    starts: tuple[Act, ...]
    stops: tuple[Act, ...]
    """An opinion of the co-units stops it once each of them has given one."""
    runs_on: tuple[Act, ...] = ()
    """What makes a stop count for nothing (退办)."""
    main: bool = False
    """The clock that the case is judged by: in time or late. There is one."""
    dimension: Dimension | None = None
    """The light that shows it."""


class Norm(Dated, frozen=True, kw_only=True):
    """Service norm: by when it is promised (planned end)."""

    term: TermText | None = None
    """For every kind that has none of its own; None: only what is named at the hand-over."""
    terms: dict[str, TermText] = {}
    """By kind."""
    named: bool = False
    """Whether the day named at the hand-over takes the term's place."""
    pauses: bool = True
    """Whether a suspension stops it."""


class LegalTerm(Dated, frozen=True, kw_only=True):
    """By when the law wants it (ultimate end)."""

    term: TermText | None = None
    terms: dict[str, TermText] = {}
    """By kind."""
    pauses: bool = False


class ExtensionRule(Dated, frozen=True, kw_only=True):
    """Who may put a clock's end off, how often and how far. Always: only if asked for before the end."""

    times: Annotated[int, Meta(ge=1)]
    at_most: TermText | None = None
    """From the original end of the legal term, or of the norm where there is none."""
    decided_by: tuple[Who, ...]
    beyond_legal: bool = False
    """Whether it moves the legal end too; else that is the limit."""


class SuspensionRule(Dated, frozen=True, kw_only=True):
    """What the clocks may be stopped for."""

    reasons: dict[str, Text]
    """Code → words; the event's reason begins with a code."""


class ResultRule(Dated, frozen=True, kw_only=True):
    """How a case can end."""

    text: Text
    solved: bool
    """Whether it counts as solved."""
    follow_up: bool = False
    """Whether something was promised that has to be followed until it is done (跟踪办理)."""


class LightRule(Dated, frozen=True, kw_only=True):
    """When a light turns."""

    yellow_after: TermText | None = None
    """`signed`: since the hand-over."""
    red_after: TermText | None = None
    yellow_left: Percent | None = None
    """`due`: share of the time left."""
    yellow_behind: Percent | None = None
    """`progress`: share of the whole behind the expected path."""
    red_behind: Percent | None = None
    stale_after: TermText | None = None
    """`progress`: when a value is too old to say anything."""
    tolerance: Percent = 0
    """`progress`: how far an about-number may be missed."""
    independent: tuple[EvidenceKind, ...] = ()
    """`evidence`: kinds that are not the unit's own word."""


class ReportingRule(Dated, frozen=True, kw_only=True):
    """When the lead unit has to report progress: by a day of each month, or every so often."""

    by_day: Annotated[int, Meta(ge=1, le=31)] | None = None
    every: TermText | None = None


class Rung(Dated, frozen=True, kw_only=True):
    """A step of the ladder: what is to be done about a case that does not move, when, and towards whom."""

    text: Text
    act: Act
    to: Who
    clock: str | None = None
    """Measured on this clock; the main one by default."""
    after: TermText | None = None
    """So long after the clock started."""
    left: Percent | None = None
    """When no more than this share of the time is left."""
    overdue: TermText | None = None
    """So long after the end."""
    unanswered: Act | None = None
    """Counted from this act, if the unit has said nothing since."""
    for_: TermText | None = None
    held: bool = True
    """Whether the limit on how often a unit is asked holds it back."""


class AsksRule(Dated, frozen=True, kw_only=True):
    """How often a unit may be asked for something (严格控制督查频次), over all its cases."""

    acts: tuple[Act, ...]
    """What counts as asking."""
    at_most: Annotated[int, Meta(ge=1)]
    per: TermText


class Condition(StrEnum):
    """What a case can be counted by."""

    REGISTERED = "registered"
    HANDED_OVER = "handed_over"
    DUE = "due"
    """Its end has come, or it is closed."""
    SIGNED = "signed"
    SIGNED_IN_TIME = "signed_in_time"
    CLOSED = "closed"
    CLOSED_IN_TIME = "closed_in_time"
    SOLVED = "solved"
    RATED = "rated"
    SATISFIED = "satisfied"
    """Satisfied, or basically."""
    EXTENDED = "extended"
    SENT_BACK = "sent_back"
    CLOSED_ONCE = "closed_once"
    """Closed, or it was before it was reopened."""
    REOPENED = "reopened"


class RateRule(Dated, frozen=True, kw_only=True):
    """A rate: of the cases that meet `of`, the share that meets `counts` as well."""

    text: Text
    of: Condition
    counts: Condition


class Layer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A file of rules: a work type, what all have in common, or what a city has otherwise."""

    id: str
    text: Text | None = None
    about: Text | None = None
    base: str | None = None
    """The layer below it."""
    documents: dict[str, SourceDocument] = {}
    kinds: dict[str, Text] = {}
    """Kinds of case that terms differ by; the first is meant where none is named."""
    acts: dict[Act, tuple[ActRule, ...]] = {}
    clocks: dict[str, tuple[ClockRule, ...]] = {}
    norms: dict[str, tuple[Norm, ...]] = {}
    legal: dict[str, tuple[LegalTerm, ...]] = {}
    extensions: dict[str, tuple[ExtensionRule, ...]] = {}
    suspension: tuple[SuspensionRule, ...] = ()
    results: dict[str, tuple[ResultRule, ...]] = {}
    lights: dict[Dimension, tuple[LightRule, ...]] = {}
    reporting: tuple[ReportingRule, ...] = ()
    ladder: dict[str, tuple[Rung, ...]] = {}
    asks: tuple[AsksRule, ...] = ()
    rates: dict[str, tuple[RateRule, ...]] = {}
