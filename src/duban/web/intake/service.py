"""The door of intake: take something in, look for what is like it, register or decline it, and let whoever asked follow it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.supervision import Act, Details, Evidence, EvidenceKind, Satisfaction, work_type
from duban.web.access import Role
from duban.web.base.problems import ConflictError
from duban.web.cases import service as cases
from duban.web.files import service as files
from duban.web.intake.batch import Check, checked
from duban.web.intake.batch import bring as bring_batch
from duban.web.intake.batch import take_over as take_over_batch
from duban.web.intake.batch import template as batch_template
from duban.web.intake.likeness import Like, alike
from duban.web.intake.models import Batch, Submission, SubmissionFile
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.core.files import File
    from django.db.models import QuerySet

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case
    from duban.web.organisation.service import SuggestedUnit, Unit

__all__ = [
    "ALWAYS_REGISTERED",
    "KINDS_OF_WORK",
    "MOST_FILES",
    "NAMED",
    "Batch",
    "Check",
    "Like",
    "Received",
    "Submission",
    "SubmissionFile",
    "Taken",
    "batch_template",
    "bring_batch",
    "check_typed",
    "checked",
    "decline",
    "keep",
    "may_see_applicant",
    "moment_of",
    "name_is_open",
    "new_code",
    "opened",
    "opinions_awaited",
    "rate",
    "register",
    "reopen",
    "similar",
    "suggested",
    "take_in",
    "take_over_batch",
]

KINDS_OF_WORK = ("appeal", "petition", "proposal", "instruction", "inspection")
"""The work types that come from elsewhere than a report."""
NAMED = frozenset({"appeal", "petition", "proposal"})
"""Where somebody asks: it is not taken in without saying who."""
ALWAYS_REGISTERED = frozenset({"petition"})
"""Where the law wants each registered before anybody decides whether it is taken up."""
MOST_FILES = 5
"""How many files come with one."""
_OFFICIAL = frozenset({"proposal", "instruction", "inspection"})
"""Where whoever asks does so in office: their name is no secret of theirs."""
_FIRST_YEAR = 1950
_SUGGESTED = 3
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class Received:
    """What was received, checked by its form."""

    work_type: str
    title: str
    received: datetime
    channel: str
    text: str = ""
    kind: str = ""
    session: str = ""
    number: str = ""
    applicant: str = ""
    contact: str = ""
    batch: int | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A submission just taken in; its code is shown once and kept nowhere."""

    submission: Submission
    code: str


# --- taking in --------------------------------------------------------------------------------------------------------


def moment_of(day: date) -> datetime:
    """A moment of the day that something was received on: now if that is today, else as offices open."""
    now = timezone.localtime()
    return now if day == now.date() else datetime.combine(day, time(9), now.tzinfo)


def check_typed(given: Received) -> None:
    """Whether what a program typed in fits its work type, as the form of the office asks.

    Raises InputError: nobody asks, a kind that there is not, or a number of what has none.
    """
    if given.work_type in NAMED and not given.applicant.strip():
        raise InputError(_("it is not said who asks"), where="applicant")
    kinds = work_type(given.work_type, on=timezone.localdate()).kinds
    if given.kind and given.kind not in kinds:
        raise InputError(
            _("there is no such kind"), where=given.kind, expected=" | ".join(kinds) or _("no kind")
        )
    if given.work_type != "proposal" and (given.number or given.session):
        raise InputError(_("only proposals have a number and a session"), where=given.number or given.session)


@transaction.atomic
def take_in(
    given: Received, uploads: Iterable[tuple[File[bytes], str]] = (), *, by: User | None
) -> Submission:
    """Keep it with the files that came with it, to be looked at. `by`: None for the public form.

    Raises InputError: a file that is not taken, or a number that is here already.
    """
    submission = keep(given, by=by)
    purpose = "evidence" if by else "appeal"
    for upload, name in uploads:
        stored = files.keep(upload, name, purpose=purpose, by=by)
        SubmissionFile.objects.create(submission=submission, file=stored)
    return submission


