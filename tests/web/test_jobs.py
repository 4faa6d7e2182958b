"""Jobs: planned once, done once, whoever is killed in the middle; what was missed is done once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from duban.supervision.days import CHINA
from duban.web.cases import service as cases
from duban.web.cases.models import Case, LogCheckpoint
from duban.web.jobs import service
from duban.web.jobs.models import Part, Round, Worker
from duban.web.jobs.schedule import due_slot, jobs
from duban.web.jobs.tasks import do_part
from tests.web.test_archive import Installation, cluster
from tests.web.test_cases import handed

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.web.city import City
    from tests.web.cluster import Cluster

__all__ = ["cluster"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


# --- what is due ------------------------------------------------------------------------------------------------------

SLOTS = """
lights    2026-11-26T00:59   2026-11-25
lights    2026-11-26T01:00   2026-11-26
ladder    2026-11-26T08:29   -
ladder    2026-11-26T08:30   2026-11-26
ladder    2026-11-28T09:00   -
ladder    2026-10-01T09:00   -
signing   2026-11-26T09:59   2026-11-26T09
signing   2026-11-26T08:59   -
signing   2026-11-26T19:00   -
signing   2026-11-29T09:59   -
mail      2026-11-26T09:59   2026-11-26T09:59
"""


@pytest.mark.parametrize(("job", "now", "slot"), [line.split() for line in SLOTS.strip().splitlines()])
def test_the_round_that_is_due(job: str, now: str, slot: str) -> None:
    assert due_slot(jobs()[job], datetime.fromisoformat(now)) == slot.replace("-", "", slot == "-")


@pytest.mark.django_db
def test_a_round_is_planned_once_and_what_was_missed_is_one_round() -> None:
    assert {one.job for one in service.plan(at("2026-11-26T09:00"))} == set(jobs())
    assert service.plan(at("2026-11-26T09:00")) == []
    after_days = service.plan(at("2026-12-01T09:00"))
    assert sorted(one.job for one in after_days) == sorted(jobs())
    assert Round.objects.filter(job="lights").count() == 2


@pytest.mark.django_db
def test_a_round_takes_the_place_of_one_that_was_not_finished(city: City) -> None:
    handed(city)
    first = service.enqueue_round(jobs()["lights"], "1")
    second = service.enqueue_round(jobs()["lights"], "2")
    assert service.enqueue_round(jobs()["lights"], "2") is None
    for part in Part.objects.all():
        do_part.call(part.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.dropped, first.finished) == (True, None)
    assert second.finished
    assert Part.objects.get(round=second).done == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_at_once_plan_one_round(committed: None) -> None:
    made: list[Round] = []

    def plan() -> None:
        made.extend(service.plan(at("2026-11-26T09:00")))
        connections.close_all()

    threads = [threading.Thread(target=plan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Round.objects.count() == len(jobs())
    assert DBTaskResult.objects.count() == Part.objects.count()


# --- what is done -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_job_does_its_work_and_twice_is_once(city: City) -> None:
    case = handed(city)
    for _turn in range(2):
        for job in jobs().values():
            found = service.enqueue_round(job, f"{_turn}")
            for part in found.parts.all():
                do_part.call(part.pk)
                do_part.call(part.pk)
    assert not Round.objects.filter(finished=None).exists()
    assert not Part.objects.filter(failed__gt=0).exists()
    assert LogCheckpoint.objects.count() == 2
    case.refresh_from_db()
    assert case.evaluated


@pytest.mark.django_db
def test_a_case_that_cannot_be_done_does_not_keep_the_others_back(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = handed(city), cases_more(city)
    rebuild = cases.rebuild
    monkeypatch.setattr(
        cases,
        "rebuild",
        lambda pk: (_ for _ in ()).throw(ValueError("broken")) if pk == bad.pk else rebuild(pk),
    )
    found = service.enqueue_round(jobs()["lights"], "x")
    do_part.call(found.parts.get().pk)
    part = found.parts.get()
    assert (part.done, part.failed) == (len(good), 1)
    assert "broken" in part.note
    call_command("jobs")


def cases_more(city: City, count: int = 3) -> list[Case]:
    """More tasks of the same report."""
    from duban.web.cases.service import HandOver, hand_over
    from duban.web.organisation.service import standing_of
    from duban.web.reports import service as reporting
    from duban.web.reports.models import Report

    office = city.people["office"]
    made = []
    for one in [one for one in reporting.live(Report.objects.get()) if one.state == "open"][:count]:
        reporting.accept(reporting.Seen(pk=one.pk, version=one.version), by=office)
        given = HandOver(
            commitment=one.pk, lead=city.units["education"], result_form="x", due=date(2027, 11, 30)
        )
        made.append(hand_over(given, by=office, standing=standing_of(office)))
    return made


@pytest.mark.django_db
def test_a_unit_is_not_asked_more_often_than_its_rule_says(city: City) -> None:
    """Two a week over all of its cases: what is late is chased in any case, reminders wait."""
    handed(city)
    cases_more(city, 4)
    soon = timezone.now() + timedelta(days=1)
    while soon.weekday() != 1:
        soon += timedelta(days=1)
    with_reminder = soon.replace(hour=9)
    Case.objects.update(registered=date(2026, 1, 1))
    taken = [
        event.act.value
        for pk in Case.objects.values_list("pk", flat=True)
        for event in cases.climb(pk, with_reminder.replace(year=2027, month=10, day=20)).taken
    ]
    assert taken.count("remind") <= 2
    assert taken.count("chase") == 5


@pytest.mark.django_db
def test_checkpoints_are_chained_and_prove_the_log(city: City) -> None:
    from duban.supervision.chain import verify_chain

    case = handed(city)
    later = timezone.now() + timedelta(minutes=5)
    first = cases.seal_log(later)
    second = cases.seal_log(later + timedelta(days=1))
    assert (first.number, first.cases, first.events, second.prev) == (1, 1, 3, first.hash)
    log = list(cases.log())
    assert verify_chain(log) == ()
    cut = [one for one in log if getattr(one, "seq", 0) != 3]
    assert {one.code for one in verify_chain(cut)} == {"checkpoint-differs"}
    assert case.head


@pytest.mark.django_db
def test_the_clean_up_deletes_what_is_old_and_nothing_else(client: Client, city: City) -> None:
    from django.contrib.sessions.models import Session

    from duban.web.accounts.models import SignIn
    from duban.web.jobs.work import WORK

    old = timezone.now() - timedelta(days=400)
    for when in (old, timezone.now()):
        SignIn.objects.create(username="a", address="", agent="", by="password", outcome="in", at=when)
        Session.objects.create(
            session_key=f"k{when:%Y}", session_data="", expire_date=when + timedelta(hours=1)
        )
    WORK["cleanup"]()
    assert SignIn.objects.count() == 1
    assert Session.objects.count() == 1


# --- health -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_health_says_when_nobody_works(client: Client) -> None:
    assert "no worker was ever heard" in client.get("/readyz").json()["notes"][0]
    Worker.objects.create(name="a", heard=timezone.now() - timedelta(minutes=30))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert "30 minutes" in answer.json()["notes"][0]
    service.beat("a")
    assert client.get("/readyz").json()["notes"] == []


@pytest.mark.django_db
def test_what_a_dead_worker_was_doing_is_done_by_another_and_given_up_after_some_times(city: City) -> None:
    handed(city)
    service.enqueue_round(jobs()["lights"], "x")
    task = DBTaskResult.objects.get()
    Worker.objects.create(name="alive")
    Worker.objects.create(name="dead", heard=timezone.now() - timedelta(minutes=5))
    task.claim("alive")
    assert service.recover() == 0
    for _time in range(service.ATTEMPTS - 2):
        task.claim("dead")
        assert service.recover() == 1
        task.refresh_from_db()
        assert task.status == "READY"
    task.claim("dead")
    assert service.recover() == 0
    task.refresh_from_db()
    assert task.status == "FAILED"


@pytest.mark.django_db
def test_what_the_database_cut_off_is_tried_again(city: City) -> None:
    from django.db import OperationalError

    handed(city)
    service.enqueue_round(jobs()["lights"], "x")
    task = DBTaskResult.objects.get()
    service.beat("me")
    task.claim("me")
    assert (service.recover(), service.recover(idle="me")) == (0, 1), "I am doing nothing: it was cut off"
    for begun in range(2, service.ATTEMPTS + 1):
        task.refresh_from_db()
        task.claim("me")
        task.set_failed(OperationalError("the server closed the connection"))
        assert service.recover() == (begun < service.ATTEMPTS)
    task.refresh_from_db()
    assert task.status == "FAILED"


@pytest.mark.django_db
def test_a_mistake_of_ours_is_not_tried_again(city: City) -> None:
    handed(city)
    service.enqueue_round(jobs()["lights"], "x")
    task = DBTaskResult.objects.get()
    task.claim("me")
    task.set_failed(ValueError("a mistake of ours"))
    assert service.recover() == 0


# --- killed in the middle ---------------------------------------------------------------------------------------------

FILL = """
from datetime import date, timedelta
from django.utils import timezone
from duban.web.accounts.service import users
from duban.web.cases.service import HandOver, hand_over
from duban.web.jobs.schedule import jobs
from duban.web.jobs.service import enqueue_round
from duban.web.organisation.service import standing_of
from duban.web.reports import service as reporting
from tests.web import reports
from tests.web.city import City
city = City.build()
for user in users():
    user.email = user.username + "@lanchuan.example"
    user.save()
