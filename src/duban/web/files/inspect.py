"""What a file is, told by its bytes; its name only has to agree."""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath, PureWindowsPath
from typing import IO, TYPE_CHECKING

import yaml
from django.utils.translation import gettext as _

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Kind", "clean_name", "endings", "kind_of", "kinds"]

_HEAD = 4096
_UNPACKED = 400 * 1024 * 1024
_RATIO = 200
"""An archive that grows more than that is no document."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MACROS = "vbaProject.bin"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A sort of file that can be kept."""

    key: str
    endings: tuple[str, ...]
    type: str
    starts: bytes
    holds: str
    text: bool
    purposes: frozenset[str]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of `kinds.yaml`."""
    table = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text(encoding="utf-8"))
    return {
        key: Kind(
            key=key,
            endings=tuple(entry["endings"]),
            type=entry["type"],
            starts=bytes.fromhex(str(entry.get("starts", ""))),
            holds=entry.get("holds", ""),
            text=entry.get("text", False),
            purposes=frozenset(entry["for"]),
        )
        for key, entry in table.items()
    }


def endings(purpose: str) -> tuple[str, ...]:
    """The endings of files that can be brought for this, with their dots."""
    return tuple(
        f".{ending}" for kind in kinds().values() if purpose in kind.purposes for ending in kind.endings
    )


def clean_name(name: str) -> str:
    """The last part of a path without control and direction characters, at most 120 characters long.

    >>> clean_name("../../etc/passwd"), clean_name("C:\\\\x\\\\年报.docx"), clean_name("a\\u202efdp.exe")
    ('passwd', '年报.docx', 'afdp.exe')
    """
    base = PureWindowsPath(PurePath(name.replace("\\", "/")).name).name
    kept = "".join(char for char in base if unicodedata.category(char)[0] != "C").strip().strip(".")
    if not kept:
        return "file"
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:110]}.{ending[:9]}" if dot else kept[:120]


def kind_of(file: IO[bytes], name: str, *, purpose: str) -> Kind:
    """What the file is. The position of `file` is at its beginning afterwards.

    Raises InputError: empty, of a kind that is not taken for this purpose, named as something else than it is, with
    macros, or an archive that would unpack to far more than it is.
    """
    where = clean_name(name)
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise InputError(_("the file is empty"), where=where, todo=_("check that it was saved"))
    ending = where.rpartition(".")[2].lower() if "." in where else ""
    named = [kind for kind in kinds().values() if purpose in kind.purposes and ending in kind.endings]
    members = _members(file, where) if head.startswith(b"PK") else ()
    file.seek(0)
    for kind in named:
        if _is(kind, head, members):
            return kind
    raise InputError(
        _("what is in the file does not fit .%(ending)s") % {"ending": ending}
        if named
        else _("files ending in .%(ending)s are not taken here") % {"ending": ending},
        where=where,
        expected=" ".join(endings(purpose)),
        todo=_("save it as one of these"),
    )


def _is(kind: Kind, head: bytes, members: Iterable[str]) -> bool:
    if kind.holds:
        return kind.holds in members
    if kind.starts:
        return head.startswith(kind.starts)
    return kind.text and (b"\0" not in head or head.startswith(_UTF_16))


def _members(file: IO[bytes], where: str) -> frozenset[str]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError):
        raise InputError(
            _("the file is damaged"), where=where, todo=_("save it again and upload that")
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > _UNPACKED or unpacked / packed > _RATIO:
        raise InputError(_("the file would unpack to far more than a document holds"), where=where)
    names = frozenset(entry.filename for entry in entries)
    if any(name.endswith(_MACROS) for name in names):
        raise InputError(_("the file holds macros"), where=where, todo=_("save it without them (docx, xlsx)"))
    return names
