"""The door of notices: what somebody was told, what goes out by mail, and their deadlines as a calendar."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.supervision import Stage, calendar_feed
from duban.web.access import Role
from duban.web.base.language import lang
from duban.web.cases import service as cases
from duban.web.notices.mail import deliver
from duban.web.notices.models import Letter, Notice, Wishes
from duban.web.notices.telling import mail_is_on, of_office, of_units, tell
from duban.web.notices.words import kinds
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from duban.supervision import Prompt
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = [
    "Letter",
    "Notice",
    "advise",
    "calendar_of",
    "count_unread",
    "digest",
    "forget",
    "letters_by_state",
    "make_feed",
    "mark_read",
    "remind_of_due",
    "revoke_feed",
    "send_waiting",
    "told",
    "wishes_of",
]


# --- in the app -------------------------------------------------------------------------------------------------------


def told(user: User) -> QuerySet[Notice]:
    """What the person was told, the latest first."""
    return Notice.objects.filter(user=user).select_related("case")


def count_unread(user: User) -> int:
    """How many notices were not looked at; past a hundred nobody counts."""
    return Notice.objects.filter(user=user, read=None)[:100].count()


def mark_read(user: User, pks: Iterable[int] | None = None) -> int:
    """These notices of the person, or all, were looked at; how many had not been."""
    mine = Notice.objects.filter(user=user, read=None)
    return (mine if pks is None else mine.filter(pk__in=list(pks))).update(read=timezone.now())


def wishes_of(user: User) -> Wishes:
    """How the person wishes to be told."""
    return Wishes.objects.filter(user=user).first() or Wishes(user=user)


# --- by the clock -----------------------------------------------------------------------------------------------------

DAYS_BEFORE = (7, 1)
"""How many days before a task is due its unit is told, where nothing else is said."""


def remind_of_due(case_pks: Iterable[int], now: datetime | None = None) -> int:
    """Tell the lead units of these cases that they are due within a week, and again on the last day but one.

    Of several such days that have passed unsaid only the latest is said. Safe to run twice.
    """
    moment = now or timezone.now()
    soon = moment + timedelta(days=max(DAYS_BEFORE) + 1)
    found = cases.open_cases().filter(pk__in=list(case_pks), due__gt=moment, due__lte=soon)
    new = 0
    for case in found.exclude(stage=Stage.CLAIMED).select_related("lead"):
        if case.due is None or case.lead_id is None:
            continue
        last = timezone.localtime(case.due - timedelta(seconds=1)).date()
        left = (last - timezone.localtime(moment).date()).days
        reached = [days for days in DAYS_BEFORE if left <= days]
        if reached:
            people = of_units([case.lead_id], Role.LIAISON, Role.HEAD)
            key, facts = f"{case.key}/due/{last}/{min(reached)}", {"day": str(last)}
            new += tell(people, "due_soon", case, key=key, facts=facts, at=moment)
    return new


def advise(case: Case, prompt: Prompt, at: datetime) -> int:
    """Tell the office that the ladder has come to what a person decides on; once for each end of the clock."""
    facts = {
        "act": prompt.act.value,
        "unit": str(case.lead or ""),
        "text": prompt.reason.facts.get("clock", ""),
    }
    key = f"{case.key}/rung/{prompt.rung}/{prompt.reason.facts.get('day', '')}"
    return tell(of_office(), "advised", case, key=key, facts=facts, at=at)


# --- by mail ----------------------------------------------------------------------------------------------------------

ATTEMPTS = 8
"""How often a mail is tried: after 1, 2, 4 … minutes, some two hours in all."""
_STUCK = timedelta(minutes=10)


def send_waiting(limit: int = 200, now: datetime | None = None) -> dict[str, int]:
    """Send what waits; how many were sent, put off, given up.

    Each is claimed before it is sent, and not sent again by anybody else: who is stopped in the very middle of one
    leaves it `unsure`, and its notice is in the app.
    """
    moment = now or timezone.now()
    stuck = Letter.objects.filter(state=Letter.State.SENDING, claimed__lt=moment - _STUCK)
    stuck.update(state=Letter.State.UNSURE, error=_("whoever sent it was stopped meanwhile")[:300])
    waiting = Letter.objects.filter(state=Letter.State.WAITING, due__lte=moment).order_by("due", "pk")
    done: dict[str, int] = {}
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        mine = Letter.objects.filter(pk=pk, state=Letter.State.WAITING)
        if mine.update(state=Letter.State.SENDING, claimed=timezone.now()):
            outcome = _send(Letter.objects.select_related("user").get(pk=pk))
            done[outcome] = done.get(outcome, 0) + 1
    return done


def _send(letter: Letter) -> str:
    now = timezone.now()
    problem = deliver(letter, wishes_of(letter.user).language or settings.LANGUAGE_CODE)
    letter.attempts += 1
    letter.error = problem.text[:300] if problem else ""
    if problem is None:
        letter.state, letter.sent = Letter.State.SENT, now
    elif problem.final or letter.attempts >= ATTEMPTS:
        letter.state = Letter.State.FAILED
    else:
        letter.state, letter.due = Letter.State.WAITING, now + timedelta(minutes=2 ** (letter.attempts - 1))
    letter.save(update_fields=["attempts", "error", "state", "sent", "due"])
    return str(letter.state)


def digest(now: datetime | None = None) -> int:
    """For each who wishes one mail a day: what they were told since the last and have not looked at. Once a day."""
    moment = now or timezone.now()
    if not mail_is_on():
        return 0
    key, made = f"digest/{timezone.localtime(moment).date()}", 0
    for wish in (
        Wishes.objects.filter(digest=True, user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
    ):
        with transaction.atomic():
            by_mail = [kind for kind, way in kinds().items() if wish.ways.get(kind, way) == "mail"]
            new = Notice.objects.filter(
                user=wish.user, read=None, kind__in=by_mail, letters=None, at__lte=moment
            )
            fresh = list(new.order_by("at")[:_DIGEST])
            if fresh:
                letter, created = Letter.objects.get_or_create(user=wish.user, key=key)
                if created:
                    letter.notices.set(fresh)
                made += created
    return made


_DIGEST = 200


def letters_by_state() -> dict[str, int]:
    """How many mails wait, were sent, were given up."""
    return {state.value: Letter.objects.filter(state=state).count() for state in Letter.State}


def forget(before: datetime) -> int:
    """Delete what was told before a day and looked at, and its mails; what was not looked at stays."""
    old = Notice.objects.filter(at__lt=before, read__isnull=False)
    Letter.objects.filter(made__lt=before).exclude(state=Letter.State.WAITING).delete()
    return old.filter(letters=None).delete()[0]


# --- as a calendar ----------------------------------------------------------------------------------------------------


def make_feed(user: User) -> str:
    """A new secret for the address of the person's calendar; an address given before leads nowhere from now on."""
    secret = secrets.token_urlsafe(32)
    Wishes.objects.update_or_create(user=user, defaults={"feed": _hash(secret), "feed_made": timezone.now()})
    return secret


