"""How somebody wishes to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from duban.web.notices.words import KINDS, WAYS, kinds

if TYPE_CHECKING:
    from duban.web.notices.models import Wishes

__all__ = ["WishesForm"]


class WishesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)
    digest = forms.BooleanField(label=_("One mail a day, in the morning"), required=False)

    def __init__(self, wishes: Wishes, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "language": wishes.language or settings.LANGUAGE_CODE,
            "digest": wishes.digest,
            **{kind: wishes.ways.get(kind, way) for kind, way in kinds().items()},
        }
        super().__init__(*args, **kwargs)
        self._wishes = wishes
        for kind in kinds():
            self.fields[kind] = forms.ChoiceField(label=KINDS[kind], choices=list(WAYS.items()))

    def save(self) -> None:
        """Keep what was chosen."""
        chosen = self.cleaned_data
        self._wishes.language, self._wishes.digest = chosen["language"], chosen["digest"]
        self._wishes.ways = {kind: chosen[kind] for kind in kinds()}
        self._wishes.save()
