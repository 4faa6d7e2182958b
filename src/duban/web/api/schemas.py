"""What the API takes and gives."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from ninja import Path, Schema
from pydantic import ConfigDict, Field

from duban.supervision import ClockState, Details, Event, EvidenceKind, Lights, State
from duban.web.api.structs import Struct
from duban.web.publish.service import Show

__all__ = [
    "Accepted",
    "AllowedOut",
    "ApplicantOut",
    "AttemptOut",
    "BatchOut",
    "BoardOut",
    "CaseDetail",
    "CaseOut",
    "ChargeOut",
    "CircularIn",
    "CircularOut",
    "CircularUnit",
    "CodeOut",
    "CommitmentOut",
    "CountOut",
    "Cut",
    "Decided",
    "DeclinedIn",
    "DeliveryOut",
    "DoneOut",
    "Dropped",
    "Edited",
    "EntryOut",
    "EventOut",
    "FileOut",
    "HandedOver",
    "Health",
    "HeldOut",
    "Id",
    "Key",
    "LightOut",
    "LikeOut",
    "ManyIn",
    "ManyOut",
    "MembershipOut",
    "Merged",
    "OutcomeOut",
    "Page",
    "PickedIn",
    "PostOut",
    "Problem",
    "ProgressApplied",
    "ProgressOut",
    "ProposalOut",
    "PublicationOut",
    "PublishManyIn",
    "PublishableDetail",
    "PublishableOut",
    "PublishedIn",
    "RateOut",
    "RatesOut",
    "ReasonOut",
    "RedOut",
    "RegisteredIn",
    "ReportDetail",
    "ReportOut",
    "RosterOut",
    "RoutedIn",
    "Said",
    "SectionOut",
    "SpanIn",
    "SubmissionDetail",
    "SubmissionOut",
    "SuggestedOut",
    "SuggestionOut",
    "Taken",
    "TokenOut",
    "UnitLights",
    "UnitOut",
    "UnitRedOut",
    "UnroutedOut",
    "WebhookIn",
    "WebhookOut",
    "WebhookSecret",
    "Who",
    "WithdrawnIn",
]

Item = TypeVar("Item")
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
KEY = r"^[0-9A-Za-z_-]{1,24}$"
Key = Annotated[str, Path(pattern=KEY, examples=["2026-00137"])]
CaseKey = Annotated[str, Field(pattern=KEY)]
Line = Annotated[str, Field(max_length=500)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
UnitKey = Annotated[str, Field(min_length=1, max_length=80, examples=["city/education"])]
"""What events name a unit by."""


class Out(Schema):
    """What is given."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class In(Schema):
    """What is taken: nothing that is not named."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")


class Page(Out, Generic[Item]):
    items: list[Item]
    next: str | None
    """The cursor of the next page; null on the last."""


class Problem(Out):
    """What was wrong (RFC 9457), with what to do about it."""

    type: str
    """`urn:duban:problem:` and a code that programs can go by: conflict, refused, input, forbidden, scope…"""
    title: str
    status: int
    detail: str
    """All of it in one sentence."""
    what: str | None = None
    where: str | None = None
    expected: str | None = None
    todo: str | None = None
    """What to do about it."""
    issues: list[dict[str, Any]] | None = None
    """Each thing that is wrong with what was sent, and where."""
    meanwhile: list[dict[str, Any]] | None = None
    """What has happened to the case since it was looked at."""


# --- who asks ---------------------------------------------------------------------------------------------------------


class HeldOut(Out):
    post: int
    title: str
    unit: str
    role: str


class TokenOut(Out):
    name: str
    scopes: list[str]
    expires: datetime


class Who(Out):
    username: str
    name: str
    posts: list[HeldOut]
    """The posts that the token acts in today."""
    token: TokenOut
    acts: list[str]
    """What both the posts and the token allow on some task or other."""


class Health(Out):
    ready: bool
    version: str
    problems: list[str]


# --- reports ----------------------------------------------------------------------------------------------------------


class FileOut(Out):
    id: int
    name: str
    size: int
    sha256: str
    type: str


class ReportOut(Out):
    id: int
    title: str
    place: str
    year: int | None
    sha256: str
    """Of the text: what origins of cases name it by."""
    reader: str
    at: datetime
    by: str
    """User name of who brought it."""
    file: FileOut


class SectionOut(Out):
    heading: str
    path: list[str]
    start: int
    """Where its first paragraph begins in the text."""


class ReportDetail(ReportOut):
    text: str
    """Exactly as read: offsets of commitments are characters of it."""
    sections: list[SectionOut]
    counts: dict[str, int]
    """Commitments by state."""


class CommitmentOut(Out):
    id: int
    report: int
    start: int
    end: int
    quote: str
    """`text[start:end]` of the report."""
    section: list[str]
    """The headings above it."""
    wording: str
    work_type: str
    due: date | None
    figures: list[dict[str, Any]]
    origin: str
    state: str
    version: int
    """To be named by whoever decides on it."""
    case: str | None
    """What it was handed over as."""


class Accepted(In):
    version: Version


class Dropped(In):
    version: Version
    reason: str = Field(max_length=300)


class Edited(In):
    version: Version
    wording: str = Field(max_length=500)


class Merged(In):
    version: Version
    other: int = Field(ge=1, le=2**63 - 1)
    """The neighbour."""
    other_version: Version


class Cut(In):
    version: Version
    at: list[int] = Field(max_length=100)
    """Offsets into the report's text, behind a mark that ends a clause."""


