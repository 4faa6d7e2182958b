"""Forms of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from duban.web.accounts.models import User

if TYPE_CHECKING:
    from typing import Any

    UserForm = forms.ModelForm[User]
else:
    UserForm = forms.ModelForm  # Django's own has no parameter at run time

__all__ = ["AccountForm", "CodeForm", "NameForm", "PasswordForm", "SignInForm"]


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=16,
        help_text=_("Six digits from your authenticator, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class PasswordForm(forms.Form):
    """A new password: the present one first, so that an open screen is not enough."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=256,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self._user.check_password(present):
            raise forms.ValidationError(_("This is not your present password."))
        return present

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self._user)
        return new

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two are not the same."))
        if cleaned.get("new") and cleaned.get("new") == cleaned.get("present"):
            self.add_error("new", _("This is the present one."))
        return cleaned


class NameForm(UserForm):
    class Meta:
        model = User
        fields = ("name", "email")


class AccountForm(UserForm):
    class Meta:
        model = User
        fields = ("username", "name", "email")
