"""`duban serve`: one command that prepares what is to be prepared and answers requests."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from duban.errors import DubanError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.web.environment import Environment

__all__ = ["manage", "serve"]

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve(*, demo: bool, host: str, port: int, workers: int, tell: Callable[[str], None]) -> None:
    """Serve until stopped. A desk's database is migrated first; an installation's is only looked at.

    `demo` starts on a database of its own with the sample city in it.
    Raises InputError where what is asked for would show a desk or the demonstration to others.
    """
    environment = _environment(demo=demo)
    _refuse_exposure(environment, host)
    if environment.desk:
        _keep_secret_key(environment)
    _set_up()
    from django.conf import settings
    from django.core.management import call_command

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    if environment.desk:
        call_command("migrate", verbosity=0)
    else:
        _refuse_unready()
    call_command("collectstatic", interactive=False, verbosity=0)
    if environment.demo:
        from duban.web.demo.service import load

        load(tell)
    _release_database()
    tell(f"http://{_shown(host)}:{port}/  ({environment.home})")
    with _worker() if environment.desk else nullcontext():
        _run(host, port, workers)


def manage(arguments: list[str]) -> None:
    """Run one of Django's management commands."""
    _set_up()
    from django.core.management import ManagementUtility

    ManagementUtility(["duban manage", *arguments]).execute()


def _environment(*, demo: bool) -> Environment:
    from duban.web import environment

    found = environment.read()
    if demo:
        if not found.desk:
            raise InputError(
                "the demonstration has accounts whose passwords everybody knows",
                where="DUBAN_HOSTS",
                todo="run duban serve --demo without it, on this machine alone",
            )
        if not found.demo:
            os.environ["DUBAN_HOME"] = str(found.home / "demo")
            os.environ["DUBAN_DEMO"] = "on"
            os.environ.setdefault("DUBAN_PLACE", "澜川市")
            os.environ.pop("DUBAN_DATABASE_URL", None)
            found = environment.read()
    return found


def _refuse_exposure(environment: Environment, host: str) -> None:
    if environment.desk and host not in _LOOPBACK:
        raise InputError(
            f"on {host} others would reach this desk",
            where="--host",
            todo="set DUBAN_HOSTS to the names it has, and what docs/how-to/run-the-web.md says",
        )


def _keep_secret_key(environment: Environment) -> None:
    """A desk's key outlives the process, so that who is signed in stays so."""
    environment.home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(environment.secret_key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(50))


def _set_up() -> None:
    try:
        import django
    except ImportError:
        from duban.errors import MissingDependencyError

        raise MissingDependencyError(
            "the web part is not installed", todo='pip install "duban[web]"'
        ) from None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    django.setup()


def _refuse_unready() -> None:
    from duban.web.operation.health import problems

    found = problems()
    if found:
        raise DubanError("; ".join(found), where="duban serve")


def _release_database() -> None:
    """Workers are forked: a connection must not be shared among them."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool:
            close_pool()


@contextmanager
def _worker() -> Iterator[None]:
    """On a desk one command suffices: the jobs are done by a process of its own, which ends with this one."""
    command = [sys.executable, "-m", "duban.cli", "manage", "work", "--parent", str(os.getpid())]
    process = subprocess.Popen(command)  # noqa: S603 - this program itself
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _run(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "duban.web.wsgi:application",
        address="127.0.0.1" if host == "localhost" else host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
        respawn_failed_workers=True,
    ).serve()
