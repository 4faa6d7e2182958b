"""Django set up for the tests: a folder of its own, SQLite, or with TEST_DATABASE=postgresql a cluster of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("django", reason="needs the extra web")

from tests.web.cluster import Cluster, missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.web.city import City

HOME = Path(tempfile.mkdtemp(prefix="duban-test-"))
HOME.chmod(0o755)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("DUBAN_")]:
    del os.environ[name]
os.environ["DUBAN_HOME"] = str(HOME)
os.environ["DUBAN_PLACE"] = "澜川市"
os.environ["DUBAN_LOG_LEVEL"] = "ERROR"
os.environ["DJANGO_SETTINGS_MODULE"] = "duban.web.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

if os.environ.get("TEST_DATABASE") == "postgresql" and not missing():
    _cluster = Cluster(HOME / "postgresql")
    _cluster.start()
    atexit.register(_cluster.stop)
    os.environ["DUBAN_DATABASE_URL"] = _cluster.url("postgres")

import django  # noqa: E402 - the environment comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    settings.DATABASES["default"]["TEST"]["NAME"] = str(HOME / "test.sqlite3")
settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _asked_for() -> None:
    """Whoever asks for PostgreSQL is not given SQLite without a word."""
    if os.environ.get("TEST_DATABASE") == "postgresql" and missing():
        pytest.skip(missing())


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    """What the board counted in another test is none of this one's."""
    from duban.web.board.tally import forget

    forget()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Transactions are really committed; what guards the events is lifted for clearing up afterwards, in SQLite."""
    from importlib import import_module

    from django.db import connection

    yield
    if connection.vendor == "sqlite":
        guards = import_module("duban.web.cases.migrations.0003_append_only")
        with connection.schema_editor() as editor:
            guards.unguard(None, editor)
        call_command("flush", verbosity=0, interactive=False)
        with connection.schema_editor() as editor:
            guards.guard(None, editor)


@pytest.fixture
def city(db: None) -> City:
    """A small city: its units, and somebody in every role."""
    from tests.web.city import City

    return City.build()


@pytest.fixture
def chinese() -> Iterator[None]:
    """Chinese whatever the test before chose."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture
def office(client: Client, city: City) -> Client:
    """A browser in which the supervision office is signed in."""
    city.sign_in(client, "office")
    return client
