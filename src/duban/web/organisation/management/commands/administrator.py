"""`duban manage administrator NAME`: the first account of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import transaction

from duban.web.access import Role
from duban.web.accounts import service as accounts
from duban.web.organisation import service
from duban.web.organisation.models import Post, Unit

if TYPE_CHECKING:
    from argparse import ArgumentParser

__all__ = ["Command"]


class Command(BaseCommand):
    help = (
        "Make the account of an administrator, who can import units and make other accounts. 建立系统管理员"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="系统管理员")

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        made = accounts.create(username=options["username"], name=options["name"])
        unit = service.units().filter(kind=Unit.Kind.OFFICE).first() or Unit.objects.create(
            name="市政府督查室", short="督查室", kind=Unit.Kind.OFFICE
        )
        post, _made = Post.objects.get_or_create(
            unit=unit, title="系统管理员", defaults={"role": Role.ADMINISTRATOR}
        )
        service.appoint(post, made.user, service.today(), alone=False)
        self.stdout.write(f"{made.user.username}  {made.password}")
