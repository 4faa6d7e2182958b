"""A backup: every table as JSON lines and every kept file, in one archive that says what is in it.

It belongs to no database: what SQLite wrote PostgreSQL reads, so that a desk can move into a city hall. Sessions are
left out: after a restore everybody signs in again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from datetime import UTC, datetime
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.dispatch import Signal

from duban.errors import DubanError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

__all__ = ["read", "restored", "write"]

restored = Signal()
"""Sent when everything is in the database, before that is final: whoever finds it not whole raises."""

_LEFT_OUT = frozenset({"sessions", "contenttypes", "auth", "django_tasks_database", "jobs"})
_MANIFEST = "manifest.json"
_FORMAT = 1
_BATCH = 2000


# --- writing ----------------------------------------------------------------------------------------------------------


def write(path: Path) -> dict[str, Any]:
    """Write the backup; what it holds. The file is readable by its owner alone, and is there whole or not at all.

    Raises OutputError's kin (OSError) where it cannot be written.
    """
    path = path.absolute()
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".backup-")
    try:
        with (
            os.fdopen(descriptor, "wb") as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            manifest = _write(archive)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return manifest


def _write(archive: zipfile.ZipFile) -> dict[str, Any]:
    members: dict[str, dict[str, Any]] = {}
    with _snapshot():
        for model in _models():
            name = f"tables/{model._meta.label}.jsonl"
            with archive.open(name, "w", force_zip64=True) as stream:
                members[name] = _copy(_lines(model), stream)
        migrations = _migrations()
    for name, file in _kept_files():
        with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream, file.open("rb") as source:
            members[name] = _copy(iter(lambda: source.read(1024 * 1024), b""), stream)
    manifest = {
        "format": _FORMAT,
        "duban": installed("duban"),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "migrations": migrations,
        "members": members,
    }
    archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest


def _snapshot() -> transaction.Atomic:
    """Everything as of one moment: SQLite's transaction is one by itself, PostgreSQL's if it is told so."""
    return _RepeatableRead() if connection.vendor == "postgresql" else transaction.atomic()


class _RepeatableRead(transaction.Atomic):
    def __init__(self) -> None:
        super().__init__(using=None, savepoint=False, durable=False)

    def __enter__(self) -> None:
        super().__enter__()
        if len(connection.atomic_blocks) == 1:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _models() -> list[type[Model]]:
    """Every table of ours, those that others point at first."""
    wanted = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in _LEFT_OUT and model._meta.managed and not model._meta.proxy
    ]
    ordered: list[type[Model]] = []
    waiting = list(wanted)
    while waiting:
        ready = [model for model in waiting if not _pointed_at(model) & (set(waiting) - {model})]
        ordered += ready or waiting
        waiting = [model for model in waiting if model not in ordered]
    return ordered


def _pointed_at(model: type[Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.related_model}


def _lines(model: type[Model]) -> Iterator[bytes]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=_BATCH)
    for row in rows:
        record = dict(zip(names, row, strict=True))
        yield json.dumps(record, ensure_ascii=False, cls=_Encoder).encode("utf-8") + b"\n"


class _Encoder(DjangoJSONEncoder):
    """Times with all their digits."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _copy(pieces: Iterator[bytes], stream: IO[bytes]) -> dict[str, Any]:
    digest, size, count = hashlib.sha256(), 0, 0
    for piece in pieces:
        stream.write(piece)
        digest.update(piece)
        size, count = size + len(piece), count + 1
    return {"sha256": digest.hexdigest(), "bytes": size, "rows": count}


def _kept_files() -> Iterator[tuple[str, Path]]:
    for path in sorted(settings.MEDIA_ROOT.glob("??/*")):
        yield f"files/{path.name}", path


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied if app not in _LEFT_OUT)


# --- reading ----------------------------------------------------------------------------------------------------------


def read(path: Path) -> dict[str, Any]:
    """Put a backup into an empty database of the same version; what it held. All of it or nothing.

    Raises InputError: no backup, damaged, of another version, or the database is not empty.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _checked(archive, path)
            _refuse_used()
            with transaction.atomic():
                for model in _models():
                    _load(model, archive, manifest)
                _reset_sequences()
                _unpack_files(archive, manifest)
                restored.send(sender=None)
    except (zipfile.BadZipFile, OSError, KeyError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise InputError(f"it is no whole backup ({type(error).__name__})", where=str(path)) from error
    return manifest


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """The manifest, once every member was found to be what it says."""
    manifest: dict[str, Any] = json.loads(archive.read(_MANIFEST))
    if manifest.get("format") != _FORMAT:
        raise InputError("it is a backup of another kind", where=str(path), expected=f"format {_FORMAT}")
    ours, theirs = set(_migrations()), set(manifest["migrations"])
    if ours != theirs:
        raise InputError(
            f"it was made by duban {manifest['duban']}, whose tables are not those of this database",
            where=str(path),
            expected=", ".join(sorted(ours ^ theirs)[:5]),
            todo="restore it with that version, migrate, and make another backup",
        )
    for name, said in manifest["members"].items():
        with archive.open(name) as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != said["sha256"]:  # type: ignore[arg-type]
                raise InputError(f"{name} is damaged", where=str(path), todo="take an older backup")
    return manifest


def _refuse_used() -> None:
    used = [model._meta.label for model in _models() if model._default_manager.exists()]
    if used:
        raise InputError(
            f"the database is not empty: {', '.join(used[:3])}",
            todo="restore into a new one: set DUBAN_HOME or DUBAN_DATABASE_URL, then duban manage migrate",
        )


def _load(model: type[Model], archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    name = f"tables/{model._meta.label}.jsonl"
    if name not in manifest["members"]:
        raise DubanError(f"the backup has no table {model._meta.label}")
    fields = {field.attname: field for field in model._meta.concrete_fields}
    batch: list[Model] = []
    with archive.open(name) as stream:
        for line in stream:
            record = json.loads(line)
            batch.append(model(**{key: _value(fields[key], value) for key, value in record.items()}))
            if len(batch) == _BATCH:
                model._default_manager.bulk_create(batch)
                batch = []
    model._default_manager.bulk_create(batch)


def _value(field: Any, value: Any) -> Any:
    """A value as the field keeps it; JSON is what it is already."""
    if value is None or field.get_internal_type() == "JSONField":
        return value
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), _models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _unpack_files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    root: Path = settings.MEDIA_ROOT
    for name, said in manifest["members"].items():
        if name.startswith("files/"):
            folder = root / said["sha256"][:2]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / said["sha256"]).write_bytes(archive.read(name))
