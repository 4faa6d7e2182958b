"""Forms of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duban.web.organisation.service import Post, units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.web.tokens.scopes import Scope

__all__ = ["ServiceTokenForm", "TokenForm"]

DAYS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("one year")))


class TokenForm(forms.Form):
    """What a token is for, what it may do, and how long."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label=_("How long"), choices=DAYS, coerce=int, initial=90)

    def __init__(self, offered: Iterable[Scope], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(scope.name, f"{scope.name} · {scope.text}") for scope in offered]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]


class ServiceTokenForm(TokenForm):
    """The same for a program of a unit: it acts in a post."""

    post = forms.ModelChoiceField(label=_("Acts in the post"), queryset=Post.objects.none())

    def __init__(self, offered: Iterable[Scope], *args: Any, **kwargs: Any) -> None:
        super().__init__(offered, *args, **kwargs)
        posts = Post.objects.filter(unit__in=units()).select_related("unit")
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.order_fields(["name", "post", "scopes", "days"])
