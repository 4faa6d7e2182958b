"""What supervision speaks of: events, who did them, what they say, and the evidence they rest on."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

__all__ = [
    "Act",
    "Actor",
    "Course",
    "Details",
    "Event",
    "Evidence",
    "EvidenceKind",
    "Milestone",
    "Origin",
    "Path",
    "Role",
    "Satisfaction",
    "Stage",
    "Standing",
    "Target",
]


Moment = Annotated[datetime, Meta(tz=True)]
"""A moment with its time zone."""


class Act(StrEnum):
    """What can happen to a case. `words.label(act, lang)` gives the name people use."""

    REGISTER = "register"
    """立项: the case exists."""
    ACCEPT = "accept"
    """受理"""
    DECLINE = "decline"
    """不予受理"""
    PLAN = "plan"
    """拟办、分解: who is to do it, by when, with what result."""
    HAND_OVER = "hand_over"
    """交办: the clocks start."""
    SIGN = "sign"
    """签收"""
    REFUSE = "refuse"
    """申请退回: a unit says that it is not its duty."""
    GRANT_REFUSAL = "grant_refusal"
    DENY_REFUSAL = "deny_refusal"
    TRANSFER = "transfer"
    """转办: another lead unit."""
    REPORT = "report"
    """反馈: progress, values, problems, next steps."""
    CO_OPINION = "co_opinion"
    """会办意见: what a co-unit gives to the lead."""
    ASK_EXTENSION = "ask_extension"
    """申请延期"""
    GRANT_EXTENSION = "grant_extension"
    DENY_EXTENSION = "deny_extension"
    SUSPEND = "suspend"
    """中止: the clocks that may stop do."""
    RESUME = "resume"
    CLAIM = "claim"
    """报结: the unit says that it is done."""
    SEND_BACK = "send_back"
    """退办: it is not."""
    VERIFY = "verify"
    """核验: somebody has looked."""
    CLOSE = "close"
    """办结、销号: with a result."""
    RATE = "rate"
    """满意度评价"""
    REOPEN = "reopen"
    """重新办理"""
    FOLLOW_UP = "follow_up"
    """跟踪办理: what became of an answer that promised something."""
    ARCHIVE = "archive"
    """归档"""
    WITHDRAW = "withdraw"
    """撤销: merged into another, or no longer wanted."""
    REMIND = "remind"
    """提醒"""
    CHASE = "chase"
    """催办"""
    VISIT = "visit"
    """现场督办"""
    ESCALATE = "escalate"
    """升级: to a named post."""
    BOARD = "board"
    """挂牌督办"""
    UNBOARD = "unboard"
    """摘牌"""
    CRITICISE = "criticise"
    """通报批评"""
    HAND_ON = "hand_on"
    """移交: the holder of the post that answers for it has changed."""
    NOTE = "note"
    """备注"""
    CORRECT = "correct"
    """更正: of an earlier event, which stays as it was written."""


class Stage(StrEnum):
    """Where a case stands."""

    NEW = "new"
    """Nothing has happened."""
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    HANDED_OVER = "handed_over"
    """Waits to be signed for."""
    UNDER_WAY = "under_way"
    CLAIMED = "claimed"
    """Said to be done, not looked at yet."""
    CLOSED = "closed"
    ARCHIVED = "archived"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Role(StrEnum):
    """In what capacity somebody acts. In a work type `lead` and `co` mean anyone of that unit, `lead.head` its head."""

    OFFICE = "office"
    """督查室: the office that supervises."""
    LEADER = "leader"
    """市领导: the leader in charge."""
    LIAISON = "liaison"
    """联络员: who does the unit's work on a case."""
    HEAD = "head"
    """单位负责人: who answers for the unit."""
    APPLICANT = "applicant"
    """提出人: the company, the petitioner, the delegate."""
    AUDITOR = "auditor"
    SYSTEM = "system"
    """The clock: reminders, values of a measure."""


