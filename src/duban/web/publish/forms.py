"""What is chosen to be published of a case."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.web.publish.service import Chosen, Show
from duban.web.publish.words import PARTS

__all__ = ["PublishForm"]


class PublishForm(forms.Form):
    """The wording, what is shown besides, and the texts: read them before everybody does."""

    wording = forms.CharField(label=_("Wording"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    parts = forms.MultipleChoiceField(
        label=_("Shown besides"),
        choices=[(part.value, words) for part, words in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    progress = forms.CharField(
        label=_("Progress"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    progress_day = forms.DateField(
        label=_("Progress as of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Without the names and numbers of private people."),
    )

    def __init__(
        self, *args: Any, suggested: Chosen | None = None, promised: bool = True, **kwargs: Any
    ) -> None:
        """`promised`: whether there is a sentence of a report to be shown."""
        kwargs.setdefault("auto_id", "publish-%s")
        if suggested is not None:
            kwargs["initial"] = {
                "wording": suggested.wording,
                "parts": [part.value for part in suggested.parts],
                "progress": suggested.progress,
                "progress_day": suggested.progress_day,
                "answer": suggested.answer,
            }
        super().__init__(*args, **kwargs)
        if not promised:
            parts = cast("forms.MultipleChoiceField", self.fields["parts"])
            parts.choices = [
                (part.value, words) for part, words in PARTS.items() if part is not Show.SENTENCE
            ]

    def chosen(self) -> Chosen:
        """What was filled in."""
        given = self.cleaned_data
        return Chosen(
            parts=frozenset(map(Show, given["parts"])),
            wording=given["wording"],
            progress=given["progress"],
            progress_day=given["progress_day"],
            answer=given["answer"],
        )