class SpanIn(In):
    start: int = Field(ge=0, le=2**31 - 1)
    end: int = Field(ge=1, le=2**31 - 1)


class HandedOver(In):
    lead: UnitKey
    co: list[UnitKey] = Field(default=[], max_length=50)
    result_form: str = Field(default="", max_length=500)
    """What there will be to see."""
    due: date | None = None


class Decided(Out):
    items: list[CommitmentOut]
    """The commitments that the decision made or changed."""


# --- cases ------------------------------------------------------------------------------------------------------------


class CaseOut(Out):
    key: str
    work_type: str
    registered: date
    title: str
    stage: str
    lead: str | None
    """Key of the unit that leads."""
    due: datetime | None
    asked: bool
    """Whether an extension or a refusal waits for a decision."""
    light: str
    """The worst of its lights when it was last looked at."""
    seq: int
    """Number of its last event."""
    evaluated: datetime | None


class ReasonOut(Out):
    code: str
    facts: dict[str, str]
    text: str


class LightOut(Out):
    dimension: str
    colour: str
    reasons: list[ReasonOut]


class AllowedOut(Out):
    act: str
    name: str
    needs: list[str]
    """What has to be said with it: `reason`, `evidence`, fields of details; `a|b`: one of them."""
    until: datetime | None
    """The end of the window it may be taken in."""


class CaseDetail(CaseOut):
    co: list[str]
    commitment: int | None
    state: Annotated[State, Struct(State)]
    clocks: list[Annotated[ClockState, Struct(ClockState)]]
    main: str
    """Name of the clock that `due` is of."""
    evaluation: Annotated[Lights, Struct(Lights)]
    """The lights as of now, with all that is needed to work them out again."""
    lights: list[LightOut]
    """The same in words."""
    allowed: list[AllowedOut]
    """What the caller's posts may do now."""
    files: list[FileOut]


class EventOut(Out):
    items: list[Annotated[Event, Struct(Event)]]
    next: int | None
    """Number to ask for as `after`; null at the end."""


class EvidenceIn(In):
    kind: EvidenceKind
    file: int | None = Field(default=None, ge=1, le=2**63 - 1)
    """Id of a file that the same token's owner brought (POST /evidence)."""
    ref: str = Field(default="", max_length=500)
    """In place of a file: a record, a measure's value, an address."""
    title: str = Field(default="", max_length=200)


class Said(In):
    seen: int | None = Field(default=None, ge=0, le=2**31 - 1)
    """Number of the last event that was looked at. Needed for everything but a note."""
    reason: str = Field(default="", max_length=2000)
    details: Annotated[Details, Struct(Details)] = Field(default_factory=Details)
    evidence: list[EvidenceIn] = Field(default=[], max_length=50)


class Taken(Out):
    case: str
    seq: int
    act: str
    hash: str
    stage: str
    light: str
    due: datetime | None


class SuggestionOut(Out):
    unit: str
    name: str
    words: list[str]
    """Those that speak for it."""


class UnroutedOut(CaseOut):
    suggested: list[SuggestionOut]
    """The units that its words speak for, the likeliest lead first."""


class RoutedIn(HandedOver):
    plan_only: bool = False
    """Plan it, and hand it over another time."""


# --- the board --------------------------------------------------------------------------------------------------------


class UnitLights(Out):
    unit: str | None
    """Its key; null: cases that no unit leads."""
    name: str
    lights: dict[str, int]


