"""A small invented city: its units, and somebody in every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from duban.web.access import Role
from duban.web.accounts.service import User, create
from duban.web.organisation.service import Post, Unit, appoint

if TYPE_CHECKING:
    from django.test import Client

__all__ = ["PASSWORD", "City"]

PASSWORD = "澜水河三桥上半年通车"
_BEGAN = date(2026, 1, 1)


@dataclass(frozen=True)
class City:
    units: dict[str, Unit]
    posts: dict[str, Post]
    people: dict[str, User]
    """By role; head and liaison are of the education bureau, `other_head` and `other_liaison` of the health commission."""

    @classmethod
    def build(cls) -> City:
        """Units, posts and holders."""
        units = {
            key: Unit.objects.create(name=name, short=short, kind=kind, body=body, order=order)
            for order, (key, name, short, kind, body) in enumerate(
                (
                    ("government", "市人民政府", "市政府", "government", ""),
                    ("office", "市政府督查室", "督查室", "office", ""),
                    ("education", "教育局", "", "department", "city/education"),
                    ("health", "卫生健康委员会", "卫健委", "department", "city/health"),
                    ("housing", "住房和城乡建设局", "住建局", "department", "city/housing"),
                    ("audit", "审计局", "", "department", "city/audit"),
                )
            )
        }
        posts, people = {}, {}
        for key, unit, role, title in (
            ("office", "office", Role.OFFICE, "督查室主任"),
            ("office_2", "office", Role.OFFICE, "督查专员"),
            ("leader", "government", Role.LEADER, "副市长"),
            ("head", "education", Role.HEAD, "局长"),
            ("liaison", "education", Role.LIAISON, "督查联络员"),
            ("other_head", "health", Role.HEAD, "主任"),
            ("other_liaison", "health", Role.LIAISON, "督查联络员"),
            ("auditor", "audit", Role.AUDITOR, "审计专员"),
            ("administrator", "office", Role.ADMINISTRATOR, "系统管理员"),
        ):
            posts[key] = Post.objects.create(unit=units[unit], title=title, role=role)
            people[key] = create(username=key, name=f"{title}{key}", password=PASSWORD).user
            appoint(posts[key], people[key], _BEGAN)
        people["nobody"] = create(username="nobody", name="无岗位", password=PASSWORD).user
        return cls(units, posts, people)

    def sign_in(self, client: Client, who: str) -> None:
        """Let the browser be signed in as somebody, without the sign-in page."""
        client.force_login(self.people[who])
        session = client.session
        session["began"] = timezone.now().timestamp()
        session.save()
