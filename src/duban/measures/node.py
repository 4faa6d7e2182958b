"""A YAML mapping read field by field: what is missing, wrong or unknown is told with its file and key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from duban.errors import PackError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["Node", "Text", "load"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese and in English."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class Node:
    """One mapping of a YAML file; `where` says which: `air/tables.yaml: hourly.columns.co`."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise PackError("a mapping is missing", where=where, expected="keys with values")
        self._value = {str(key): entry for key, entry in value.items()}
        self._asked: set[str] = set()
        self.where = where

    def __contains__(self, key: str) -> bool:
        return key in self._value

    def take(self, key: str, kind: type[_T] | tuple[type[_T], ...], default: Any = _MISSING) -> _T:
        """The field, which has to be of the kind. Raises `PackError` if it is missing or of another."""
        self._asked.add(key)
        if key not in self._value:
            if default is _MISSING:
                raise PackError(f"“{key}” is missing", where=self.where)
            found: _T = default
            return found
        value = self._value[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            wanted = " or ".join(each.__name__ for each in (kind if isinstance(kind, tuple) else (kind,)))
            raise PackError(f"“{key}” is {value!r}", where=self.where, expected=wanted)
        return value

    def any(self, key: str) -> Any:
        """The field, whatever it is. Raises `PackError` if it is missing."""
        self._asked.add(key)
        if key not in self._value:
            raise PackError(f"“{key}” is missing", where=self.where)
        return self._value[key]

    def word(self, key: str, default: Any = _MISSING) -> str:
        """A text field, stripped."""
        return str(self.take(key, str, default)).strip()

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one; nothing where the field is missing."""
        value = self.take(key, (list, str), [])
        words = (value,) if isinstance(value, str) else tuple(value)
        for word in words:
            if not isinstance(word, str):
                raise PackError(f"“{key}” holds {word!r}, no text", where=self.where, todo="put it in quotes")
        return words

    def text(self, key: str) -> Text:
        """A field with `zh` and `en`."""
        node = self.node(key)
        made = Text(node.word("zh"), node.word("en"))
        node.done()
        return made

    def number(self, key: str) -> float | None:
        """A number; None where the field is missing."""
        value: float | int | None = self.take(key, (int, float), None)
        return None if value is None else float(value)

    def day(self, key: str, default: Any = _MISSING) -> date:
        return self.take(key, date, default)

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping of texts; empty where the field is missing."""
        return {str(name): str(value) for name, value in self.take(key, dict, {}).items()}

    def choice(self, key: str, of: type[_E]) -> _E:
        """A field that is one of an enumeration's words."""
        try:
            return of(self.word(key))
        except ValueError:
            raise PackError(
                f"“{key}” is “{self.word(key)}”", where=self.where, expected=f"one of {', '.join(of)}"
            ) from None

    def node(self, key: str) -> Node:
        """A mapping below this one."""
        return Node(self.any(key), f"{self.where}.{key}")

    def nodes(self, key: str) -> Iterator[tuple[str, Node]]:
        """The mappings of a mapping below this one, by name; none where it is missing."""
        if key in self:
            yield from self.node(key).every()

    def every(self) -> Iterator[tuple[str, Node]]:
        """All the fields of this mapping, each a mapping itself."""
        return ((name, self.node(name)) for name in self._value)

    def done(self) -> None:
        """Raises `PackError` if the mapping holds a field nobody asked for: most often a misspelling."""
        if unknown := sorted(set(self._value) - self._asked):
            raise PackError(
                f"“{unknown[0]}” is not known here",
                where=self.where,
                expected=f"one of {', '.join(sorted(self._asked))}",
            )


def load(file: Traversable, where: str) -> Any:
    """What a YAML file holds. Raises `PackError` where it is no YAML."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise PackError("the file is missing", where=where) from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise PackError(
            f"the file is not YAML ({getattr(error, 'problem', error)})", where=f"{where}, line {line}"
        ) from None
