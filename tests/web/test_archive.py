"""Backup and restore, on and between both databases; the log proven whole afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.web.cluster import Cluster, missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

FILL = """
from tests.web.city import City
from tests.web.test_cases import handed, paper, take
from duban.supervision.model import Act
city = City.build()
case = handed(city)
take(case, Act.SIGN, city.people["liaison"])
take(case, Act.REPORT, city.people["liaison"], details={"text": "进展", "percent": 40}, files=[paper()])
"""
SHOW = """
import json
from duban.web.accounts.service import users
from duban.web.cases import service
from duban.web.files.service import StoredFile, path_of
from duban.web.cases.models import Case
case = Case.objects.get()
kept = [[case.title, case.stage, case.lead.name, case.due.isoformat(), case.seq, case.head, case.light, case.state],
        [event.hash for event in service.log()], sorted(users().values_list("username", "password")),
        [path_of(file).read_bytes().hex() for file in StoredFile.objects.order_by("pk")],
        case.commitment.quote, [unit.name for unit in case.co.all()]]
print(json.dumps(kept, ensure_ascii=False))
service.rebuild(case.pk)
from tests.web.city import City
Unit = type(case.lead)
Unit.objects.create(name="新单位")
"""


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


class Installation:
    """A home and a database, used from processes of its own."""

    def __init__(self, home: Path, url: str = "") -> None:
        home.mkdir()
        settings = {"DUBAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "duban.web.settings"}
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DUBAN_")}
        self.environment = {**clean, **settings, **({"DUBAN_DATABASE_URL": url} if url else {})}

    def manage(self, *arguments: str, fails: bool = False) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "duban.cli", "manage", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode != 0) == fails, run.stderr
        return run.stderr if fails else run.stdout

    def run(self, code: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout


def installation(kind: str, name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Installation:
    url = (
        request.getfixturevalue("cluster").create(f"{name}_{abs(hash(tmp_path))}")
        if kind == "postgresql"
        else ""
    )
    made = Installation(tmp_path / name, url)
    made.manage("migrate", "-v0")
    return made


@pytest.mark.parametrize(
    ("kind", "other"), [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "postgresql")]
)
def test_what_is_restored_is_what_was_there(
    kind: str, other: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = installation(kind, "before", tmp_path, request)
    before.run(FILL)
    said = before.manage("backup", str(tmp_path / "backup.zip"))
    assert "files" in said
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0
    kept = before.run(SHOW)
    after = installation(other, "after", tmp_path, request)
    after.manage("restore", str(tmp_path / "backup.zip"))
    assert json.loads(after.run(SHOW)) == json.loads(kept)
    log = tmp_path / "log.jsonl"
    log.write_text(after.manage("audit_log"), encoding="utf-8")
    from duban.supervision.audit_log import read_log
    from duban.supervision.chain import verify_chain

    records = list(read_log(log))
    assert len(records) == 5
    assert verify_chain(records) == ()
    refused = after.manage("restore", str(tmp_path / "backup.zip"), fails=True)
    assert "not empty" in refused


def altered(path: Path, name: str, change: tuple[bytes, bytes], *, honest: bool) -> None:
    """The archive with a member changed; `honest`: its manifest says so."""
    import hashlib

    with zipfile.ZipFile(path) as archive:
        members = {info: archive.read(info) for info in archive.namelist()}
    found = next(member for member in members if name in member)
    assert change[0] in members[found]
    members[found] = members[found].replace(*change)
    if honest:
        manifest = json.loads(members["manifest.json"])
        manifest["members"][found]["sha256"] = hashlib.sha256(members[found]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)


@pytest.mark.parametrize(
    ("name", "change", "honest", "told"),
    [
        ("tables/cases.CaseEvent", ("进展".encode(), "完成".encode()), False, "is damaged"),
        ("tables/cases.CaseEvent", ("进展".encode(), "完成".encode()), True, "the log is broken"),
        ("manifest", (b"cases.0001_initial", b"cases.0009_later"), False, "cases.0009_later"),
        ("manifest", (b'"format": 1', b'"format": 9'), False, "another kind"),
    ],
)
def test_a_backup_that_is_not_what_was_written_leaves_nothing(
    name: str, change: tuple[bytes, bytes], honest: bool, told: str, tmp_path: Path
) -> None:
    before = Installation(tmp_path / "before")
    before.manage("migrate", "-v0")
    before.run(FILL)
    before.manage("backup", str(tmp_path / "backup.zip"))
    altered(tmp_path / "backup.zip", name, change, honest=honest)
    after = Installation(tmp_path / "after")
    after.manage("migrate", "-v0")
    assert told in after.manage("restore", str(tmp_path / "backup.zip"), fails=True)
    assert after.run("from duban.web.accounts.service import users\nprint(users().count())").strip() == "0"


def test_what_is_no_backup_is_told_of(tmp_path: Path) -> None:
    made = Installation(tmp_path / "home")
    made.manage("migrate", "-v0")
    (tmp_path / "x.zip").write_bytes(b"no archive")
    assert "no whole backup" in made.manage("restore", str(tmp_path / "x.zip"), fails=True)


def test_the_database_itself_can_be_verified(tmp_path: Path) -> None:
    from duban.supervision.audit_log import read_log
    from duban.supervision.chain import verify_chain

    made = Installation(tmp_path / "home")
    made.manage("migrate", "-v0")
    made.run(FILL)
    records = list(read_log(tmp_path / "home" / "duban.sqlite3"))
    assert len(records) == 5
    assert verify_chain(records) == ()
