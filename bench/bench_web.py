"""How fast the board and the desk answer: `make bench-web` (CASES=100000 EVENTS=2000000 USERS=50).

A PostgreSQL of its own in /var/tmp (kept for the next time), granian with two workers as an installation has them, and so
many people who look at a page, think for a while, and look at the next. Prints the median and the 95th percentile of every
page; with --jobs while the night's jobs go through all cases beside it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import secrets
import subprocess
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tests.web.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path("/var/tmp/duban-bench-web")
"""Outside the repository: PostgreSQL runs as another user, who has to reach it."""
PORT = 8765
OFFICE = (
    "/board/", "/board/?light=red", "/board/?light=red&stage=under_way", "/board/?pile=late&sort=due",
    "/board/?stage=all&page=900", "/board/?sort=unit&page=40", "/leader/", "/",
)  # fmt: skip
UNIT = ("/", "/tasks/", "/tasks/?pile=late")
SEARCHES = ("/search/?q=" + quote("高标准农田"), "/search/?q=" + quote("增长"))
PEOPLE = (
    *(
        ("office", OFFICE),
        ("office2", OFFICE),
        ("mayor", OFFICE),
        ("vice-mayor", OFFICE),
        ("auditor", OFFICE),
    ),
    *((name, UNIT) for name in ("jiaoyu", "fagai", "keji", "gongxin", "minzheng", "caizheng", "renshe")),
)


def main() -> None:
    """Fill the database unless it is, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=2_000_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=3.0, help="seconds between two pages, on average")
    parser.add_argument("--jobs", action="store_true", help="do what is due meanwhile")
    parser.add_argument("--search", action="store_true", help="search as well")
    options = parser.parse_args()
    cluster = Cluster(FOLDER / "postgresql")
    FOLDER.mkdir(exist_ok=True)
    FOLDER.chmod(0o755)
    cluster.start()
    try:
        _prepare(cluster, options.cases, options.events)
        with _serving(), _working() if options.jobs else nullcontext():
            _measure(options)
    finally:
        cluster.stop()


def _prepare(cluster: Cluster, cases: int, events: int) -> None:
    """The database of so many cases, made if it is not there."""
    name = f"duban_{cases}_{events}"
    os.environ["DUBAN_HOME"] = str(FOLDER / "home")
    os.environ["DUBAN_DATABASE_URL"] = cluster.url(name)
    os.environ["DUBAN_LOG_LEVEL"] = "ERROR"
    os.environ |= {
        "DUBAN_HOSTS": "127.0.0.1",
        "DUBAN_HTTPS": "off",
        "DUBAN_SECRET_KEY": secrets.token_urlsafe(50),
    }
    os.environ["DJANGO_SETTINGS_MODULE"] = "duban.web.settings"
    done = FOLDER / f"{name}.filled"
    if not done.exists():
        cluster.create(name)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    if not done.exists():
        from bench.fill_web import fill
        from duban.web.demo.service import load

        load(lambda _word: None)
        start = time.perf_counter()
        fill(cases, events)
        print(f"{cases:,} cases with {events:,} events put in within {time.perf_counter() - start:.0f} s")
        done.touch()
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


@contextmanager
def _serving() -> Iterator[None]:
    server = subprocess.Popen(
        [sys.executable, "-m", "duban.cli", "serve", "--port", str(PORT), "--workers", "2"],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            try:
                Person("", ()).get("/sign-in/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def _working() -> Iterator[None]:
    command = [sys.executable, "-m", "duban.cli", "manage", "work", "--parent", str(os.getpid())]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


class Person:
    """A browser with its cookies."""

    def __init__(self, name: str, pages: tuple[str, ...]) -> None:
        self.name, self.pages = name, pages
        self._cookies: dict[str, str] = {}
        self._line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def get(self, path: str, fields: dict[str, str] | None = None) -> str:
        """The page; with fields, what is answered when they are sent. Raises OSError where it is not 200 or 302."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        try:
            self._line.request("POST" if body else "GET", path, body, headers)
            answer = self._line.getresponse()
        except (
            http.client.RemoteDisconnected
        ):  # a line that was idle too long; a browser opens another as well
            self._line.close()
            self._line.request("POST" if body else "GET", path, body, headers)
            answer = self._line.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _equals, kept = value.split(";")[0].partition("=")
                self._cookies[key] = kept
        if answer.status not in (200, 302):
            raise OSError(f"{self.name} {path}: {answer.status}")
        return text

    def sign_in(self) -> None:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/sign-in/"))
        assert token
        self.get(
            "/sign-in/",
            {"username": self.name, "password": "lanchuan-demo", "csrfmiddlewaretoken": token[1]},
        )
        self.get("/account/")

    def look(self, until: float, think: float, taken: dict[str, list[float]], lock: threading.Lock) -> None:
        """One page after another, until then."""
        random_ = random.Random(self.name + str(id(self)))
        time.sleep(random_.random() * think)
        while time.perf_counter() < until:
            path = random_.choice(self.pages)
            start = time.perf_counter()
            self.get(path)
            seconds = time.perf_counter() - start
            with lock:
                taken[f"{'desk of a unit' if path == '/' and self.pages[0] == '/' else path}"].append(seconds)
            if think:
                time.sleep(random_.expovariate(1 / think))


def _measure(options: argparse.Namespace) -> None:
    taken: dict[str, list[float]] = defaultdict(list)
    lock = threading.Lock()
    more = SEARCHES if options.search else ()
    people = [
        Person(name, (*pages, *more))
        for name, pages in (PEOPLE[number % len(PEOPLE)] for number in range(options.users))
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Person.sign_in, people))
    for _ in range(2):
        for person in people[:6]:
            for path in person.pages:
                person.get(path)
    used = _processor_seconds()
    until = time.perf_counter() + options.seconds
    with ThreadPoolExecutor(options.users) as pool:
        for done in [pool.submit(person.look, until, options.think, taken, lock) for person in people]:
            done.result()
    used = _processor_seconds() - used
    everything = [seconds for one in taken.values() for seconds in one]
    rate = len(everything) / options.seconds
    print(
        f"{options.users} people, {options.think:g} s between two pages: {len(everything)} pages, {rate:.1f} a second"
    )
    for name, all_ in [*sorted(taken.items()), ("all", everything)]:
        print(
            f"{name:44} {len(all_):5}  p50 {_ms(median(all_))}  p95 {_ms(_p95(all_))}  max {_ms(max(all_))}"
        )
    print(f"{used / len(everything) * 1000:.0f} ms of processor a page, server and database together")
    load = Path("/proc/loadavg").read_text().split()[0]
    print(f"load of the machine: {load} on {os.cpu_count()} processors")


def _processor_seconds() -> float:
    """What this process's children, and theirs, have used of the processors: the server and the database."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        ticks[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
    own = {os.getpid()}
    for _ in range(4):
        own |= {child for child, parent in parents.items() if parent in own}
    return sum(ticks.get(pid, 0) for pid in own - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:5.0f} ms"


if __name__ == "__main__":
    main()
