"""A form for whatever act the rules allow: it asks for what the rules need, and for what usually is said with it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from duban.supervision import Act, Details, EvidenceKind, Satisfaction
from duban.web.base.language import lang
from duban.web.cases import rules
from duban.web.cases.service import Saying
from duban.web.files.service import endings
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.forms import Field

    from duban.supervision import Allowed, State, WorkType

__all__ = ["ActForm", "careful_acts", "elsewhere", "main_acts"]

_PLAIN = ("text", "problems", "next_steps", "result_form", "to_post", "to_person", "title")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("acts.yaml").read_text(encoding="utf-8")
    )
    return table


def elsewhere() -> frozenset[str]:
    """Acts that have a screen of their own, or none."""
    return frozenset(_table()["elsewhere"])


def main_acts() -> frozenset[str]:
    """The acts that carry a case on: their buttons stand out."""
    return frozenset(_table()["main"])


def careful_acts() -> frozenset[str]:
    """The acts that one is asked about before they happen."""
    return frozenset(_table()["careful"])


class ActForm(forms.Form):
    """What somebody says with an act."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, allowed: Allowed, work: WorkType, state: State, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"seen": state.seq})
        kwargs.setdefault("prefix", None)
        kwargs.setdefault("auto_id", f"{allowed.act}-%s")
        super().__init__(*args, **kwargs)
        self.act = Act(allowed.act)
        self._state, self._work = state, work
        needed = {name for need in allowed.needs if "|" not in need for name in [need]}
        wanted = [*needed, *(name for need in allowed.needs if "|" in need for name in need.split("|"))]
        for name in dict.fromkeys([*_table()["asks"].get(allowed.act, ()), *wanted]):
            for key, field in self._fields_for(name):
                field.required = name in needed and name != "answers"
                self.fields[key] = field

    def _fields_for(self, name: str) -> list[tuple[str, Field]]:
        make: dict[str, Callable[[], list[tuple[str, Field]]]] = {
            "values": self._values,
            "evidence": self._evidence,
            "answers": list,
            "strike": list,
            "at": list,
            "instead": list,
            "result": lambda: [
                (
                    "result",
                    _choice(
                        _("Result"),
                        {key: getattr(rule.text, lang()) for key, rule in self._work.results.items()},
                    ),
                )
            ],
            "satisfaction": lambda: [
                (
                    "satisfaction",
                    _choice(
                        _("Satisfaction"),
                        {one.value: rules.label("satisfaction", one, lang()) for one in Satisfaction},
                    ),
                )
            ],
            "reached": self._reached,
            "percent": lambda: [
                ("percent", forms.IntegerField(label=_("Own estimate, %"), min_value=0, max_value=100))
            ],
            "until": lambda: [("until", _day(_("New end")))],
            "due": lambda: [("due", _day(_("Due")))],
            "lead": lambda: [("lead", _unit(_("Lead unit")))],
            "co": lambda: [("co", _units(_("Co-units")))],
            "reason": self._reason,
        }
        if name in make:
            return make[name]()
        return [
            (
                name,
                forms.CharField(
                    label=_LABELS.get(name, name), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
                ),
            )
        ]

    def _values(self) -> list[tuple[str, Field]]:
        return [
            (
                f"value_{target.key}",
                forms.DecimalField(
                    label=f"{target.name}（{target.unit}）" if target.unit else target.name,
                    help_text=_("as of today, counted as the target is"),
                ),
            )
            for target in self._state.targets
        ]

    def _reached(self) -> list[tuple[str, Field]]:
        names = {milestone.name: milestone.name for milestone in self._state.milestones}
        return (
            [
                (
                    "reached",
                    forms.MultipleChoiceField(
                        label=_("Milestones reached"),
                        choices=list(names.items()),
                        widget=forms.CheckboxSelectMultiple,
                    ),
                )
            ]
            if names
            else []
        )

    def _evidence(self) -> list[tuple[str, Field]]:
        kinds = {kind: rules.label("evidence", kind, lang()) for kind in _table()["kinds_of_evidence"]}
        upload = forms.FileField(
            label=_("Evidence"),
            widget=forms.ClearableFileInput(attrs={"accept": ",".join(endings("evidence"))}),
        )
        return [("evidence", upload), ("evidence_kind", _choice(_("What it is"), kinds))]

    def _reason(self) -> list[tuple[str, Field]]:
        if self.act is Act.SUSPEND and self._work.suspension:
            codes = {code: getattr(text, lang()) for code, text in self._work.suspension.reasons.items()}
            return [("reason", _choice(_("Reason"), codes))]
        return [
            (
                "reason",
                forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})),
            )
        ]

    # --- what was said ---------------------------------------------------------------------------------------------

    def saying(self, today: date) -> Saying:
        """What was filled in, as supervision takes it."""
        cleaned = self.cleaned_data
        told: dict[str, Any] = {name: cleaned[name] for name in _PLAIN if cleaned.get(name)}
        told |= {
            name: cleaned[name]
            for name in ("percent", "until", "due", "result", "satisfaction")
            if cleaned.get(name) not in (None, "")
        }
        if cleaned.get("reached"):
            told["reached"] = tuple(cleaned["reached"])
        if cleaned.get("lead"):
            told["lead"] = cleaned["lead"].key
        if cleaned.get("co"):
            told["co"] = tuple(unit.key for unit in cleaned["co"])
        values = [
            {"target": target.key, "value": str(cleaned[f"value_{target.key}"]), "day": today.isoformat()}
            for target in self._state.targets
            if cleaned.get(f"value_{target.key}") is not None
        ]
        if values:
            told["values"] = values
        told |= self._answers()
        upload = cleaned.get("evidence")
        kind = EvidenceKind(cleaned.get("evidence_kind") or EvidenceKind.DOCUMENT)
        return Saying(
            details=msgspec.convert(msgspec.to_builtins(told), Details),
            reason=cleaned.get("reason", ""),
            files=[(upload, upload.name, kind)] if upload else [],
        )

    def _answers(self) -> dict[str, int]:
        """Which event is granted or denied: there is one that waits."""
        if self.act in {Act.GRANT_REFUSAL, Act.DENY_REFUSAL} and self._state.refusal is not None:
            return {"answers": self._state.refusal}
        if self.act in {Act.GRANT_EXTENSION, Act.DENY_EXTENSION} and self._state.request is not None:
            return {"answers": self._state.request.seq}
        return {}


_LABELS = {
    "text": _("Text"),
    "problems": _("Problems"),
    "next_steps": _("Next steps"),
    "result_form": _("Form of result"),
    "to_post": _("To the post"),
    "to_person": _("To"),
    "title": _("Title"),
}


def _choice(label: Any, choices: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices.items()))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


def _unit(label: Any) -> Field:
    return forms.ModelChoiceField(label=label, queryset=organisation.units())


def _units(label: Any) -> Field:
    return forms.ModelMultipleChoiceField(label=label, queryset=organisation.units())
