"""The door of the demonstration: the sample city, put into an empty database once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import cycle
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction
from django.utils import timezone

from duban import samples
from duban.web.access import Role
from duban.web.accounts import service as people
from duban.web.cases import service as cases
from duban.web.demo import received
from duban.web.demo.steps import follow
from duban.web.notices import service as notices
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Post, Unit
from duban.web.publish import service as publish
from duban.web.reports import service as reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = ["Account", "Accounts", "accounts", "load"]

_UNIT_POSTS = (("head", "主要负责人", Role.HEAD, "{}-head"), ("liaison", "督查联络员", Role.LIAISON, "{}"))
"""Key in the file, title, role, and how the account is named, of the two posts that each unit has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """An account of the demonstration."""

    user: str
    name: str
    unit: str
    title: str
    role: Role
    charge: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    password: str
    people: tuple[Account, ...]


@cache
def _city() -> dict[str, Any]:
    text = files("duban.web.demo").joinpath("city.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def accounts() -> Accounts:
    """Everybody who can sign in, the office first, then the units."""
    return Accounts(password=_city()["password"], people=(*_own_posts(), *_unit_posts()))


def _own_posts() -> Iterator[Account]:
    names = tuple(unit.get("short", unit["name"]) for unit in _city()["units"])
    for post in _city()["posts"]:
        charge = post.get("charge", ())
        yield Account(
            user=post["user"],
            name=post["name"],
            unit=post["unit"],
            title=post["title"],
            role=Role(post["role"]),
            charge=names if charge == "all" else tuple(charge),
        )


def _unit_posts() -> Iterator[Account]:
    for unit in _city()["units"]:
        if "slug" in unit:
            for key, title, role, user in _UNIT_POSTS:
                short = unit.get("short", unit["name"])
                yield Account(
                    user=user.format(unit["slug"]), name=unit[key], unit=short, title=title, role=role
                )


@transaction.atomic
def load(tell: Callable[[str], None]) -> None:
    """Put the sample city in, all of it or nothing; where it is already, nothing is done."""
    if Unit.objects.exists():
        return
    tell(f"{samples.PLACE}…")
    now = timezone.now()
    _found_units(now)
    users = {user.username: user for user in people.users()}
    report = _review(users["office"])
    for number, case in enumerate(_handed(report, users, now), start=1):
        cases.rebuild(case.pk, now)
        if not number % 10:
            tell(f"{number}…")
    received.take_in(_city()["received"], users, now)
    _publish(users["office"])
    for user in users.values():  # what was told long ago was looked at
        old = notices.told(user).filter(at__lt=now - timedelta(days=10))
        notices.mark_read(user, old.values_list("pk", flat=True))


def _publish(office: User) -> None:
    """Open the public page with some of the tasks, every other one with the words of its last report."""
    for number, case in enumerate(publish.publishable().filter(work_type="task")[: _city()["public"]]):
        chosen = publish.suggested(case)
        if number % 2 and chosen.progress:
            chosen = replace(chosen, parts=chosen.parts | {publish.Show.PROGRESS})
        publish.publish(case.pk, chosen, by=office)


# --- the city ---------------------------------------------------------------------------------------------------------


def _found_units(now: datetime) -> None:
    by_short: dict[str, Unit] = {}
    for order, unit in enumerate(_city()["units"]):
        short = unit.get("short", "")
        made = Unit.objects.create(
            name=unit["name"],
            short=short,
            kind=unit.get("kind", "department"),
            body=unit.get("body", ""),
            order=order,
        )
        by_short[short or unit["name"]] = made
    began = (now - timedelta(days=400)).date()
    for account in accounts().people:
        post = Post.objects.create(unit=by_short[account.unit], title=account.title, role=account.role)
        post.charge.set(by_short[short] for short in account.charge)
        account_of = people.create(username=account.user, name=account.name, password=accounts().password)
        organisation.appoint(post, account_of.user, began)


# --- its report -------------------------------------------------------------------------------------------------------


def _review(office: User) -> reports.Report:
    """Bring the report in and decide on its commitments; the last few stay open, to be tried."""
    path = samples.paths()[1]
    report = reports.bring(BytesIO(path.read_bytes()), f"{samples.PLACE}2026年政府工作报告.txt", by=office)
    live = list(reports.live(report))
    for one in live[:-6]:
        seen = reports.Seen(pk=one.pk, version=one.version)
        dropped = next((rule["reason"] for rule in _city()["dropped"] if rule["words"] in one.quote), "")
        if dropped:
            reports.drop(seen, reason=dropped, by=office)
        else:
            reports.accept(seen, by=office)
    return report


# --- its work ---------------------------------------------------------------------------------------------------------


def _handed(report: reports.Report, users: Mapping[str, User], now: datetime) -> Iterator[Case]:
    """Hand over what some unit of the city is the likeliest to lead, and let it go the next course."""
    courses = cycle(_city()["courses"])
    accounts_of = {unit["body"]: unit["slug"] for unit in _city()["units"] if "slug" in unit}
    for commitment in cases.waiting(report):
        found = organisation.suggest_units(reports.context_of(commitment))
        leads = [one.unit for one in found if one.unit.body in accounts_of]
        if leads:
            yield _follow(commitment, leads, next(courses), accounts_of, users, now)


def _follow(
    commitment: reports.Commitment,
    leads: list[Unit],
    course: Mapping[str, Any],
    accounts_of: Mapping[str, str],
    users: Mapping[str, User],
    now: datetime,
) -> Case:
    office = users["office"]
    due = (now + timedelta(days=course["due"])).date()
    given = cases.HandOver(
        commitment=commitment.pk, lead=leads[0], co=leads[1:3], result_form="完成情况报告及佐证材料", due=due
    )
    handed = now - timedelta(days=course["handed"])
    case = cases.hand_over(given, by=office, standing=organisation.standing_of(office), now=handed)
    follow(case, course["acts"], accounts_of[leads[0].body], users, now, due, commitment)
    return case
