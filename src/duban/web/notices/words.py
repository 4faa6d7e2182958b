"""What notices say, in the language of whoever reads."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml
from django.utils.translation import gettext_lazy as _

from duban.supervision import label
from duban.web.base.language import lang

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from duban.web.notices.models import Notice

__all__ = ["KINDS", "WAYS", "kinds", "sentence"]

KINDS: dict[str, _StrPromise] = {
    "handed": _("A task is handed to my unit"),
    "has_part": _("My unit is given a part in a task"),
    "prompted": _("My unit is reminded, chased or put on the board"),
    "due_soon": _("A task of my unit is soon due"),
    "decided": _("What my unit asked for is decided"),
    "sent_back": _("A task is sent back or taken up again"),
    "closed": _("A task of my unit is closed"),
    "to_decide": _("A unit asks for an extension or refuses a task"),
    "to_check": _("A unit says that a task is done"),
    "advised": _("The ladder has come to a step that a person decides on"),
    "escalated": _("A task is escalated to my post"),
    "mentioned": _("Somebody names me in a conversation"),
}
WAYS: dict[str, _StrPromise] = {
    "mail": _("in the app and by mail"),
    "app": _("in the app"),
    "none": _("not at all"),
}
_SENTENCES: dict[str, _StrPromise] = {
    "handed": _("Handed to %(unit)s; to be signed for"),
    "has_part": _("%(unit)s has a part in it"),
    "prompted": _("%(act)s: %(text)s"),
    "due_soon": _("Due on %(day)s"),
    "decided": _("%(act)s"),
    "sent_back": _("%(act)s: %(text)s"),
    "closed": _("%(act)s"),
    "to_decide": _("%(unit)s: %(act)s. %(text)s"),
    "to_check": _("%(unit)s says that it is done"),
    "advised": _("To be decided: %(act)s. %(text)s"),
    "escalated": _("Escalated to your post: %(text)s"),
    "mentioned": _("%(who)s: %(text)s"),
}  # fmt: skip


@cache
def kinds() -> dict[str, str]:
    """Every kind, and how it is told who has chosen nothing."""
    table = yaml.safe_load(files(__package__).joinpath("kinds.yaml").read_text(encoding="utf-8"))
    return {str(kind): str(way) for kind, way in table.items()}


def sentence(notice: Notice) -> str:
    """What the notice says, without the name of its case."""
    facts = {name: str(fact) for name, fact in notice.facts.items()}
    facts["act"] = label("act", facts.get("act", ""), lang())
    told = str(_SENTENCES[notice.kind]) % {"unit": "", "text": "", "who": "", "day": "", **facts}
    return told.strip().rstrip(":：").strip()
