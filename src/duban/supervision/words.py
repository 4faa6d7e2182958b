"""What supervision says to people, in Chinese and English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from duban.supervision.knowledge import knowledge
from duban.supervision.terms import TERM, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lang", "act_named", "label", "sentence", "term_in"]

Lang = Literal["zh", "en"]
_LISTS = ("act", "stage", "role", "dimension", "colour", "evidence", "satisfaction", "document")


def label(kind: str, word: str, lang: Lang = "zh") -> str:
    """The name of a word of a list (`act`, `stage`, `role`, `dimension`, `colour`, `evidence` …), or the word itself.

    >>> label("act", "hand_over"), label("stage", "under_way", "en")
    ('交办', 'under way')
    """
    names = knowledge("words.yaml")[kind].get(word)
    return str(names[lang == "en"]) if names else word


def sentence(kind: str, code: str, facts: Mapping[str, str], lang: Lang = "zh") -> str:
    """A sentence of a list (`refusal`, `basis`, `reason`) with its facts in it.

    >>> sentence("refusal", "who", {"act": "close", "role": "liaison", "who": "office"}, "en")
    '“close” is not for liaison; it is for: supervision office'
    """
    forms = knowledge("words.yaml")[kind]
    said = {name: _said(fact, lang) for name, fact in facts.items()}
    return str(forms[code][lang == "en"]).format_map(said)


def act_named(name: str) -> str | None:
    """The act that people call so in either language.

    >>> act_named("交办"), act_named("hand over"), act_named("hand_over")
    ('hand_over', 'hand_over', 'hand_over')
    """
    acts: dict[str, list[str]] = knowledge("words.yaml")["act"]
    return next((act for act, names in acts.items() if name in (act, *names)), None)


def _said(fact: str, lang: Lang) -> str:
    """A fact in words, each part of a list by itself."""
    return ", ".join(_word(part, lang) for part in fact.split(", "))


def term_in(text: str, lang: Lang = "zh") -> str:
    """A term in words.

    >>> term_in("15 working days"), term_in("year end"), term_in("4 hours", "en")
    ('15个工作日', '年底', '4 hours')
    """
    if lang == "en":
        return text
    names = knowledge("words.yaml")["term"]
    if text in names:
        return str(names[text][0])
    term = parse(text)
    return f"{term.count}{names[term.unit][0]}"


def _word(word: str, lang: Lang) -> str:
    if re.match(TERM, word):
        return term_in(word, lang)
    lists = knowledge("words.yaml")
    for kind in _LISTS:
        if word in lists[kind]:
            return label(kind, word, lang)
    return word