class BoardOut(Out):
    total: int
    items: list[CaseOut]
    next: int | None
    """The number of the next page; null on the last."""
    counts: dict[str, dict[str, int]]
    """Of each filter, how many cases each of its values would show, the other filters being as they are."""
    units: list[UnitLights]
    """How many cases of each light each unit has, whatever unit and light are chosen."""


class DoneOut(Out):
    act: str
    at: datetime
    person: str | None
    """Name of whoever did it; null for the system and for whoever asked."""
    text: str


class RedOut(Out):
    case: CaseOut
    why: list[str]
    """Why it is red, in sentences."""
    done: list[DoneOut]
    """The last things that were done about it, the latest first."""


class UnitRedOut(Out):
    unit: str
    name: str
    lights: dict[str, int]
    red: list[RedOut]
    """The first of its red cases: what is due first first."""


class ChargeOut(Out):
    post: int | None
    """The leader's post; null for the whole city."""
    title: str
    holding: str
    """Who holds it today."""
    total: int
    lights: dict[str, int]
    piles: dict[str, int]
    units: list[UnitRedOut]
    """The units with something red, the most first."""
    others: int
    """How many more there are."""
    at: datetime


class RateOut(Out):
    name: str
    label: str
    source: str
    """The rule that it is counted by."""
    condition: str
    among: str
    counted: int
    of: int
    value: Decimal | None
    """In per cent with one decimal; null where there is nothing to count."""


class RatesOut(Out):
    work_type: str
    year: int
    items: list[RateOut]


class PickedIn(In):
    key: str = Field(pattern=KEY)
    seen: int = Field(ge=0, le=2**31 - 1)
    """Number of the last event that was looked at."""


class ManyIn(In):
    text: str = Field(min_length=1, max_length=1000)
    """What is said with it, in each case."""
    cases: list[PickedIn] = Field(min_length=1, max_length=200)


class OutcomeOut(Out):
    case: str
    done: bool
    refused: str
    """Why it did not happen; empty if it did."""


class ManyOut(Out):
    items: list[OutcomeOut]


# --- what is received -------------------------------------------------------------------------------------------------


class LikeOut(Out):
    id: int
    title: str
    received: datetime
    state: str
    share: float
    """Of the pairs of characters of both, those that they have in common."""
    same_applicant: bool


class SubmissionOut(Out):
    id: int
    receipt: str
    """What whoever asked names it by."""
    work_type: str
    kind: str
    session: str
    number: str
    title: str
    text: str
    channel: str
    received: datetime
    state: str
    reason: str
    """Why it was declined."""
    case: str | None
    """What it was registered as."""
    applicant: str | None
    """Who asks; null where it is a private matter and the token, or the posts behind it, may not see it."""
    contact: str | None
    """How they are reached; null likewise (scope read:applicants)."""
    files: list[FileOut]


class SubmissionDetail(SubmissionOut):
    similar: list[LikeOut]
    """What it may be the same as, while it waits to be looked at."""


class RegisteredIn(In):
    title: str = Field(min_length=1, max_length=200)
    """Of the case, without names and numbers of people: it stands in its events for ever."""
    kind: str | None = Field(default=None, max_length=16)
    """Without it, the kind that it was received as."""


class DeclinedIn(In):
    reason: str = Field(min_length=1, max_length=1000)
    """Whoever asked is told it."""


class CodeOut(Out):
    receipt: str
    code: str
    """Given this once."""


class ApplicantOut(Out):
    receipt: str
    applicant: str
    contact: str


class ProposalOut(Out):
    line: int
    number: str
    title: str
    applicant: str
    kind: str
    lead: str | None
    """Key of the unit that it will be planned for."""
    co: list[str]


class BatchOut(Out):
    id: int
    applied: datetime | None
    errors: int
    """With any, nothing can be registered."""
    issues: list[dict[str, Any]]
    proposals: list[ProposalOut]
    """What would be registered now."""


# --- what is public ---------------------------------------------------------------------------------------------------


class PublishedIn(In):
    wording: str = Field(min_length=1, max_length=500)
    parts: list[Show] = Field(max_length=10)
    """What is shown besides the wording."""
    progress: str = Field(default="", max_length=2000)
    progress_day: date | None = None
    answer: str = Field(default="", max_length=10_000)
    """Without the names and numbers of private people."""


