"""What an installation is told from outside: environment variables, read once and checked.

Without any of them Duban is a desk: it listens on this machine alone and keeps everything in one folder. With
`DUBAN_HOSTS` it is an installation that others reach, and what that needs must be given.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VARIABLES", "Environment", "Mail", "Oidc", "read"]

VARIABLES = (
    *("DUBAN_HOME", "DUBAN_HOSTS", "DUBAN_SECRET_KEY", "DUBAN_SECRET_KEY_FILE", "DUBAN_DATABASE_URL"),
    *("DUBAN_HTTPS", "DUBAN_PROXIES", "DUBAN_PLACE", "DUBAN_LANGUAGE", "DUBAN_TIME_ZONE"),
    *("DUBAN_UPLOAD_MB", "DUBAN_IDLE_MINUTES", "DUBAN_SESSION_HOURS", "DUBAN_SIGN_IN_FAILURES", "DUBAN_TOTP"),
    *("DUBAN_OIDC_ISSUER", "DUBAN_OIDC_CLIENT_ID", "DUBAN_OIDC_CLIENT_SECRET", "DUBAN_OIDC_CLAIM"),
    *("DUBAN_API_RATE", "DUBAN_WEBHOOK_PRIVATE", "DUBAN_MAIL_URL", "DUBAN_MAIL_FROM"),
    *("DUBAN_OIDC_NAME", "DUBAN_LOG", "DUBAN_LOG_LEVEL", "DUBAN_DEMO"),
    *("DUBAN_PUBLIC_PAGE", "DUBAN_APPEAL_FORM"),
)
"""Every variable there is (docs: reference, web-settings). One that is misspelt is an error, not a default."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Oidc:
    """A provider of identities that people may sign in with (OpenID Connect)."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    """The claim that holds the user's name here."""
    name: str
    """What the button says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """Where mail goes out."""

    backend: str
    """Django's class."""
    sender: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    ssl: bool = False
    starttls: bool = False
    folder: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    home: Path
    """Folder of the database (SQLite), the secret key of a desk, uploaded files and collected static files."""
    hosts: tuple[str, ...]
    secret_key: str
    database_url: str
    https: bool
    proxies: int
    """How many proxies of our own stand before the server: whose X-Forwarded-For can be believed."""
    place: str
    language: str
    time_zone: str
    upload_bytes: int
    idle_seconds: int
    session_seconds: int
    sign_in_failures: int
    """Wrong passwords for one name in a quarter of an hour before it has to wait."""
    totp_required: bool
    api_rate: int
    """Requests that one token may make in a minute."""
    webhook_private: bool
    """Whether webhooks may be sent to addresses of an inner network, and without https."""
    oidc: Oidc | None
    mail: Mail | None
    """None: no mail is sent."""
    log_json: bool
    log_level: str
    demo: bool
    public_page: bool
    """Whether what was chosen to be published is open to everybody."""
    appeal_form: bool
    """Whether companies can tell what they need without an account."""

    @property
    def desk(self) -> bool:
        """Whether only this machine reaches it."""
        return not self.hosts

    @property
    def address(self) -> str:
        """Where people reach it: what stands before a path in a mail."""
        if self.desk:
            return "http://127.0.0.1:8000"
        return f"{'https' if self.https else 'http'}://{self.hosts[0].lstrip('.')}"

    @property
    def secret_key_file(self) -> Path:
        """Where a desk keeps its own key."""
        return self.home / "secret-key"


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process.

    Raises InputError: a variable that is unknown or has a value it cannot have, or one that an installation with
    `DUBAN_HOSTS` lacks.
    """
    given = {name: value.strip() for name, value in (os.environ if variables is None else variables).items()}
    unknown = sorted(name for name in given if name.startswith("DUBAN_") and name not in VARIABLES)
    if unknown:
        raise InputError(
            "there is no such setting", where=unknown[0], todo="see docs/reference/web-settings.md"
        )
    reader = _Reader(given)
    home = reader.path("DUBAN_HOME", _default_home())
    hosts = reader.words("DUBAN_HOSTS")
    demo = reader.switch("DUBAN_DEMO", default=False)
    return Environment(
        home=home,
        hosts=hosts,
        secret_key=_secret_key(reader, home, desk=not hosts),
        database_url=given.get("DUBAN_DATABASE_URL") or f"sqlite:///{home / 'duban.sqlite3'}",
        https=reader.switch("DUBAN_HTTPS", default=bool(hosts)),
        proxies=reader.number("DUBAN_PROXIES", 0, low=0),
        place=given.get("DUBAN_PLACE", ""),
        language=reader.one_of("DUBAN_LANGUAGE", ("zh-hans", "en")),
        time_zone=reader.time_zone("DUBAN_TIME_ZONE", "Asia/Shanghai"),
        upload_bytes=reader.number("DUBAN_UPLOAD_MB", 50) * 1024 * 1024,
        idle_seconds=reader.number("DUBAN_IDLE_MINUTES", 60) * 60,
        session_seconds=reader.number("DUBAN_SESSION_HOURS", 12) * 3600,
        sign_in_failures=reader.number("DUBAN_SIGN_IN_FAILURES", 5),
        totp_required=reader.one_of("DUBAN_TOTP", ("optional", "required")) == "required",
        api_rate=reader.number("DUBAN_API_RATE", 300),
        webhook_private=reader.switch("DUBAN_WEBHOOK_PRIVATE", default=False),
        oidc=_oidc(reader),
        mail=_mail(reader, hosts),
        log_json=reader.one_of("DUBAN_LOG", ("text", "json")) == "json",
        log_level=reader.one_of("DUBAN_LOG_LEVEL", ("INFO", "DEBUG", "WARNING", "ERROR")),
        demo=demo,
        public_page=reader.switch("DUBAN_PUBLIC_PAGE", default=demo),
        appeal_form=reader.switch("DUBAN_APPEAL_FORM", default=demo),
    )


def _default_home() -> Path:
    """Where programs of a person keep their data."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "duban"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "duban"


