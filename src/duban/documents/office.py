"""Old office formats (.doc, .wps, .rtf, .odt) by way of LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from duban.documents.docx import read_docx
from duban.errors import InputError, MissingDependencyError

if TYPE_CHECKING:
    from duban.documents.blocks import Piece

__all__ = ["read_office"]

_SECONDS = 180


def read_office(path: Path) -> tuple[str, list[Piece]]:
    """Text and blocks as of the .docx that LibreOffice makes of the file."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingDependencyError(
            f"reading {path.suffix.lower()} needs LibreOffice, which was not found",
            where=str(path),
            expected='a program "soffice" on the PATH',
            todo="install LibreOffice (Debian: apt install libreoffice-writer), or save the file as .docx",
        )
    with tempfile.TemporaryDirectory() as folder:
        return read_docx(_converted(program, path, Path(folder)))


def _converted(program: str, path: Path, folder: Path) -> Path:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
        "--outdir", str(folder), str(path.resolve()),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 - the program found on the PATH, no shell
            command, check=True, capture_output=True, timeout=_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise InputError(
            f"LibreOffice could not open the file ({type(error).__name__})",
            where=str(path),
            todo="save it as .docx",
        ) from error
    made = folder / f"{path.stem}.docx"
    if not made.exists():
        raise InputError(
            "LibreOffice made nothing of the file",
            where=str(path),
            expected="a text document",
            todo="save it as .docx",
        )
    return made
