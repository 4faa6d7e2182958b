"""The door of files: keep one, read it, hand it out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from duban.errors import DubanError, InputError
from duban.web.files.inspect import clean_name, endings, kind_of, kinds
from duban.web.files.models import StoredFile
from duban.web.files.sheet import Columns, Issue, Severity, day_in, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files import File

    from duban.web.accounts.service import User

__all__ = [
    "Columns",
    "Issue",
    "Severity",
    "StoredFile",
    "by_ids",
    "clean_name",
    "content_type",
    "day_in",
    "download",
    "endings",
    "keep",
    "path_of",
    "read_sheet",
]


def keep(file: File[bytes] | IO[bytes], name: str, *, purpose: str, by: User | None) -> StoredFile:
    """The upload, checked and kept. Its row is written in the transaction of whoever calls.

    Raises InputError: too large, or not what may be brought for this purpose.
    """
    name = clean_name(name)
    limit: int = settings.ENVIRONMENT.upload_bytes
    file.seek(0, os.SEEK_END)
    size = file.tell()
    if size > limit:
        raise InputError(
            _("the file has %(size).1f MB") % {"size": size / 1024 / 1024},
            where=name,
            expected=_("%(most)d MB at most") % {"most": limit // 1024 // 1024},
        )
    kind = kind_of(file, name, purpose=purpose)
    sha256 = _put(file)
    return StoredFile.objects.create(
        sha256=sha256, size=size, name=name, kind=kind.key, purpose=purpose, by=by
    )


def _put(file: File[bytes] | IO[bytes]) -> str:
    """Write the bytes under their hash; nothing is there half-written, and what is there already stays."""
    root: Path = settings.MEDIA_ROOT
    root.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    descriptor, temporary = tempfile.mkstemp(dir=root, prefix="part-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            file.seek(0)
            while piece := file.read(1024 * 1024):
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        target = _path(digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _path(sha256: str) -> Path:
    root: Path = settings.MEDIA_ROOT
    return root / sha256[:2] / sha256


def path_of(stored: StoredFile) -> Path:
    """Where the bytes lie.

    Raises DubanError if they are gone: a backup has them.
    """
    path = _path(stored.sha256)
    if not path.is_file():
        raise DubanError(
            _("the file is no longer on the disk"), where=stored.name, todo=_("restore it from a backup")
        )
    return path


def by_ids(ids: Iterable[int]) -> dict[int, StoredFile]:
    """Kept files, by id."""
    return StoredFile.objects.in_bulk(list(ids))


def content_type(stored: StoredFile) -> str:
    """The media type of what it is."""
    return kinds()[stored.kind].type


def download(stored: StoredFile) -> FileResponse:
    """The file as a download that no browser opens as a page of ours. Whether it may be read was asked before."""
    response = FileResponse(
        path_of(stored).open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=content_type(stored),
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
