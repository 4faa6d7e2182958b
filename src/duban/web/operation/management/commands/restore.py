"""`duban manage restore FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from duban.web.operation import archive
from duban.web.operation.management.commands.backup import archive_line

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Put a backup into an empty database of the same version. 恢复"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        manifest = archive.read(options["file"])
        self.stdout.write(archive_line(options["file"], manifest))
