"""What the sample city received besides its report."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from duban.web.access import Role
from duban.web.cases import service as cases
from duban.web.demo.steps import follow
from duban.web.intake import service as intake
from duban.web.organisation import service as organisation
from duban.web.publish import service as publish

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = ["take_in"]

_OURS = frozenset({"lead", "co", "acts", "handed", "received", "registered", "publish", "due"})
"""What says what became of it; the rest is what was received."""


def take_in(received: Iterable[Mapping[str, Any]], users: Mapping[str, User], now: datetime) -> None:
    """Take in each, and let it go as far as it says."""
    office = users["office"]
    for one in received:
        words = {name: value for name, value in one.items() if name not in _OURS}
        at = now - timedelta(days=one["received"])
        session = "十六届三次会议" if one["work_type"] == "proposal" else ""
        submission = intake.take_in(intake.Received(**words, received=at, session=session), by=office)
        if "handed" in one or one.get("registered"):
            case = intake.register(
                submission.pk,
                title=one["title"],
                kind=one.get("kind", ""),
                by=office,
                standing=organisation.standing_of(office),
                now=at,
            )
            _hand_over(case, one, users, now)


def _hand_over(case: Case, one: Mapping[str, Any], users: Mapping[str, User], now: datetime) -> None:
    if "handed" not in one:
        return
    office = users["office"]
    units = {name: unit for unit in organisation.units() for name in (unit.short, unit.name)}
    lead = units[one["lead"]]
    due = (now + timedelta(days=one["due"])).date() if "due" in one else None
    route = cases.Route(
        lead=lead, co=[units[name] for name in one.get("co", ())], result_form="书面答复", due=due
    )
    handed = now - timedelta(days=one["handed"])
    cases.routed(case.pk, route, by=office, standing=organisation.standing_of(office), now=handed)
    liaison = organisation.holders([lead.pk], Role.LIAISON)[lead.pk][0].user
    follow(case, one["acts"], liaison.username, users, now, due)
    case = cases.rebuild(case.pk, now)
    if one.get("publish"):
        chosen = publish.suggested(case)
        parts = chosen.parts | {publish.Show.ANSWER}
        publish.publish(
            case.pk, publish.Chosen(parts=parts, wording=chosen.wording, answer=chosen.answer), by=office
        )
