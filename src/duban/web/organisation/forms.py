"""Forms of organisation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["RosterForm"]


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )
