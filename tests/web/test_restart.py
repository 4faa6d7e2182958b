"""The API on PostgreSQL: many at once, the same request at once, and the database stopped and started under load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.cluster import Cluster, missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

FILL = """
import json
from django.conf import settings
settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
from duban.web.organisation.service import standing_of
from duban.web.tokens.service import make, scopes
from duban.web.webhooks.service import Wanted, subscribe
from tests.web.city import City
from tests.web.test_cases import handed
city = City.build()
case = handed(city)
office = city.people["office"]
subscribe(Wanted(name="x", url="http://127.0.0.1:9/"), by=office, standing=standing_of(office))
tokens = {who: make(city.people[who], name="x", scopes_=scopes(), days=1).text for who in ("office", "liaison", "head")}
print(json.dumps({"case": case.key, **tokens}))
"""
COUNT = """
import json
from duban.supervision.chain import verify_chain
from duban.web.cases import service
from duban.web.cases.models import CaseEvent
from duban.web.webhooks.models import Delivery
said = [record["details"]["text"] for record in CaseEvent.objects.filter(act="note").values_list("record", flat=True)]
print(json.dumps({
    "said": said,
    "signs": CaseEvent.objects.filter(act="sign").count(),
    "broken": len(verify_chain(service.log())),
    "told": Delivery.objects.count(),
}))
"""
WRITERS = 6


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if missing():
        pytest.skip(missing())
    folder = tmp_path_factory.mktemp("pg")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o055)
    cluster = Cluster(folder / "postgresql")
    cluster.start()
    yield cluster
    cluster.stop()


@dataclass
class Served:
    """An installation on a port of its own, answered by its own process."""

    environment: dict[str, str]
    address: str = ""
    made: dict[str, str] = field(default_factory=dict)

    def run(self, program: str) -> Any:
        """The JSON that a program prints which runs on the same database."""
        run = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{program}"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout.splitlines()[-1])

    def ask(self, who: str, path: str, body: Any = None, key: str = "") -> tuple[int, dict[str, str], Any]:
        """Status, headers and JSON of the answer."""
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.made[who]}",
                "Content-Type": "application/json",
                **({"Idempotency-Key": key} if key else {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, dict(answer.headers), json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), json.loads(error.read())


@pytest.fixture
def served(
    cluster: Cluster, tmp_path: Path, unused_tcp_port: int, request: pytest.FixtureRequest
) -> Iterator[Served]:
    url = cluster.create(f"restart_{abs(hash(request.node.name)) % 10**8}")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
    environment = {
        **clean,
        "DUBAN_HOME": str(tmp_path),
        "DUBAN_DATABASE_URL": url,
        "DUBAN_API_RATE": "100000",
        "DUBAN_WEBHOOK_PRIVATE": "on",
        "DUBAN_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "duban.web.settings",
    }
    one = Served(environment, f"http://127.0.0.1:{unused_tcp_port}")
    command = [sys.executable, "-m", "duban.cli"]
    subprocess.run([*command, "manage", "migrate", "-v", "0"], env=environment, check=True)
    one.made = one.run(FILL)
    server = subprocess.Popen(
        [*command, "serve", "--port", str(unused_tcp_port), "--workers", "2"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(one)
        yield one
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def unused_tcp_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(one: Served) -> None:
    for _ in range(300):
        try:
            if one.ask("office", "/whoami")[0] == 200:
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.1)
    raise AssertionError("the server did not start")


def at_once(*calls: Any) -> list[Any]:
    """What each call gave, all begun at the same moment."""
    gate, given = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at: int, call: Any) -> None:
        gate.wait()
        given[at] = call()

    threads = [threading.Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_of_two_at_once_one_acts_and_the_other_is_told(served: Served) -> None:
    path = f"/cases/{served.made['case']}/acts/sign"
    answers = at_once(
        *(lambda who=who: served.ask(who, path, {"seen": 3}) for who in ("liaison", "head") * 4)
    )
    statuses = Counter(status for status, _headers, _body in answers)
    assert statuses == {201: 1, 409: 7}
    for status, _headers, body in answers:
        if status == 409:
            assert [one["act"] for one in body["meanwhile"]] == ["sign"]
    assert served.run(COUNT)["signs"] == 1


def test_the_same_request_many_times_at_once_happens_once(served: Served) -> None:
    path, said = f"/cases/{served.made['case']}/notes", {"details": {"text": "一次"}}
    answers = at_once(*(lambda: served.ask("office", path, said, key="the-same") for _ in range(8)))
    assert {status for status, _headers, _body in answers} == {201}
    assert len({json.dumps(body, sort_keys=True) for _status, _headers, body in answers}) == 1
    assert sum("idempotent-replayed" in {name.lower() for name in headers} for _, headers, _ in answers) == 7
    assert served.run(COUNT)["said"] == ["一次"]


def test_the_database_restarted_under_load_loses_nothing_and_does_nothing_twice(
    served: Served, cluster: Cluster
) -> None:
    path = f"/cases/{served.made['case']}/notes"
    answered: Counter[int] = Counter()
    told: list[tuple[dict[str, str], Any]] = []
    kept: list[str] = []
    stop = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            text = f"{writer}-{number}"
            while True:  # as a program should: the same key until there is an answer
                status, headers, body = served.ask("office", path, {"details": {"text": text}}, key=text)
                answered[status] += 1
                if status == 201:
                    kept.append(text)
                    break
                told.append((headers, body))
                time.sleep(0.2)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(2)
        cluster.stop()
        time.sleep(2)
        cluster.start()
    time.sleep(3)
    stop.set()
    for thread in threads:
        thread.join(90)
    found = served.run(COUNT)
    print(dict(answered), len(kept))
    assert set(answered) == {201, 503}
    for headers, body in told:
        assert headers["Content-Type"] == "application/problem+json"
        assert int(headers["Retry-After"]) > 0
        assert body["type"] == "urn:duban:problem:unreachable"
        assert body["todo"]
    assert sorted(found["said"]) == sorted(kept), "each note is there, and there once"
    assert found["broken"] == 0
    assert found["told"] == len(kept), "and a message of each in the outbox"
