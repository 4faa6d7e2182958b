"""Forms of succession."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.web.access import Role
from duban.web.accounts import service as accounts
from duban.web.base.tags import role_name
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Post, Unit

if TYPE_CHECKING:
    from datetime import date

__all__ = ["AppointForm", "EndForm", "PostForm", "RelieveForm", "RenameForm", "UnitForm"]


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


class UnitForm(forms.ModelForm):  # type: ignore[type-arg] # Django's takes none
    """What a unit is; to mend a name that was written wrongly, not to rename the unit."""

    class Meta:
        model = Unit
        fields = ("name", "short", "kind", "parent", "founded")
        widgets = {"founded": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}  # noqa: RUF012 - Django's
        labels = {"name": _("Name of the unit"), "parent": _("Below"), "founded": _("Since")}  # noqa: RUF012 - Django's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = organisation.units().exclude(pk=self.instance.pk)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if Unit.objects.filter(name=name, dissolved=None).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("there is a unit of that name"))
        return name


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New name"), max_length=80)
    short = forms.CharField(label=_("Short name"), max_length=40, required=False)
    day = _day(_("From"))


class EndForm(forms.Form):
    """The end of a unit: merged into another, or dissolved."""

    successor = forms.ModelChoiceField(
        label=_("Taken over by"), queryset=Unit.objects.none(), required=False, empty_label=_("nobody")
    )
    day = _day(_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, unit: Unit, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor: Any = self.fields["successor"]
        successor.queryset = organisation.units().exclude(pk=unit.pk)
        self.fields["day"].initial = today


class PostForm(forms.ModelForm):  # type: ignore[type-arg] # Django's takes none
    role = forms.ChoiceField(label=_("Role"), choices=[])

    class Meta:
        model = Post
        fields = ("title", "role", "order", "charge")
        labels = {"order": _("Order"), "charge": _("In charge of (leaders)")}  # noqa: RUF012 - Django's
        widgets = {"charge": forms.CheckboxSelectMultiple}  # noqa: RUF012 - Django's

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(one.value, role_name(one)) for one in Role]
        charge: Any = self.fields["charge"]
        charge.queryset = organisation.units()
        if self.instance.pk:
            role.disabled = True  # what its holders did, they did in it
            if self.instance.role != Role.LEADER:
                del self.fields["charge"]

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        others = Post.objects.filter(unit=self.instance.unit, title=title).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("the unit has a post of that title"))
        return title


class AppointForm(forms.Form):
    user = forms.ModelChoiceField(label=_("Who"), queryset=accounts.User.objects.none())
    since = _day(_("From"))
    alone = forms.BooleanField(label=_("Whoever holds it now hands it over"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user: Any = self.fields["user"]
        user.queryset = accounts.users().filter(is_active=True)
        user.label_from_instance = lambda one: f"{one.name} ({one.username})"


class RelieveForm(forms.Form):
    day = _day(_("From"))
