"""The words of the public page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from duban.web.publish.service import Show, Status

__all__ = ["PARTS", "STATUSES"]

PARTS = {
    Show.SENTENCE: _("the sentence of the report"),
    Show.UNIT: _("the lead unit"),
    Show.STATUS: _("how it stands"),
    Show.DUE: _("when it is due"),
    Show.PROGRESS: _("progress, in the words below"),
    Show.ANSWER: _("the answer, in the words below"),
}
STATUSES = {
    Status.STARTING: _("handed over, about to begin"),
    Status.ON_TRACK: _("under way as planned"),
    Status.ATTENTION: _("under way, has to speed up"),
    Status.LATE: _("behind"),
    Status.CHECKING: _("said to be done, being checked"),
    Status.DONE: _("done"),
    Status.ANSWERED: _("answered"),
    Status.ENDED: _("no longer pursued"),
}
COLOURS = {
    Status.ON_TRACK: "green",
    Status.DONE: "green",
    Status.ATTENTION: "yellow",
    Status.LATE: "red",
}