class PublicationOut(Out):
    public: bool
    """Whether everybody can read it now; withdrawn, it keeps its words."""
    parts: list[str]
    wording: str
    progress: str
    progress_day: date | None
    answer: str
    source: str
    section: str
    at: datetime


class SuggestedOut(Out):
    parts: list[str]
    wording: str
    progress: str
    progress_day: date | None
    answer: str


class PublishableOut(Out):
    case: str
    work_type: str
    title: str
    lead: str
    publication: PublicationOut | None


class PublishableDetail(PublishableOut):
    suggested: SuggestedOut
    """What was published last, else title, last report and approved answer: to be read before everybody does."""


class PublishManyIn(In):
    cases: list[CaseKey] = Field(min_length=1, max_length=200)
    parts: list[Literal["sentence", "unit", "status", "due"]] = Field(max_length=10)
    """Texts are read first, one by one: PUT /cases/{key}/publication."""


class WithdrawnIn(In):
    cases: list[CaseKey] = Field(min_length=1, max_length=200)


class CountOut(Out):
    count: int


# --- papers -----------------------------------------------------------------------------------------------------------


class CircularUnit(Out):
    unit: str
    all: int
    closed: int
    open: int
    late: int
    unsigned: int
    asked: int
    """How often it was reminded, chased, visited in the period."""
    done: int
    """Closed in the period."""


class CircularOut(Out):
    title: str
    overview: str
    praised: list[str]
    """Suggested by the numbers; people decide."""
    criticised: list[str]
    cases: list[str]
    late: list[str]
    unsigned: list[str]
    done: list[str]
    lights: dict[str, int]
    units: list[CircularUnit]
    rates: dict[str, str]


class CircularIn(In):
    since: date
    until: date
    number: int = Field(default=1, ge=1, le=9999)
    title: str | None = Field(default=None, min_length=1, max_length=120)
    praised: list[Line] = Field(default=[], max_length=100)
    criticised: list[Line] = Field(default=[], max_length=100)
    demands: list[Line] = Field(default=[], max_length=100)
    form: Literal["docx", "xlsx"] = "docx"


class EntryOut(Out):
    line: int
    """The row of the workbook, as it counts them."""
    case: str
    title: str
    outcome: str
    """`ready`, `refused`, `changed` (something happened since the workbook was taken), `wrong`."""
    why: list[str]
    shown: list[str]
    """What the report would say."""


class ProgressOut(Out):
    id: int
    applied: datetime | None
    count: int
    """How many reports were made of it."""
    ready: int
    """How many would be made now."""
    entries: list[EntryOut]


class ProgressApplied(In):
    ready: int = Field(ge=1, le=10_000)
    """What the check said: if it would be others by now, nothing happens (409)."""


# --- units ------------------------------------------------------------------------------------------------------------


class UnitOut(Out):
    id: int
    key: str
    """What events name it by, for ever."""
    name: str
    short: str
    kind: str
    parent: str | None
    founded: date | None
    dissolved: date | None
    successor: str | None


class PostOut(Out):
    id: int
    unit: str
    title: str
    role: str
    charge: list[str]
    """Keys of the units that a leader answers for."""


class MembershipOut(Out):
    id: int
    post: int
    username: str
    name: str
    since: date
    until: date | None
    """The first day on which it was no longer held."""


class RosterOut(Out):
    applied: bool
    errors: int
    issues: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    accounts: list[dict[str, str]]
    """New accounts with their first passwords: given this once."""


# --- webhooks ---------------------------------------------------------------------------------------------------------


class WebhookIn(In):
    name: str = Field(min_length=1, max_length=80)
    url: str = Field(min_length=1, max_length=500, examples=["https://oa.lanchuan.example/duban"])
    acts: list[str] = Field(default=[], max_length=100)
    """The acts it wants to be told of; none: all."""
    units: list[UnitKey] = Field(default=[], max_length=200)
    """Only cases that these have a part in; none: all that the owner may see."""
    active: bool = True


class WebhookOut(Out):
    id: int
    name: str
    url: str
    acts: list[str]
    units: list[str]
    active: bool
    why_stopped: str
    made: datetime


class WebhookSecret(WebhookOut):
    secret: str
    """What deliveries are signed with: given this once."""


class AttemptOut(Out):
    at: datetime
    status: int | None
    told: str
    milliseconds: int


class DeliveryOut(Out):
    id: int
    message: str
    """The webhook-id."""
    case: str | None
    state: str
    made: datetime
    due: datetime
    tries: int
    body: str
    attempts: list[AttemptOut]
