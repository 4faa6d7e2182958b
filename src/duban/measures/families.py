"""Families of measures: one declaration for many things that are counted alike.

    "{subject}_growth":
      for: subjects
      only: [gdp, retail]
      name: {zh: "{zh}增长", en: "growth of {en}"}
      digits: "{digits}"

`for` names a parameter whose value maps each thing to its fields, `only` chooses among them. A text that is nothing
but a field becomes what the field is: a number stays one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from duban.errors import PackError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from duban.measures.parameters import Parameter

__all__ = ["expand"]

_FIELD = re.compile(r"\{(\w+)\}")


def expand(
    measures: Mapping[str, Any], parameters: Mapping[str, Parameter], where: str
) -> Iterator[tuple[str, Any]]:
    """Every measure's code and declaration, those of families one by one. Raises `PackError` for a field not there."""
    for code, declared in measures.items():
        if not (isinstance(declared, dict) and "for" in declared):
            yield code, declared
            continue
        of, only = declared["for"], declared.get("only")
        if of not in parameters:
            raise PackError(f"there is no parameter “{of}”", where=f"{where}: {code}")
        things: Mapping[str, Mapping[str, Any]] = parameters[of].versions[-1].value
        rest = {key: value for key, value in declared.items() if key not in {"for", "only"}}
        for name in things if only is None else only:
            if name not in things:
                raise PackError(f"there is no “{name}” in “{of}”", where=f"{where}: {code}")
            fields = {"subject": name, **things[name]}
            yield _filled(code, fields, where), _filled(rest, fields, f"{where}: {code}")


def _filled(value: Any, fields: Mapping[str, Any], where: str) -> Any:
    """The value with its fields filled in, however deep they are."""
    if isinstance(value, dict):
        return {key: _filled(each, fields, where) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, fields, where) for each in value]
    if not isinstance(value, str):
        return value
    for name in _FIELD.findall(value):
        if name not in fields:
            raise PackError(f"“{fields['subject']}” has no “{name}”", where=where)
    if whole := _FIELD.fullmatch(value):
        return fields[whole[1]]
    return _FIELD.sub(lambda match: str(fields[match[1]]), value)
