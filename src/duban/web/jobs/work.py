"""What each job does with a part of a round. Every one of them can be done twice, or be stopped anywhere and done again."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from duban.supervision import Stage
from duban.web.accounts import service as accounts
from duban.web.cases import service as cases
from duban.web.jobs.models import Part, Round, Worker
from duban.web.notices import service as notices

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    from duban.web.cases.service import Case

__all__ = ["WORK", "cases_of", "do"]

_log = logging.getLogger("duban.web.jobs")

KEPT = {
    "sign_ins": timedelta(days=366),  # 网络安全法 第二十三条: six months at least
    "notices": timedelta(days=366),
    "rounds": timedelta(days=90),
    "minutes": timedelta(days=2),
}
"""How long what the clean-up deletes is kept."""


def cases_of(job: str) -> QuerySet[Case]:
    """The cases that the job goes through."""
    found = cases.open_cases()
    if job == "signing":
        return found.filter(stage=Stage.HANDED_OVER)
    if job == "due":
        return found.filter(due__isnull=False)
    return found


def do(part: Part) -> None:
    """Do what the part is there for, and write down what came of it: `done`, `failed`, `note`."""
    job = part.round.job
    each = _EACH.get(job)
    if each is not None:
        _each(part, each)
    else:
        part.done, part.note = WORK[job]()


def _each(part: Part, act: Callable[[int], int]) -> None:
    """Each case in a transaction of its own: one that cannot be done does not keep the others back."""
    chosen = cases_of(part.round.job).filter(pk__gte=part.first, pk__lte=part.last)
    for pk in list(chosen.values_list("pk", flat=True)):
        try:
            part.done += act(pk)
        except (OperationalError, InterfaceError):
            raise  # the database is gone or was restarted: the whole part is done again
        except Exception as error:  # noqa: BLE001 - one case must not keep the others back; it is logged and shown
            _log.exception("%s of case %d failed", part.round.job, pk)
            part.failed += 1
            part.note = part.note or f"case {pk}: {type(error).__name__}: {error}"[:300]


def _light(pk: int) -> int:
    cases.rebuild(pk)
    return 1


@transaction.atomic
def _climb(pk: int) -> int:
    climbed = cases.climb(pk)
    now = timezone.now()
    for prompt in climbed.advised:
        notices.advise(climbed.case, prompt, now)
    return len(climbed.taken)


def _remind(pk: int) -> int:
    return notices.remind_of_due([pk])


_EACH: dict[str, Callable[[int], int]] = {
    "lights": _light,
    "ladder": _climb,
    "signing": _climb,
    "due": _remind,
}


def _checkpoint() -> tuple[int, str]:
    """A checkpoint in the database, and a line in a file beside it: what the database says can be held against it."""
    sealed = cases.seal_log()
    path = settings.ENVIRONMENT.home / "checkpoints.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = msgspec.json.encode(sealed) + b"\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return sealed.events, f"{sealed.number} {sealed.hash[:12]}"


def _mail() -> tuple[int, str]:
    done = notices.send_waiting()
    return done.get("sent", 0), ", ".join(f"{name} {count}" for name, count in done.items())


def _digest() -> tuple[int, str]:
    return notices.digest(), ""


def _cleanup() -> tuple[int, str]:
    """Delete what has had its time: sessions, sign-ins, notices that were read, rounds and tasks that are done."""
    now = timezone.now()
    gone = {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "sign-ins": accounts.forget_sign_ins(now - KEPT["sign_ins"]),
        "notices": notices.forget(now - KEPT["notices"]),
        "tasks": DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT["minutes"]).delete()[0],
        "rounds": _old_rounds(now).delete()[0],
        "workers": Worker.objects.filter(heard__lt=now - KEPT["rounds"]).delete()[0],
    }
    return sum(gone.values()), ", ".join(f"{name} {count}" for name, count in gone.items() if count)


def _old_rounds(now: datetime) -> QuerySet[Round]:
    minutes = Round.objects.filter(job__in=("mail", "signing"), planned__lt=now - KEPT["minutes"])
    return minutes | Round.objects.filter(planned__lt=now - KEPT["rounds"])


WORK: dict[str, Callable[[], tuple[int, str]]] = {
    "checkpoint": _checkpoint,
    "mail": _mail,
    "digest": _digest,
    "cleanup": _cleanup,
}