text = "云溪市2026年政府工作报告\\n二、2026年重点工作\\n" + "".join(f"（{n}）保障民生。新增公办学位{n}00个。\\n" for n in range(1, 31))
office = city.people["office"]
for one in reporting.live(reports.bring(office, text)):
    one = reporting.accept(reporting.Seen(pk=one.pk, version=one.version), by=office)
    given = HandOver(commitment=one.pk, lead=city.units["education"], result_form="x", due=date(2027, 11, 30))
    hand_over(given, by=office, standing=standing_of(office), now=timezone.now() - timedelta(days=15))
from duban.web.notices.models import Letter
Letter.objects.all().delete()
from duban.web.jobs.models import Round
# The day's own round, were it due by now, would take the place of this one.
Round.objects.create(job="ladder", slot=f"{timezone.localdate():%Y-%m-%d}", finished=timezone.now())
enqueue_round(jobs()["ladder"], "test")
print(len(list(reporting.live(reporting.Report.objects.get()))))
"""
COUNT = """
from duban.web.cases.models import CaseEvent
print(CaseEvent.objects.filter(act="chase").count())
"""
WATCH = """
import time
from duban.web.cases.models import CaseEvent
until = time.monotonic() + 120
while CaseEvent.objects.filter(act="chase").count() < 5 and time.monotonic() < until:
    time.sleep(0.005)
