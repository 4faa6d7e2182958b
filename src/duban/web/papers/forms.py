"""What papers are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.errors import InputError
from duban.web.files.service import endings
from duban.web.papers import service
from duban.web.papers.service import PAPERS, CircularText

if TYPE_CHECKING:
    from datetime import date

    from duban.web.papers.service import Circular

__all__ = ["CircularForm", "PeriodForm", "ProgressForm", "TemplateForm"]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PeriodForm(forms.Form):
    """From a day to a day, this month if nothing is said."""

    since = _day(_("From"))
    until = _day(_("Until"))

    def clean(self) -> dict[str, Any]:
        """The days in order, and not without end."""
        said = dict(self.cleaned_data)
        since, until = said.get("since"), said.get("until")
        if since and until:
            try:
                service.check_period(since, until)
            except InputError as error:
                self.add_error("until", error.what)
        return said

    @staticmethod
    def this_month() -> dict[str, date]:
        """What stands there at first."""
        today = timezone.localdate()
        return {"since": today.replace(day=1), "until": today}


class CircularForm(PeriodForm):
    """What people write in a circular; suggestions stand there at first."""

    number = forms.IntegerField(label=_("Number of the circular"), min_value=1, max_value=9999)
    title = forms.CharField(label=_("Title"), max_length=120)
    praised = _lines(_("Praised"), _("a unit a line, and why"))
    criticised = _lines(_("Criticised"), _("a unit a line, and why"))
    demands = _lines(_("What is demanded"), _("a paragraph a line"))

    @classmethod
    def suggested(cls, found: Circular) -> CircularForm:
        """The form with what the numbers suggest."""
        praised, criticised = service.suggested(found)
        return cls(
            initial={
                "since": found.since,
                "until": found.until,
                "number": 1,
                "title": service.circular_title(found),
                "praised": "\n".join(praised),
                "criticised": "\n".join(criticised),
            }
        )

    def text(self) -> CircularText:
        """What was written."""
        said = self.cleaned_data
        return CircularText(
            number=said["number"],
            title=said["title"],
            **{name: _split(said[name]) for name in ("praised", "criticised", "demands")},
        )


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class TemplateForm(forms.Form):
    paper = forms.ChoiceField(label=_("Paper"), choices=list(PAPERS.items()))
    file = forms.FileField(
        label=_("Template"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(endings("template"))})
    )


class ProgressForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook"), widget=forms.ClearableFileInput(attrs={"accept": ",".join(endings("progress"))})
    )
