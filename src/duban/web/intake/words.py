"""What rates are counted by, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from duban.supervision import Condition

__all__ = ["CONDITIONS"]

CONDITIONS = {
    Condition.REGISTERED: _("registered"),
    Condition.HANDED_OVER: _("handed over"),
    Condition.DUE: _("closed, or past their end"),
    Condition.SIGNED: _("signed for"),
    Condition.SIGNED_IN_TIME: _("signed for in time"),
    Condition.CLOSED: _("closed"),
    Condition.CLOSED_IN_TIME: _("closed in time"),
    Condition.SOLVED: _("closed and solved"),
    Condition.RATED: _("rated by who asked"),
    Condition.SATISFIED: _("rated satisfied or basically satisfied"),
    Condition.EXTENDED: _("extended"),
    Condition.SENT_BACK: _("sent back once or more"),
    Condition.CLOSED_ONCE: _("closed once or more"),
    Condition.REOPENED: _("reopened once or more"),
}
