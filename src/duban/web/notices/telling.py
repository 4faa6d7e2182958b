"""Whom an event concerns, and that they are told of it: in the event's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duban.supervision import Act
from duban.web.access import Role
from duban.web.accounts import service as accounts
from duban.web.cases import service as cases
from duban.web.notices.models import Letter, Notice, Wishes
from duban.web.notices.words import kinds
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from duban.supervision import Event, State
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = ["mail_is_on", "of_leaders", "of_office", "of_units", "on_event", "tell"]


def on_event(*, case: Case, event: Event, before: State, **_signal: Any) -> None:
    """Tell those whom the event concerns, but for whoever did it."""
    for kind, people, facts in _told(case, event, before):
        others = [user for user in people if user.username != event.actor.person]
        tell(others, kind, case, key=f"{case.key}/{event.seq}/{kind}", facts=facts, at=event.recorded)


Told = tuple[str, list["User"], dict[str, str]]


def _told(case: Case, event: Event, before: State) -> list[Told]:
    found = _BY_ACT.get(event.act)
    return found(case, event, before) if found is not None else []


def tell(
    people: Iterable[User], kind: str, case: Case, *, key: str, facts: dict[str, str], at: datetime
) -> int:
    """Notices for those who wish to be told, each once; how many are new. Mails to those who wish that wait to be sent."""
    users = {user.pk: user for user in people if user.is_active}
    wishes = {one.user_id: one for one in Wishes.objects.filter(user__in=users)}
    new = 0
    for pk, user in users.items():
        wish = wishes.get(pk)
        way = (wish.ways if wish else {}).get(kind, kinds()[kind])
        if way == "none":
            continue
        notice, created = Notice.objects.get_or_create(
            user=user, key=key, defaults={"kind": kind, "case": case, "facts": facts, "at": at}
        )
        new += created
        if created and way == "mail" and user.email and mail_is_on() and not (wish and wish.digest):
            Letter.objects.create(user=user, key=key).notices.add(notice)
    return new


def mail_is_on() -> bool:
    """Whether mail goes out at all: none is kept waiting for the day that it does."""
    from django.conf import settings

    return settings.ENVIRONMENT.mail is not None


# --- who ------------------------------------------------------------------------------------------------------------


def of_units(units: Iterable[int], *roles: Role) -> list[User]:
    """Who holds posts of these roles in the units today."""
    ids = set(units)
    return [
        membership.user
        for role in roles
        for found in organisation.holders(ids, role).values()
        for membership in found
    ]


def of_office() -> list[User]:
    """The supervision office."""
    return [membership.user for membership in organisation.holders_with(Role.OFFICE)]


def of_leaders(post: str) -> list[User]:
    """Who holds the post that an event names ("post/7")."""
    number = post.removeprefix("post/")
    return [one.user for one in organisation.holders_of(int(number))] if number.isdigit() else []


def _lead(case: Case) -> list[User]:
    return of_units([case.lead_id] if case.lead_id else [], Role.LIAISON, Role.HEAD)


def _of_case(case: Case) -> list[User]:
    return of_units(cases.units_of(case), Role.LIAISON, Role.HEAD)


# --- what -----------------------------------------------------------------------------------------------------------


def _facts(case: Case, event: Event) -> dict[str, str]:
    return {
        "unit": str(case.lead or ""),
        "act": event.act.value,
        "text": _short(event.reason or event.details.text),
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else line[: _TEXT - 1] + "…"


_TEXT = 160


def _to_lead(kind: str) -> Callable[[Case, Event, State], list[Told]]:
    return lambda case, event, _before: [(kind, _lead(case), _facts(case, event))]


def _to_office(kind: str) -> Callable[[Case, Event, State], list[Told]]:
    return lambda case, event, _before: [(kind, of_office(), _facts(case, event))]


def _handed(case: Case, event: Event, _before: State) -> list[Told]:
    co = {unit.pk: unit for unit in case.co.all()}
    told: list[Told] = [("handed", _lead(case), _facts(case, event))]
    for pk, unit in co.items():
        told.append(("has_part", of_units([pk], Role.LIAISON, Role.HEAD), {"unit": str(unit)}))
    return told


def _closed(case: Case, event: Event, _before: State) -> list[Told]:
    return [("closed", _of_case(case), _facts(case, event))]


def _escalated(case: Case, event: Event, _before: State) -> list[Told]:
    facts = _facts(case, event)
    return [("escalated", of_leaders(event.details.to_post), facts), ("prompted", _lead(case), facts)]


def _mentioned(case: Case, event: Event, _before: State) -> list[Told]:
    """`@name`, `@user-name` or `@unit` in a note names those who may see the case; nobody else."""
    text = event.details.text
    if "@" not in text:
        return []
    units = cases.units_of(case)
    named = [user for user in _named(text) if organisation.standing_of(user).may_on("task.see", units)]
    who = accounts.by_usernames([event.actor.person]).get(event.actor.person, event.actor.person)
    return [("mentioned", named, {"who": who, "text": _short(text)})]


def _named(text: str) -> list[User]:
    """The longest name that stands after each @."""
    pieces = [piece[:_NAME] for piece in text.split("@")[1:] if piece][:_MENTIONS]
    people: dict[str, list[User]] = {}
    for user in accounts.users().filter(is_active=True):
        people.setdefault(user.username, []).append(user)
        people.setdefault(user.name, []).append(user)
    units = {name: unit.pk for unit in organisation.units() for name in (unit.name, unit.short) if name}
    found: list[User] = []
    for piece in pieces:
        name = max((name for name in (*people, *units) if piece.startswith(name)), key=len, default="")
        found += people.get(name, [])
        if name in units:
            found += of_units([units[name]], Role.LIAISON)
    return found


_NAME, _MENTIONS = 80, 20
"""How long a name can be; how many are looked for in one note."""

_BY_ACT: dict[Act, Callable[[Case, Event, State], list[Told]]] = {
    Act.HAND_OVER: _handed,
    Act.TRANSFER: _handed,
    **dict.fromkeys((Act.REMIND, Act.CHASE, Act.VISIT, Act.BOARD, Act.CRITICISE), _to_lead("prompted")),
    **dict.fromkeys((Act.ASK_EXTENSION, Act.REFUSE), _to_office("to_decide")),
    **dict.fromkeys(
        (Act.GRANT_EXTENSION, Act.DENY_EXTENSION, Act.GRANT_REFUSAL, Act.DENY_REFUSAL), _to_lead("decided")
    ),
    **dict.fromkeys((Act.SEND_BACK, Act.REOPEN), _to_lead("sent_back")),
    Act.CLAIM: _to_office("to_check"),
    Act.CLOSE: _closed,
    Act.ESCALATE: _escalated,
    Act.NOTE: _mentioned,
}
