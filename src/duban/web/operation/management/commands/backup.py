"""`duban manage backup FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from duban.web.operation import archive

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Write the database and the kept files into one archive. 备份"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        manifest = archive.write(options["file"])
        self.stdout.write(archive_line(options["file"], manifest))


def archive_line(file: Path, manifest: dict[str, Any]) -> str:
    """What a backup holds, in a line."""
    members = manifest["members"]
    rows = sum(member["rows"] for name, member in members.items() if name.startswith("tables/"))
    files = sum(name.startswith("files/") for name in members)
    return f"{file}: {rows} rows, {files} files, {manifest['at']}"
