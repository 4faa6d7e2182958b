"""What is typed in of something received, by the office and by whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from duban.supervision import Satisfaction, label, work_type
from duban.web.base.language import lang
from duban.web.files.service import endings
from duban.web.intake.models import Submission
from duban.web.intake.service import MOST_FILES, NAMED, Received, moment_of

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

__all__ = [
    "AppealForm",
    "BatchForm",
    "DeclineForm",
    "IntakeForm",
    "RateForm",
    "RegisterForm",
    "ReopenForm",
    "StatusForm",
]


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files at once."""

    def __init__(self, purpose: str, *, most: int = 0, **kwargs: Any) -> None:
        """`most`: megabytes that each may have, where that is less than the installation takes."""
        self._most = most
        widget = _Files(attrs={"accept": ",".join(endings(purpose))})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(translated("%(most)d files at most") % {"most": MOST_FILES})
        cleaned = [super(_FilesField, self).clean(one, initial) for one in given]
        if self._most and any(one.size > self._most * 1024 * 1024 for one in cleaned):
            raise forms.ValidationError(translated("%(most)d MB at most") % {"most": self._most})
        return cleaned


def kinds_of(name: str) -> list[tuple[str, str]]:
    """The kinds of a work type today, in words."""
    kinds = work_type(name, on=timezone.localdate()).kinds
    return [(key, getattr(text, lang())) for key, text in kinds.items()]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class IntakeForm(forms.Form):
    """What the office types in: who asks for what, how and when it came."""

    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    session = forms.CharField(
        label=_("Session"), max_length=40, required=False, help_text=_("such as 十六届三次会议")
    )
    title = forms.CharField(label=_("In a sentence"), max_length=200)
    text = forms.CharField(label=_("In their words"), max_length=20_000, widget=_area(6), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    applicant = forms.CharField(label=_("Who asks"), max_length=200)
    contact = forms.CharField(
        label=_("How they are reached"),
        max_length=200,
        required=False,
        help_text=_("seen by the office and by the unit that is to answer"),
    )
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[choice for choice in Submission.Channel.choices if choice[0] != Submission.Channel.ONLINE],
    )
    received = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("of a paper, the day it really came: terms of the law count from it"),
    )
    papers = _FilesField("evidence", label=_("What came with it"))

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"received": timezone.localdate()})
        super().__init__(*args, **kwargs)
        self._name = name
        choices = kinds_of(name)
        if choices:
            cast("forms.ChoiceField", self.fields["kind"]).choices = choices
        else:
            del self.fields["kind"]
        if name != "proposal":
            del self.fields["number"], self.fields["session"]
        self.fields["applicant"].required = name in NAMED

    def clean_received(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["received"]
        if day > timezone.localdate():
            raise forms.ValidationError(translated("It cannot have been received in the future."))
        return day

    def given(self) -> Received:
        """What was typed in."""
        plain = {
            name: value for name, value in self.cleaned_data.items() if name not in {"received", "papers"}
        }
        return Received(work_type=self._name, received=moment_of(self.cleaned_data["received"]), **plain)


class AppealForm(forms.Form):
    """What a company tells: no account is needed."""

    applicant = forms.CharField(label=_("Company"), max_length=200)
    contact = forms.CharField(
        label=_("Name and telephone or e-mail"),
        max_length=200,
        help_text=_("seen only by the office and the unit that answers you"),
    )
    kind = forms.ChoiceField(label=_("Kind of request"))
    title = forms.CharField(label=_("In a sentence"), max_length=200)
    text = forms.CharField(label=_("What it is about"), max_length=5000, widget=_area(7))
    papers = _FilesField("appeal", most=10, label=_("Papers"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in kinds_of("appeal") if choice[0] != "urgent"]
        cast("forms.ChoiceField", self.fields["kind"]).choices = choices

    def given(self) -> Received:
        """What was told, now."""
        plain = {name: value for name, value in self.cleaned_data.items() if name != "papers"}
        return Received(
            work_type="appeal", received=timezone.now(), channel=Submission.Channel.ONLINE, **plain
        )


class StatusForm(forms.Form):
    receipt = forms.CharField(label=_("Receipt number"), max_length=16)
    code = forms.CharField(
        label=_("Code to follow it"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class RateForm(StatusForm):
    """What whoever asked thinks of the answer."""

    satisfaction = forms.ChoiceField(label=_("How do you find the answer?"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "rate-%s")
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["satisfaction"]).choices = [
            (one.value, label("satisfaction", one, lang())) for one in Satisfaction
        ]
        _hide_code(self)


class ReopenForm(StatusForm):
    """Why it is to be taken up again."""

    reason = forms.CharField(label=_("What is still open"), max_length=1000, widget=_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reopen-%s")
        super().__init__(*args, **kwargs)
        _hide_code(self)


def _hide_code(form: forms.Form) -> None:
    for name in ("receipt", "code"):
        form.fields[name].widget = forms.HiddenInput()


class RegisterForm(forms.Form):
    """What the case will be called, and its kind: both stand in its events for ever."""

    title = forms.CharField(
        label=_("Title of the case"),
        max_length=200,
        help_text=_(
            "Without names and numbers of people: units and auditors read it, and it is kept for ever."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, submission: Submission, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": submission.title, "kind": submission.kind})
        super().__init__(*args, **kwargs)
        choices = kinds_of(submission.work_type)
        if choices:
            cast("forms.ChoiceField", self.fields["kind"]).choices = choices
        else:
            del self.fields["kind"]


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=_area(2))


class BatchForm(forms.Form):
    """A workbook of proposals with what holds for all of them."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"})
    )
    session = forms.CharField(label=_("Session"), max_length=40, help_text=_("such as 十六届三次会议"))
    received = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