def revoke_feed(user: User) -> None:
    """The calendar has no address any more."""
    Wishes.objects.filter(user=user).update(feed="", feed_made=None)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


ENDED_SINCE = timedelta(days=60)
"""How long a case stays in the calendar after its end, so that programs learn of it."""
_TODOS = 2000


def calendar_of(secret: str, *, host: str, address: str, now: datetime | None = None) -> bytes | None:
    """The deadlines that whoever has this secret answers for today, as iCalendar; None for a secret that is nobody's."""
    wish = Wishes.objects.filter(feed=_hash(secret), user__is_active=True).select_related("user").first()
    if wish is None:
        return None
    moment = now or timezone.now()
    found = list(_answered_for(wish.user, moment)[:_TODOS])
    links = {case.key: address + reverse("cases:case", args=[case.key]) for case in found}
    name = f"{_('Duban')} {wish.user.name}"
    return calendar_feed(
        (cases.kept_case(case) for case in found), name=name, host=host, links=links, lang=lang()
    )


def _answered_for(user: User, now: datetime) -> QuerySet[Case]:
    """What a unit of theirs leads; for a leader what their units lead; for the office what waits for it."""
    standing = organisation.standing_of(user)
    own = {held.unit for held in standing.held if held.role in {Role.HEAD, Role.LIAISON}}
    charge = organisation.in_charge(held.post for held in standing.held if held.role is Role.LEADER)
    theirs = Q(lead__in=own | charge)
    if standing.has(Role.OFFICE):
        theirs |= Q(stage=Stage.CLAIMED) | Q(asked=True)
    fresh = Q(pk__in=cases.open_cases().values("pk")) | Q(evaluated__gt=now - ENDED_SINCE)
    return cases.visible(standing).filter(theirs).filter(fresh).exclude(state={}).order_by("due", "key")