def keep(given: Received, *, by: User | None) -> Submission:
    """The row of what was received.

    Raises InputError for a number that is here already, and for a day that has not come, or is before anybody's time.
    """
    if given.received > timezone.now():
        raise InputError(_("it cannot have been received in the future"), where=given.title)
    if given.received.year < _FIRST_YEAR:
        raise InputError(_("it cannot have been received so long ago"), where=given.title)
    fields = {name: getattr(given, name) for name in Received.__dataclass_fields__ if name != "batch"}
    try:
        with transaction.atomic():
            return Submission.objects.create(**fields, batch_id=given.batch, by=by, receipt=_receipt())
    except IntegrityError:
        raise InputError(
            _("number %(number)s is here already") % {"number": given.number},
            where=given.title,
            todo=_("look whether it is the same"),
        ) from None


def _receipt() -> str:
    """A number that can be read out and says nothing of how many there are."""
    digits = "".join(secrets.choice("0123456789") for _ in range(10))
    return f"{digits[:5]}-{digits[5:]}"


def new_code(submission: Submission) -> Taken:
    """A code with which whoever asked can follow it; the one before opens nothing any more."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    submission.code = _hashed(submission.receipt, code)
    submission.save(update_fields=["code"])
    return Taken(submission=submission, code=code)


def _hashed(receipt: str, code: str) -> str:
    """Codes are chosen at random from 2^79: no need of a slow hash."""
    plain = "".join(char for char in code.lower() if char in _LETTERS)
    return hashlib.sha256(f"{receipt} {plain}".encode()).hexdigest()


def opened(receipt: str, code: str) -> Submission | None:
    """The submission of that receipt, if this is its code."""
    receipt = receipt.strip()
    found = Submission.objects.select_related("case__lead").filter(receipt=receipt).exclude(code="").first()
    right = found.code if found else _hashed(receipt, "-")
    return found if hmac.compare_digest(_hashed(receipt, code), right) else None


# --- deciding ---------------------------------------------------------------------------------------------------------


def similar(submission: Submission) -> list[Like]:
    """What it may be the same as: of the same applicant, or in nearly the same words; the likest first."""
    since = submission.received - timedelta(days=400)
    others = Submission.objects.filter(work_type=submission.work_type, received__gte=since)
    return alike(submission, others.exclude(pk=submission.pk))


@transaction.atomic
def register(
    pk: int, *, title: str, kind: str, by: User, standing: Standing, now: datetime | None = None
) -> Case:
    """Make a case of it, as of the day it was received.

    Raises ConflictError if somebody was faster, RefusedError if the rules do not allow it.
    """
    submission = _waiting(pk)
    kept = [one.file for one in submission.files.select_related("file")]
    words = hashlib.sha256(submission.text.encode()).hexdigest()
    as_received = Evidence(
        kind=EvidenceKind.RECORD, ref=submission.reference, title=submission.receipt, sha256=words
    )
    case = cases.register(
        cases.Registration(
            work_type=submission.work_type,
            title=title,
            kind=kind,
            applicant=submission.reference if submission.applicant else "",
            received=submission.received,
            records=[as_received],
            kept=kept,
        ),
        by=by,
        standing=standing,
        now=now,
    )
    submission.case, submission.kind = case, kind
    _decide(submission, Submission.State.REGISTERED, by)
    return case


@transaction.atomic
def decline(pk: int, *, reason: str, by: User) -> Submission:
    """Take it no further, and say why.

    Raises InputError without a reason and for a petition, ConflictError if somebody was faster.
    """
    if not reason.strip():
        raise InputError(_("declining needs a reason"), todo=_("whoever asked is told it"))
    submission = _waiting(pk)
    if submission.work_type in ALWAYS_REGISTERED:
        raise InputError(
            _("a petition is registered first"), todo=_("whether it is accepted is decided on its page")
        )
    submission.reason = reason.strip()[:1000]
    _decide(submission, Submission.State.DECLINED, by)
    return submission


def _waiting(pk: int) -> Submission:
    submission = Submission.objects.select_for_update().get(pk=pk)
    if submission.state != Submission.State.WAITING:
        raise ConflictError(
            _("it was decided on already: %(state)s") % {"state": submission.get_state_display()},
            where=submission.title,
            todo=_("reload the page"),
        )
    return submission


def _decide(submission: Submission, state: str, by: User) -> None:
    submission.state, submission.decided_by, submission.decided = state, by, timezone.now()
    submission.save()


# --- routing ----------------------------------------------------------------------------------------------------------


def suggested(case: Case, among: Iterable[Unit] | None = None) -> list[SuggestedUnit]:
    """The units that its title, and what whoever asked wrote, speak for; the likeliest lead first."""
    submission = getattr(case, "submission", None)
    words = f"{case.title}\n{submission.text[:2000]}" if submission else case.title
    return organisation.suggest_units(words, among)[:_SUGGESTED]


# --- what waits for co-units ------------------------------------------------------------------------------------------


def opinions_awaited(standing: Standing) -> QuerySet[Case]:
    """The cases that wait for the opinion of a unit of theirs as a co-unit, where a clock runs for it."""
    waits = Q(pk=None)
    for held in standing.held:
        if held.role in {Role.HEAD, Role.LIAISON}:
            waits |= Q(co=held.unit) & ~Q(state__opinions__has_key=held.unit_key)
    running = Q(work_type__in=_with_opinions(), stage__in=("handed_over", "under_way"))
    return cases.visible(standing).filter(running & waits).distinct()


def _with_opinions() -> list[str]:
    """The work types that give co-units a term for their opinion."""
    today = organisation.today()
    return [
        name
        for name in KINDS_OF_WORK
        if any(Act.CO_OPINION in clock.stops for clock in work_type(name, on=today).clocks.values())
    ]


# --- who may see who asked --------------------------------------------------------------------------------------------


def may_see_applicant(standing: Standing, submission: Submission) -> bool:
    """Whether somebody needs to know how whoever asked is reached: the office, and the unit that is to answer."""
    lead = submission.case.lead_id if submission.case else None
    return standing.may_on("applicant.see", frozenset({lead} if lead else ()))


def name_is_open(submission: Submission) -> bool:
    """Whether the name of whoever asked is that of an office, not of a private person or a company."""
    return submission.work_type in _OFFICIAL


# --- whoever asked ----------------------------------------------------------------------------------------------------


def rate(submission: Submission, satisfaction: Satisfaction, text: str = "") -> Case:
    """Let whoever asked say what they think of the answer. Raises RefusedError if the rules do not allow it."""
    details = Details(satisfaction=satisfaction, text=text)
    return _take(submission, Act.RATE, cases.Saying(details=details))


def reopen(submission: Submission, reason: str) -> Case:
    """Let whoever asked want it taken up again. Raises RefusedError if the rules do not allow it, or no longer."""
    return _take(submission, Act.REOPEN, cases.Saying(reason=reason))


def _take(submission: Submission, act: Act, saying: cases.Saying) -> Case:
    if submission.case is None:
        raise InputError(_("it was not registered"), where=submission.receipt)
    return cases.take_as_applicant(submission.case.pk, act, saying, applicant=submission.reference)


def answers(submission: Submission) -> Sequence[str]:
    """The answers that were given and approved, the latest first; none before the case was closed."""
    if submission.case is None:
        return ()
    claimed = ""
    approved: list[str] = []
    for event in cases.events_of(submission.case):
        if event.act is Act.CLAIM:
            claimed = event.details.text
        elif event.act is Act.CLOSE and claimed:
            approved.insert(0, claimed)
    return approved
