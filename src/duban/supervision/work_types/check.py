"""What a schema cannot say of a work type: sources that exist, names that fit, laws not dated before their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.errors import InputError
from duban.supervision.model import Act, Details
from duban.supervision.terms import Unit, parse
from duban.supervision.work_types.rules import Dated, DocumentKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duban.supervision.work_types.load import WorkType
    from duban.supervision.work_types.rules import ActRule, Layer, SourceDocument

__all__ = ["check_layer", "check_type"]

_BINDING = (DocumentKind.LAW, DocumentKind.REGULATION)
_ALWAYS_NEEDED = {
    Act.REGISTER: "title",
    Act.PLAN: "lead",
    Act.TRANSFER: "lead",
    Act.ASK_EXTENSION: "until",
    Act.GRANT_EXTENSION: "until",
    Act.CLOSE: "result",
    Act.RATE: "satisfaction",
    Act.CORRECT: "corrects",
}
"""What an act says nothing without, whatever a city's file asks for."""
_NEEDS = frozenset(Details.__struct_fields__) | {"reason", "evidence"}


def check_layer(layer: Layer, *, where: str) -> None:
    """Raise `InputError` for the first rule of a file that cannot be meant, with its place in the file."""
    for place, rule in _rules(layer):
        key = rule.source.partition(" ")[0]
        document = layer.documents.get(key)
        if document is not None and document.kind in _BINDING and rule.in_force < document.in_force:
            raise InputError(
                f"the rule is in force from {rule.in_force}, its source only from {document.in_force}",
                where=f"{where}: {place}",
            )
    for act, rules in layer.acts.items():
        for position, rule in enumerate(rules):
            _check_needs(rule, where=f"{where}: acts.{act}[{position}]")


def check_type(found: WorkType, *, where: str) -> None:
    """Raise `InputError` where the rules of a resolved type do not fit together."""
    mains = [name for name, clock in found.clocks.items() if clock.main]
    if len(mains) != 1:
        raise InputError(
            f"{len(mains)} clocks are the main one: {', '.join(mains) or 'none'}", where=where, expected="one"
        )
    for what, names in (("norms", found.norms), ("legal", found.legal), ("extensions", found.extensions)):
        _check_names(what, names, found.clocks, where=where)
    terms = [*((name, norm.terms) for name, norm in found.norms.items())]
    terms += [(name, legal.terms) for name, legal in found.legal.items()]
    for name, by_kind in terms:
        _check_names(f"terms of {name}", by_kind, found.kinds, where=where)
    for name, rung in found.ladder.items():
        _check_names(f"ladder.{name}.clock", {rung.clock or found.main: rung}, found.clocks, where=where)
    for act, field in _ALWAYS_NEEDED.items():
        needing = found.acts.get(act)
        if needing is not None and field not in needing.needs:
            raise InputError(
                f"acts.{act} does not need “{field}”", where=where, todo=f"add {field} to its needs"
            )
    for place, rule in _resolved_rules(found):
        _check_source(rule, found.documents, where=f"{where}: {place}")
    _check_two_clocks(found, where=where)


def _check_needs(rule: ActRule, *, where: str) -> None:
    for need in rule.needs:
        for name in need.split("|"):
            if name not in _NEEDS:
                raise InputError(
                    f"an event has no field “{name}”",
                    where=f"{where}.needs",
                    expected=", ".join(sorted(_NEEDS)),
                )


def _check_names(what: str, names: Mapping[str, object], known: Mapping[str, object], *, where: str) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise InputError(
            f"{what} speaks of {', '.join(unknown)}, which is not there",
            where=where,
            expected=", ".join(known) or "nothing",
        )


def _check_source(rule: Dated, documents: Mapping[str, SourceDocument], *, where: str) -> None:
    key = rule.source.partition(" ")[0]
    if key not in documents:
        raise InputError(
            f"the source “{key}” is no document",
            where=where,
            expected=", ".join(documents),
            todo="add it under documents, with its title, kind and in_force",
        )


def _check_two_clocks(found: WorkType, *, where: str) -> None:
    """A service norm may not promise less than the law wants, where the two are counted alike."""
    for name, legal in found.legal.items():
        norm = found.norms.get(name)
        for kind in found.kinds or ("",):
            promised = norm and (norm.terms.get(kind) or norm.term)
            wanted = legal.terms.get(kind) or legal.term
            if promised and wanted:
                ours, law = parse(promised), parse(wanted)
                if ours.unit is law.unit and ours.unit is not Unit.YEAR_END and ours.count > law.count:
                    raise InputError(
                        f"the norm of {name} is {ours}, longer than the legal term of {law} ({legal.source})",
                        where=where,
                    )


def _rules(layer: Layer) -> Iterator[tuple[str, Dated]]:
    """Every rule of a file with its place."""
    for field in layer.__struct_fields__:
        value = getattr(layer, field)
        groups = value.items() if isinstance(value, dict) else [("", value)]
        for name, versions in groups:
            if isinstance(versions, tuple):
                for position, rule in enumerate(versions):
                    yield f"{field}{f'.{name}' if name else ''}[{position}]", rule


def _resolved_rules(found: WorkType) -> Iterator[tuple[str, Dated]]:
    for field in found.__struct_fields__:
        value = getattr(found, field)
        groups = value.items() if isinstance(value, dict) else [("", value)]
        for name, rule in groups:
            if isinstance(rule, Dated):
                yield f"{field}{f'.{name}' if name else ''}", rule
