"""The form of a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.supervision import Act, label
from duban.web.base.language import lang
from duban.web.organisation.service import Unit, units
from duban.web.webhooks.service import Wanted

if TYPE_CHECKING:
    from duban.web.access import Standing

__all__ = ["SubscriptionForm"]


class SubscriptionForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=80)
    url = forms.CharField(
        label=_("Address"), max_length=500, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    acts = forms.MultipleChoiceField(
        label=_("Told of"), required=False, help_text=_("None chosen: of everything.")
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Only tasks of"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("None chosen: all that you may see."),
    )

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = standing.units("task.see")
        everywhere = standing.may_everywhere("task.see")
        self.fields["acts"].choices = [(act.value, label("act", act, lang())) for act in Act]  # type: ignore[attr-defined]
        self.fields["units"].queryset = units() if everywhere else units().filter(pk__in=own)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was filled in."""
        cleaned = self.cleaned_data
        return Wanted(
            name=cleaned["name"],
            url=cleaned["url"],
            acts=tuple(cleaned["acts"]),
            units=tuple(cleaned["units"]),
        )
