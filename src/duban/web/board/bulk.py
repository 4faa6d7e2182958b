"""One step with many tasks: an event in each, checked by its rules; what they refuse is said, and keeps nothing back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import DubanError, InputError
from duban.supervision import Act, Details, label, work_type
from duban.web.base.language import lang
from duban.web.cases import service as cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.web.access import Standing
    from duban.web.accounts.service import User

__all__ = ["ACTS", "MOST", "Acted", "acts_of", "picked", "take_all"]

ACTS = (Act.REMIND, Act.CHASE, Act.NOTE, Act.BOARD, Act.UNBOARD, Act.CRITICISE)
MOST = 200
"""So many tasks at once."""


@dataclass(frozen=True, kw_only=True)
class Acted:
    """A task that a step was tried with."""

    case: cases.Case
    refused: str = ""
    """Why it did not happen; "" if it did."""


def acts_of(standing: Standing) -> list[tuple[str, str]]:
    """The steps that somebody may take with many tasks by the rules of a task, with their names."""
    rules = work_type("task", on=timezone.localdate())
    roles = {role.value for role in standing.roles} | {"anyone"}
    return [(act.value, label("act", act, lang())) for act in ACTS if roles & set(rules.acts[act].who)]


def picked(values: Iterable[str]) -> dict[str, int]:
    """The tasks that were picked, each with the last event that was seen of it (2026-00137:5).

    Raises InputError if there is none, or too many.
    """
    found = {}
    for value in values:
        key, _colon, seen = value.rpartition(":")
        if key and seen.isascii() and seen.isdigit():
            found[key] = int(seen)
    if not found:
        raise InputError(_("no task is picked"), todo=_("tick the tasks it is about"))
    if len(found) > MOST:
        raise InputError(_("at most %(most)d tasks at once") % {"most": MOST})
    return found


def take_all(act: Act, seen: dict[str, int], text: str, *, by: User, standing: Standing) -> list[Acted]:
    """Take the step with each of the tasks that this person may see, in order of their keys.

    Raises InputError for a step that is not for many, or without words.
    """
    if act not in ACTS:
        raise InputError(_("this step is taken on the task's own page"), where=label("act", act, lang()))
    if not text:
        raise InputError(_("say something with it"), where=label("act", act, lang()))
    found = cases.visible(standing).filter(key__in=seen).order_by("key")
    return [_take(case, act, seen[case.key], text, by=by, standing=standing) for case in found]


def _take(case: cases.Case, act: Act, seen: int, text: str, *, by: User, standing: Standing) -> Acted:
    right = "task.talk" if act is Act.NOTE else "task.act"
    if not standing.may_on(right, cases.units_of(case)):
        return Acted(case=case, refused=_("Your posts do not allow this"))
    rule = work_type(case.work_type, on=case.registered).acts.get(act)
    by_reason = rule is not None and "reason" in rule.needs
    saying = cases.Saying(details=Details() if by_reason else Details(text=text), reason=text * by_reason)
    try:
        cases.take(case.pk, act, saying, by=by, standing=standing, seen=None if act is Act.NOTE else seen)
    except DubanError as error:
        return Acted(case=case, refused=error.what)
    return Acted(case=case)
