"""A PostgreSQL cluster for a test run: made in a folder, run by an ordinary user, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["Cluster", "missing"]


@cache
def _binaries() -> Path | None:
    """The newest PostgreSQL installed, Debian's way or on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def missing() -> str:
    """Why there can be no cluster here; "" if there can."""
    return "" if _binaries() else "needs PostgreSQL: apt-get install postgresql"


def _user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: who runs it instead."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


class Cluster:
    """One server on a socket in its folder; no port, no password."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster if there is none, start it, and wait until it answers."""
        self._folder.mkdir(parents=True, exist_ok=True)
        user = _user()
        if user:
            os.chown(self._folder, user.pw_uid, user.pw_gid)
        if not self._data.exists():
            self._run(
                "initdb", "-D", str(self._data), "-U", "duban", "--auth=trust", "--encoding=UTF8", "--no-sync"
            )
        options = ["-D", str(self._data), "-k", str(self._folder), "-c", "listen_addresses="]
        fast = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]
        log = self._folder / "log"
        with log.open("ab") as stream:
            self._server = subprocess.Popen(
                [str(self._binary("postgres")), *options, *fast], stderr=stream, **self._as()
            )
        patience = time.monotonic() + 90
        while time.monotonic() < patience and self._server.poll() is None:
            if self._run("pg_isready", "-h", str(self._folder), "-q", check=False) == 0:
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        """Stop the server: connections are cut."""
        if self._server:
            self._server.send_signal(2)
            self._server.wait(20)
            self._server = None

    def url(self, database: str) -> str:
        """What DUBAN_DATABASE_URL is set to."""
        return f"postgresql://duban@{quote(str(self._folder), safe='')}/{database}"

    def create(self, database: str) -> str:
        """A new database; its address."""
        self._run("createdb", "-h", str(self._folder), "-U", "duban", database)
        return self.url(database)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(
            [str(self._binary(program)), *arguments],
            check=False,
            capture_output=True,
            text=True,
            **self._as(),
        )
        if check and done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
        return int(done.returncode)

    @staticmethod
    def _as() -> dict[str, Any]:
        user = _user()
        place: dict[str, Any] = {"cwd": "/", "env": {**os.environ, "LC_ALL": "C.UTF-8"}}
        return {**place, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else place

    @staticmethod
    def _binary(name: str) -> Path:
        folder = _binaries()
        assert folder is not None
        return folder / name
