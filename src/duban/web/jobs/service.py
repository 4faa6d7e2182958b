"""The door of jobs: plan what is due, do it, take over from who died, say how it stands."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as Hand
from django_tasks_db.models import DBTaskResult

from duban.web.jobs.models import Part, Round, Worker
from duban.web.jobs.schedule import Job, due_slot, jobs
from duban.web.jobs.tasks import do_part
from duban.web.jobs.work import cases_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Standing", "enqueue_round", "plan", "recover", "silence", "standing", "work"]

_log = logging.getLogger("duban.web.jobs")

BEAT = 10.0
"""Seconds between two signs of life of a worker."""
DEAD_AFTER = timedelta(seconds=90)
"""Who was not heard for so long is dead; what they were doing is done by another."""
SILENT_AFTER = timedelta(minutes=5)
ATTEMPTS = 5
"""How often a part is begun before it is given up."""


# --- planning ---------------------------------------------------------------------------------------------------------


def plan(now: datetime | None = None) -> list[Round]:
    """Put the rounds that are due into the queue, each once, whoever else plans at the same time."""
    local = timezone.localtime(now or timezone.now())
    made = []
    for job in jobs().values():
        slot = due_slot(job, local)
        if slot and not Round.objects.filter(job=job.name, slot=slot).exists():
            found = enqueue_round(job, slot)
            if found is not None:
                made.append(found)
    return made


@transaction.atomic
def enqueue_round(job: Job, slot: str) -> Round | None:
    """The round with its parts in the queue, all or nothing; None if it is there already.

    A round of the job that is not finished is dropped: this one does what it would have done.
    """
    found, created = Round.objects.get_or_create(job=job.name, slot=slot)
    if not created:
        return None
    Round.objects.filter(job=job.name, finished=None, pk__lt=found.pk).update(dropped=True)
    for first, last in _pieces(job):
        part = Part.objects.create(round=found, first=first, last=last)
        do_part.enqueue(part.pk)
    if not found.parts.exists():
        found.finished = timezone.now()
        found.save(update_fields=["finished"])
    return found


def _pieces(job: Job) -> Iterator[tuple[int, int]]:
    """From which case to which, by parts; one part without cases for a job that does not go through them."""
    if not job.chunk:
        yield 0, 0
        return
    pks = list(cases_of(job.name).values_list("pk", flat=True))
    for at in range(0, len(pks), job.chunk):
        piece = pks[at : at + job.chunk]
        yield piece[0], piece[-1]


# --- working ----------------------------------------------------------------------------------------------------------


def recover(now: datetime | None = None, *, idle: str = "") -> int:
    """Put back into the queue what a worker was doing that is not heard any more; how much it was.

    `idle` is a worker that lives and is doing nothing now: what it seems to be doing was cut off with the database. What
    failed because the database did not answer is tried again after a while. What was begun too often is given up and
    shown as failed: it may be what kills the workers.
    """
    moment = now or timezone.now()
    alive = set(Worker.objects.filter(heard__gt=moment - DEAD_AFTER).values_list("name", flat=True)) - {idle}
    orphans = [
        one for one in DBTaskResult.objects.running() if not one.worker_ids or one.worker_ids[-1] not in alive
    ]
    cut_off = DBTaskResult.objects.failed().filter(exception_class_path__in=_CUT_OFF)
    return sum(_put_back(one, moment) for one in (*orphans, *cut_off))


_CUT_OFF = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
_PAUSE = timedelta(seconds=20)


def _put_back(one: DBTaskResult[Any, Any], moment: datetime) -> int:
    """Let it be begun again, unless it was begun too often; 1 if it was put back."""
    begun = len(one.worker_ids)
    mine = DBTaskResult.objects.filter(pk=one.pk, status=one.status, worker_ids=one.worker_ids)
    if begun < ATTEMPTS:
        later = moment + _PAUSE * (begun if one.status == TaskResultStatus.FAILED else 0)
        return mine.update(status=TaskResultStatus.READY, started_at=None, run_after=later)
    if one.status == TaskResultStatus.RUNNING:
        mine.update(
            status=TaskResultStatus.FAILED,
            finished_at=moment,
            traceback=f"begun {begun} times, and whoever did it died each time",
        )
    return 0


@dataclass(kw_only=True)
class _Life:
    """A worker's signs of life, from a thread of its own: a long task does not make it seem dead."""

    name: str
    over: threading.Event

    def run(self) -> None:
        while not self.over.wait(BEAT):
            try:
                beat(self.name)
            except DatabaseError as error:
                _log.warning("no sign of life: %s", error)
            finally:
                connection.close()


def beat(name: str) -> None:
    """Say that the worker lives."""
    Worker.objects.update_or_create(name=name, defaults={"heard": timezone.now()})


def work(*, once: bool = False, interval: float = 2.0, stopped: Callable[[], bool] = lambda: False) -> None:
    """Plan and do what is due until stopped, or `once` until nothing is left. Several may work at the same time."""
    name = f"{socket.gethostname()[:30]}-{os.getpid()}-{os.urandom(4).hex()}"
    life = _Life(name=name, over=threading.Event())
    beat(name)
    threading.Thread(target=life.run, daemon=True, name="life").start()
    try:
        while not stopped():
            busy = _turn(name, stopped)
            if once and not busy:
                return
            if not busy:
                _rest(interval, stopped)
    finally:
        life.over.set()
        _leave(name)


def _turn(name: str, stopped: Callable[[], bool]) -> bool:
    """Plan, take over from the dead, and do what waits; whether anything was done."""
    close_old_connections()
    try:
        plan()
        recover(idle=name)
        busy = False
        while not stopped() and _one(name):
            busy = True
    except (OperationalError, DatabaseError) as error:
        _log.warning("the database does not answer, trying again: %s", error)
        connection.close()
        time.sleep(1)
        return True
    return busy


def _one(name: str) -> bool:
    """Do one task that waits."""
    hand = Hand(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )
    hand.run()
    return hand._run_tasks > 0  # noqa: SLF001 - it says so nowhere else


def _rest(seconds: float, stopped: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stopped():
        time.sleep(0.2)


def _leave(name: str) -> None:
    """Who goes in order leaves nothing behind; it was heard just now, and that stays."""
    try:
        beat(name)
    except DatabaseError as error:
        _log.warning("no last sign of life: %s", error)


# --- how it stands ----------------------------------------------------------------------------------------------------


def silence() -> list[str]:
    """What to say of the workers where something is wrong: that none was heard lately, or ever."""
    last = Worker.objects.order_by("-heard").values_list("heard", flat=True).first()
    if last is None:
        return ["no worker was ever heard: duban manage work"]
    quiet = timezone.now() - last
    if quiet > SILENT_AFTER:
        return [f"no worker was heard for {int(quiet.total_seconds() // 60)} minutes: duban manage work"]
    return []


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A job as it stands."""

    job: Job
    last: Round | None
    """The latest round."""
    parts: int = 0
    finished: int = 0
    done: int = 0
    failed: int = 0
    note: str = ""


def standing() -> list[Standing]:
    """Every job with its latest round."""
    return [_standing(job) for job in jobs().values()]


def _standing(job: Job) -> Standing:
    last = Round.objects.filter(job=job.name).order_by("-pk").first()
    parts = list(last.parts.all()) if last else []
    return Standing(
        job=job,
        last=last,
        parts=len(parts),
        finished=sum(part.finished is not None for part in parts),
        done=sum(part.done for part in parts),
        failed=sum(part.failed for part in parts),
        note=next((part.note for part in parts if part.note), ""),
    )