"""
DIE = """
from datetime import timedelta
from django.utils import timezone
from duban.web.jobs.models import Worker
print(Worker.objects.update(heard=timezone.now() - timedelta(hours=1)))
"""
SHOW = """
import json
from collections import Counter
from django_tasks_db.models import DBTaskResult
from duban.supervision.chain import verify_chain
from duban.web.cases.models import CaseEvent
from duban.web.cases.service import log
from duban.web.jobs.models import Round
from duban.web.notices.models import Letter, Notice
chased = Counter(CaseEvent.objects.filter(act="chase").values_list("case", flat=True))
told = Counter(Notice.objects.filter(kind="prompted").values_list("user__username", "case"))
advised = Counter(Notice.objects.filter(kind="advised").values_list("user__username", "case"))
print(json.dumps({
    "chased": sorted(set(chased.values())), "cases": len(chased), "told": sorted(set(told.values())), "of": len(told),
    "advised": len(advised), "letters": Letter.objects.filter(notices__kind="prompted").count(),
    "running": DBTaskResult.objects.running().count(), "finished": bool(Round.objects.get(slot="test").finished),
    "whole": verify_chain(log()) == ()}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    url = ""
    if request.param == "postgresql":
        found: Cluster = request.getfixturevalue("cluster")
        url = found.create("jobs")
    made = Installation(tmp_path / "home", url)
    made.environment["DUBAN_MAIL_URL"] = f"file://{tmp_path}/mails"
    made.manage("migrate", "--verbosity", "0")
    return made


def worker(installation: Installation) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "duban.cli", "manage", "work", "--once"]
    return subprocess.Popen(command, env=installation.environment)


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_loses_nothing_and_doubles_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    count = int(installation.run(FILL))
    assert count == 30
    watcher = threading.Thread(target=installation.run, args=[WATCH])
    watcher.start()
    time.sleep(1)
    first = worker(installation)
    watcher.join()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert 0 < int(installation.run(COUNT)) < count, "it was not the middle"
    installation.run(DIE)
    both = [worker(installation), worker(installation)]
    for one in both:
        assert one.wait(300) == 0
    shown = json.loads(installation.run(SHOW))
    assert shown == {
        "chased": [1], "cases": count, "told": [1], "of": count * 2, "advised": count * 2,
        "letters": count * 2, "running": 0, "finished": True, "whole": True,
    }  # fmt: skip
    mails = [path.read_text() for path in (tmp_path / "mails").iterdir()]
    ids = [line for mail in mails for line in mail.splitlines() if line.startswith("Message-ID")]
    assert len(ids) == len(set(ids)) == count * 2
    assert "ladder" in installation.manage("jobs")
