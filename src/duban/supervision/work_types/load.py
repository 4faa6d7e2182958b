"""Work types read from their files, a city's layers over ours, and resolved for a day."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import yaml
from msgspec import Struct

from duban.errors import InputError
from duban.supervision.model import Act
from duban.supervision.work_types.check import check_layer, check_type
from duban.supervision.work_types.rules import (
    ActRule,
    AsksRule,
    ClockRule,
    Dated,
    Dimension,
    ExtensionRule,
    Layer,
    LegalTerm,
    LightRule,
    Norm,
    RateRule,
    ReportingRule,
    ResultRule,
    Rung,
    SourceDocument,
    SuspensionRule,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["NAMES", "WorkType", "layer_of", "read_layer", "work_type"]

NAMES = ("task", "livelihood", "instruction", "appeal", "petition", "proposal", "inspection")
"""The work types of the package, in the order in which people list them."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Rule = TypeVar("_Rule", bound=Dated)


class WorkType(Struct, frozen=True, kw_only=True):
    """A work type on a day: of each rule the version in force, with its source in it."""

    id: str
    text: Text
    about: Text
    on: date
    """The day it was resolved for."""
    kinds: dict[str, Text]
    acts: dict[Act, ActRule]
    clocks: dict[str, ClockRule]
    norms: dict[str, Norm]
    legal: dict[str, LegalTerm]
    extensions: dict[str, ExtensionRule]
    suspension: SuspensionRule | None
    results: dict[str, ResultRule]
    lights: dict[Dimension, LightRule]
    reporting: ReportingRule | None
    ladder: dict[str, Rung]
    asks: AsksRule | None
    rates: dict[str, RateRule]
    documents: dict[str, SourceDocument]
    version: str = ""
    """Its id and a hash of its rules: the same rules have the same version, whatever the day."""

    @property
    def main(self) -> str:
        """The name of the clock that a case is judged by."""
        return next(name for name, clock in self.clocks.items() if clock.main)

    def document(self, rule: Dated) -> SourceDocument:
        """The document that a rule comes from."""
        return self.documents[rule.source.partition(" ")[0]]


def work_type(name: str, *, on: date, layers: Sequence[Layer] = ()) -> WorkType:
    """A work type with the rules in force on a day: the day its case was registered.

    `layers` are a city's own files (`read_layer`), each over the one before; one with the id `base` holds for every type
    that has no rule of its own. Raises `InputError` for an unknown name, or where the layers do not fit together.

    >>> petition = work_type("petition", on=date(2026, 3, 2))
    >>> petition.legal["settle"].term, petition.legal["settle"].source
    ('60 days', 'petition-regulation 第三十四条')
    """
    chain = _chain(name, layers)
    documents = {key: document for layer in reversed(chain) for key, document in layer.documents.items()}
    top = chain[0]
    found = WorkType(
        id=name,
        text=_first(layer.text for layer in chain) or Text(zh=name, en=name),
        about=_first(layer.about for layer in chain) or Text(zh="", en=""),
        on=on,
        kinds=_first(layer.kinds for layer in chain) or {},
        acts=_resolved([layer.acts for layer in chain], on),
        clocks=_resolved([layer.clocks for layer in chain], on),
        norms=_resolved([layer.norms for layer in chain], on),
        legal=_resolved([layer.legal for layer in chain], on),
        extensions=_resolved([layer.extensions for layer in chain], on),
        suspension=_in_force([layer.suspension for layer in chain], on),
        results=_resolved([layer.results for layer in chain], on),
        lights=_resolved([layer.lights for layer in chain], on),
        reporting=_in_force([layer.reporting for layer in chain], on),
        ladder=_resolved([layer.ladder for layer in chain], on),
        asks=_in_force([layer.asks for layer in chain], on),
        rates=_resolved([layer.rates for layer in chain], on),
        documents=documents,
    )
    check_type(found, where=top.id)
    return msgspec.structs.replace(found, version=_version(found))


def read_layer(path: str | Path) -> Layer:
    """A file of rules: `id` says which work type it is for. Raises `InputError` that names the place in the file."""
    text = Path(path).read_text(encoding="utf-8-sig")
    return _parsed(text, where=str(path))


@cache
def layer_of(name: str) -> Layer:
    """A file of the package."""
    return _parsed(
        files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"), where=f"{name}.yaml"
    )


def _parsed(text: str, *, where: str) -> Layer:
    try:
        data: Any = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
        layer = msgspec.convert(data, Layer)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InputError(f"this is no YAML: {error.problem}", where=f"{where}{line}") from error
    except msgspec.ValidationError as error:
        raise InputError(
            str(error).partition(" - at `")[0],
            where=f"{where}: {_place(data)}",
            todo="see docs/reference/work-types.md for the fields",
        ) from error
    check_layer(layer, where=where)
    return layer


def _place(data: Any) -> str:
    """The part of a file that is no part of a layer: `acts.sign`."""
    for field, value in data.items() if isinstance(data, dict) else ():
        parts = [{name: each} for name, each in value.items()] if isinstance(value, dict) else [value]
        for part in parts or [value]:
            try:
                msgspec.convert({"id": "", field: part}, Layer)
            except msgspec.ValidationError:
                return f"{field}.{next(iter(part))}" if isinstance(part, dict) and part else str(field)
    return "the file"


def _chain(name: str, layers: Sequence[Layer]) -> list[Layer]:
    """The layers of a type, topmost first: for each of its files the city's, then ours."""
    chain: list[Layer] = []
    own = {layer.id for layer in layers}
    if name not in NAMES and name not in own:
        raise InputError(f"there is no work type “{name}”", expected=", ".join(dict.fromkeys([*NAMES, *own])))
    at: str | None = name
    while at is not None:
        city = [layer for layer in reversed(layers) if layer.id == at]
        ours = [layer_of(at)] if at in {*NAMES, "base"} else []
        chain += [*city, *ours]
        at = _first(layer.base for layer in [*ours, *city]) or (None if at == "base" else "base")
    return chain


def _first(found: Iterable[Any]) -> Any:
    return next((each for each in found if each), None)


def _resolved(layers: Sequence[Mapping[Any, tuple[_Rule, ...]]], on: date) -> dict[Any, _Rule]:
    """Of each rule the version in force in the topmost layer that has one, in the order of the lowest layer."""
    names = dict.fromkeys(name for layer in reversed(layers) for name in layer)
    found = {name: _in_force([layer.get(name, ()) for layer in layers], on) for name in names}
    return {name: rule for name, rule in found.items() if rule is not None}


def _in_force(layers: Sequence[tuple[_Rule, ...]], on: date) -> _Rule | None:
    for versions in layers:
        begun = [version for version in versions if version.in_force <= on]
        if begun:
            latest = max(begun, key=lambda version: version.in_force)
            return None if latest.ended else latest
    return None


def _version(found: WorkType) -> str:
    rules = msgspec.structs.replace(found, on=date.min, version="")
    encoded = msgspec.json.encode(rules, order="sorted")
    return f"{found.id}-{hashlib.sha256(encoded).hexdigest()[:8]}"