class Actor(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who did it, in what post. The post answers; the person is kept."""

    role: Role
    person: str = ""
    post: str = ""
    unit: str = ""
    """The id of the body the post belongs to ("city/transport")."""


class EvidenceKind(StrEnum):
    """What a piece of evidence is. A unit's own word is evidence of nothing but that it was given."""

    SELF_REPORT = "self_report"
    """本单位填报"""
    DOCUMENT = "document"
    """公文、验收文件"""
    PHOTO = "photo"
    RECORD = "record"
    """台账记录、指标值: a row of a register, the value of a measure."""
    VISIT = "visit"
    """现场核查"""
    THIRD_PARTY = "third_party"
    """第三方评估、审计"""
    APPLICANT = "applicant"
    """提出人确认"""


class Evidence(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where something can be seen: a file with its hash, a record, a visit."""

    kind: EvidenceKind
    ref: str
    """A path, an address, the id of a record or of a measure's value."""
    title: str = ""
    sha256: str = ""


class Origin(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The characters of a document that a case comes from: `document.text[start:end] == quote`."""

    document: str
    """The document's sha256."""
    start: int
    end: int
    quote: str
    section: str = ""


class Path(StrEnum):
    """Which share of a target is to be reached by a day."""

    EVEN = "even"
    """As much of it as of the time."""
    MILESTONES = "milestones"
    """What the milestones up to the day add up to."""
    COURSE = "course"
    """As last year went, month by month."""
    STEADY = "steady"
    """The value is to hold all the time (a rate, a growth)."""
    END = "end"
    """Only the end counts."""


class Milestone(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A point that work is to have reached by a day."""

    day: date
    name: str
    share: Decimal | None = None
    """The share of the whole that is done with it, 0 to 1; None: even steps."""


class Course(Struct, frozen=True, kw_only=True):
    """How last year went: what had been reached by the end of each month, January first."""

    reached: tuple[Decimal, ...]


class Target(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number that a case is to reach."""

    key: str
    """Known within the case: values name it."""
    name: str
    value: Decimal
    unit: str = ""
    kind: str = "level"
    """As in a figure (level, growth, change, avg_growth, rank); a decline is negative."""
    qualifier: str = "exact"
    """As in a figure (exact, about, nearly, over, at_least, at_most)."""
    high: Decimal | None = None
    base: Decimal | None = None
    """What it starts from; 0 for what is counted from the beginning of the term (新增, 改造)."""
    path: Path = Path.EVEN
    course: Course | None = None


class Standing(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a target stands at."""

    target: str
    value: Decimal
    day: date
    """The day it holds for."""
    source: EvidenceKind = EvidenceKind.SELF_REPORT


class Satisfaction(StrEnum):
    """What somebody who asked for something says of the answer."""

    SATISFIED = "satisfied"
    BASICALLY = "basically"
    DISSATISFIED = "dissatisfied"


class Details(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an event says besides who, when and why. A work type names the fields that an act needs."""

    title: str = ""
    text: str = ""
    kind: str = ""
    """One of the work type's kinds (urgent, normal …)."""
    origin: Origin | None = None
    applicant: str = ""
    lead: str = ""
    """牵头单位"""
    co: tuple[str, ...] = ()
    """配合单位"""
    posts: dict[str, str] = {}
    """Which post answers in which part: {"lead": …, "head": …, "leader": …}."""
    result_form: str = ""
    """成果形式: what there will be to see."""
    due: date | None = None
    """The day named at the hand-over."""
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    values: tuple[Standing, ...] = ()
    percent: int | None = None
    """The unit's own estimate, 0 to 100."""
    reached: tuple[str, ...] = ()
    """Names of milestones reached."""
    problems: str = ""
    next_steps: str = ""
    clock: str = ""
    """The clock that an extension is asked for; the work type's main one by default."""
    until: date | None = None
    answers: int | None = None
    """The number of the event that is granted or denied."""
    result: str = ""
    """A result of the work type (A, B, C, D …)."""
    satisfaction: Satisfaction | None = None
    into: str = ""
    """The case it is merged into."""
    to_post: str = ""
    """Whom it is escalated to."""
    to_person: str = ""
    part_of: str = ""
    """The co-unit whose part passes on, since it is no more."""
    part_to: str = ""
    """Whom it passes to; nobody if empty."""
    rung: str = ""
    """The rung of the ladder that this act is."""
    corrects: int | None = None
    strike: bool = False
    """Whether the corrected event counts for nothing."""
    really: Moment | None = None
    """When the corrected event happened."""
    instead: Details | None = None
    """What the corrected event should have said."""


class Event(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened to a case. Never changed: a mistake is mended by a `correct` event.

    `at` and `recorded` are moments with a time zone. They differ only where the office writes down later what
    happened on paper.
    """

    case: str
    seq: int
    """1, 2, 3 … within the case."""
    act: Act
    at: Moment
    recorded: Moment
    actor: Actor
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    details: Details = Details()
    prev: str = ""
    """The hash of the event before; see `chain`."""
    hash: str = ""