def _secret_key(reader: _Reader, home: Path, *, desk: bool) -> str:
    """The key given, or a desk's own; a desk that was never started gets one for this process alone."""
    given = reader.text("DUBAN_SECRET_KEY")
    file = reader.text("DUBAN_SECRET_KEY_FILE")
    if file:
        try:
            given = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise InputError(
                f"{file} cannot be read ({error.strerror})", where="DUBAN_SECRET_KEY_FILE"
            ) from None
    if not given and desk:
        own = home / "secret-key"
        return own.read_text(encoding="utf-8").strip() if own.is_file() else secrets.token_urlsafe(50)
    if len(given) < _KEY_LENGTH or len(set(given)) < _KEY_CHARACTERS:
        raise InputError(
            "an installation that others reach needs a secret key of its own",
            where="DUBAN_SECRET_KEY",
            expected=f"{_KEY_LENGTH} random characters or more",
            todo="set it to what this prints: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    return given


_KEY_LENGTH, _KEY_CHARACTERS = 50, 5
"""What Django's deployment check asks for (security.W009)."""


def _oidc(reader: _Reader) -> Oidc | None:
    issuer = reader.text("DUBAN_OIDC_ISSUER")
    if not issuer:
        return None
    if not issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise InputError(f"{issuer} is not encrypted", where="DUBAN_OIDC_ISSUER", expected="https://…")
    return Oidc(
        issuer=issuer.rstrip("/"),
        client_id=reader.needed("DUBAN_OIDC_CLIENT_ID", by="DUBAN_OIDC_ISSUER"),
        client_secret=reader.needed("DUBAN_OIDC_CLIENT_SECRET", by="DUBAN_OIDC_ISSUER"),
        claim=reader.text("DUBAN_OIDC_CLAIM") or "preferred_username",
        name=reader.text("DUBAN_OIDC_NAME") or "OpenID Connect",
    )


_BACKENDS = "django.core.mail.backends"
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def _mail(reader: _Reader, hosts: tuple[str, ...]) -> Mail | None:
    """A server, a folder that mails are written into, the terminal (a desk's own way), or nothing."""
    url = urlsplit(reader.text("DUBAN_MAIL_URL") or ("off:" if hosts else "console:"))
    sender = reader.text("DUBAN_MAIL_FROM") or f"duban@{hosts[0].lstrip('.') if hosts else 'localhost'}"
    if url.scheme == "off":
        return None
    if url.scheme == "console":
        return Mail(backend=f"{_BACKENDS}.console.EmailBackend", sender=sender)
    if url.scheme == "file" and url.path:
        return Mail(backend=f"{_BACKENDS}.filebased.EmailBackend", sender=sender, folder=unquote(url.path))
    try:
        port = url.port or _MAIL_PORTS[url.scheme]
    except (KeyError, ValueError):
        port = 0
    if not port or not url.hostname:
        raise InputError(
            "it is no address of a mail server",  # not the value: it holds a password
            where="DUBAN_MAIL_URL",
            expected="smtp://user:password@host:port, smtp+tls://…, smtps://…, file:///folder, console: or off:",
        )
    return Mail(
        backend=f"{_BACKENDS}.smtp.EmailBackend",
        sender=sender,
        host=url.hostname,
        port=port,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        ssl=url.scheme == "smtps",
        starttls=url.scheme == "smtp+tls",
    )


class _Reader:
    """Values by what they have to be."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given

    def text(self, name: str) -> str:
        return self._given.get(name, "")

    def needed(self, name: str, *, by: str) -> str:
        if not self.text(name):
            raise InputError(f"{by} needs it", where=name, todo=f"set {name}, or unset {by}")
        return self.text(name)

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in self.text(name).split(",") if word.strip())

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name)).expanduser().absolute() if self.text(name) else default

    def number(self, name: str, default: int, *, low: int = 1) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or int(value) < low:
            raise InputError(
                f"{value!r} cannot be used", where=name, expected=f"a whole number from {low} up"
            )
        return int(value)

    def switch(self, name: str, *, default: bool) -> bool:
        return self.one_of(name, ("on", "off") if default else ("off", "on")) == "on"

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        """The value, or the first choice where there is none."""
        value = self.text(name) or choices[0]
        if value not in choices:
            raise InputError(f"{value!r} cannot be used", where=name, expected=" or ".join(choices))
        return value

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name) or default
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise InputError(
                f"there is no time zone {value!r}", where=name, expected="Asia/Shanghai…"
            ) from None
        return value
