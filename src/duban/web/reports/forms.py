"""Forms of reports."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.web.files.service import endings

__all__ = ["ReportForm"]


class ReportForm(forms.Form):
    file = forms.FileField(
        label=_("File of the report"),
        help_text=_("Word, PDF with text in it, a web page or plain text."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(endings("report"))}),
    )
    place = forms.CharField(
        label=_("Place"), max_length=60, required=False, help_text=_("Only if the report does not say it.")
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1954,
        max_value=2100,
        required=False,
        help_text=_("The year the report was given in; only if it does not say so."),
    )
