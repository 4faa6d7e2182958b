"""What the frame of every page shows: whose installation it is, who is signed in, where they can go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from duban.web.access import Standing

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

__all__ = ["chrome"]


class Entry(NamedTuple):
    """A way from every page to a screen, for those who may do `act`."""

    url: str
    label: _StrPromise
    act: str


NAVIGATION = (
    Entry("board:board", _("Board"), "board.see"),
    Entry("board:leader", _("Red lights"), "board.see"),
    Entry("cases:list", _("Tasks"), "task.see"),
    Entry("intake:overview", _("Appeals and proposals"), "task.see"),
    Entry("publish:list", _("Publishing"), "task.publish"),
    Entry("reports:list", _("Reports"), "report.see"),
    Entry("papers:home", _("Papers"), "paper.make"),
    Entry("papers:progress", _("Report by workbook"), "progress.exchange"),
    Entry("organisation:list", _("Units"), "unit.see"),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """For templates: `place`, `demo`, `standing`, `navigation`."""
    standing: Standing = getattr(request, "standing", None) or Standing()
    return {
        "place": settings.ENVIRONMENT.place,
        "demo": settings.ENVIRONMENT.demo,
        "standing": standing,
        "navigation": [entry for entry in NAVIGATION if standing.may(entry.act)],
    }
