"""The words of knowledge/, and those around numbers ready to be looked up at either end of a phrase."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Ends", "Lexicon", "alternatives", "anywhere", "knowledge", "lexicon", "tree"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Ends:
    """Words with their classes, found by the longest match at the beginning or the end of a phrase.

    A phrase is cut at the few lengths that words with its first (or last) character have and looked up: the cost
    does not grow with the number of words.
    """

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words
        self._first = _lengths(words, 0)
        self._last = _lengths(words, -1)

    def at_end(self, phrase: str) -> tuple[str, str] | None:
        """(word, class) of the longest word that ends the phrase."""
        if not phrase:
            return None
        for length in self._last.get(phrase[-1], ()):
            word = phrase[-length:]
            found = self._words.get(word)
            if found is not None:
                return word, found
        return None

    def at_start(self, phrase: str, at: int = 0) -> tuple[str, str] | None:
        """(word, class) of the longest word at `at`."""
        if at >= len(phrase):
            return None
        for length in self._first.get(phrase[at], ()):
            word = phrase[at : at + length]
            found = self._words.get(word)
            if found is not None:
                return word, found
        return None

    def without(self, phrase: str) -> str:
        """The phrase less the words it ends with."""
        while found := self.at_end(phrase):
            phrase = phrase[: -len(found[0])]
        return phrase

    def __contains__(self, word: str) -> bool:
        return word in self._words


def _lengths(words: dict[str, str], at: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the words by the character at `at`, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[at], set()).add(len(word))
    return {character: tuple(sorted(found, reverse=True)) for character, found in lengths.items()}


class Lexicon:
    """Everything reading knows about words around numbers."""

    def __init__(self, data: dict[str, Any], acts: dict[str, Any]) -> None:
        order = ("adv", "up", "down", "more", "less", "level", "to", "dist", "base", "avg", "from")
        tails = {f"{word}了": kind for kind in ("up", "down") for word in data["tails"][kind]}
        tails |= {word: kind for kind in order for word in data["tails"][kind]}
        self.tails = Ends(tails)
        self.heads = Ends(dict.fromkeys(data["heads"], "head"))
        self.heads_keep = tuple(data["heads_keep"])
        self.verbs = Ends(dict.fromkeys([*acts["act"], *acts["push"], *data["verbs"]], "verb"))
        self.became = anywhere(word for word in (*acts["result"], *data["became"]) if len(word) > 1)
        self.states = Ends(dict.fromkeys(data["states"], "state"))
        self.endings = Ends(dict.fromkeys(data["endings"], "ending"))
        self.metrics = Ends(dict.fromkeys(data["metrics"], "metric"))
        self.predicates = anywhere(data["predicates"])
        self.dependent = frozenset(data["dependent"])
        self.growth_nouns = Ends({word: str(sign) for word, sign in data["growth_nouns"].items()})
        self.general = frozenset(data["general"])


@cache
def lexicon() -> Lexicon:
    """The words around numbers, read once."""
    return Lexicon(knowledge("figures.yaml"), knowledge("verbs.yaml"))


def knowledge(name: str) -> dict[str, Any]:
    """A file of knowledge/ as it stands."""
    text = files(__package__).joinpath("knowledge", name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    return loaded


def alternatives(words: Iterable[str]) -> str:
    """An alternation, longest first, so that no word hides a longer one that begins with it."""
    return "|".join(sorted(set(words), key=lambda word: (-len(word), word)))


def anywhere(words: Iterable[str]) -> re.Pattern[str]:
    """What finds the first of the words in a text, the longest where several begin.

    The branches of a tree begin with one character each, so that `re` passes over all others by itself.
    """
    return re.compile(tree(words))


def tree(words: Iterable[str]) -> str:
    """An alternation that reads common beginnings once; the longest word matches first."""
    tails: dict[str, list[str]] = {}
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
    branches = []
    for character, rest in tails.items():
        inner = tree(rest)
        branches.append(re.escape(character) + (f"(?:{inner})" + "?" * ("" in rest) if inner else ""))
    return "|".join(branches)
