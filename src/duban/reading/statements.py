"""What each clause does: its verb, the verb's object, and whether it is done, planned, ongoing or context.

The words are data: `knowledge/verbs.yaml` (verbs by what they do) and `knowledge/context.yaml` (what governs
a clause besides its verb).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.documents.model import Part
from duban.reading.lexicon import Ends, anywhere, tree
from duban.reading.lexicon import knowledge as read_words
from duban.reading.model import Action

if TYPE_CHECKING:
    from duban.reading.clauses import Sentence

__all__ = ["ClauseAct", "describe"]


class ClauseAct(Struct, frozen=True, gc=False):
    """`action` is the verb in the report's words, `object` what it acts on; both None where none was found."""

    status: Action
    action: str | None
    object: str | None


class _Verb(Struct, frozen=True, gc=False):
    kind: str
    """The list of knowledge/verbs.yaml it stands in."""
    word: str | None
    """None where a number alone says how much."""
    object: str | None


@dataclass(frozen=True, slots=True)
class _Knowledge:
    first: Ends
    """First character → verbs at the start of a clause, longest first, with their kinds."""
    last: Ends
    """Last character → verbs at the end of a clause, longest first, with their kinds."""
    opening: re.Pattern[str]
    """What may stand before the verb: a list number, adverbials, pronouns, times; `plan` makes the act planned."""
    inner: re.Pattern[str]
    numeral: re.Pattern[str]
    amount: re.Pattern[str]
    measure: Ends
    gap: Ends
    closing: Ends
    markers: re.Pattern[str]
    """Words that govern a clause wherever they stand in it."""
    governs: dict[str, str]
    """Each marker: fault, context or going."""
    nouns: frozenset[str]
    attributive: tuple[str, ...]
    """Adverbials of two characters that belong to a subject after them (重点领域改革)."""
    prepositions: frozenset[str]
    done: re.Pattern[str]


# Members of an enum are slow to look up, and these are asked for in every clause.
_DONE, _PLANNED, _ONGOING, _BACKGROUND = Action.DONE, Action.PLANNED, Action.ONGOING, Action.CONTEXT
_PLAN_YEAR, _PLAN_OUTLINE, _OTHER = Part.PLAN_YEAR, Part.PLAN_OUTLINE, Part.OTHER
_CONTEXT = ClauseAct(_BACKGROUND, None, None)
_VIEW = re.compile(r"[从就对].{1,14}(?:来?看|来说|而言)$")
"""A clause that only says from where the next ones look: 从发展支撑看."""
_VIEWS = frozenset("从就对")
"""What it begins with."""


def describe(sentence: Sentence, part: Part = Part.OTHER, *, heading: bool = False) -> list[ClauseAct]:
    """What each clause of a sentence does, in order: one `ClauseAct` a clause.

    `part` is what the sentence's section speaks of. What one clause says governs those after it: after
    将, 要, 力争 they are planned, after 清醒看到 they are context. A `heading` is context throughout.
    """
    if heading:
        return [_CONTEXT] * len(sentence.clauses)
    knowledge = _knowledge()
    planned = part is _PLAN_YEAR or part is _PLAN_OUTLINE
    fault = False
    act: ClauseAct | None = None
    acts: list[ClauseAct] = []
    # One loop, with no call a clause more than needed: there are a thousand clauses in a report.
    for clause in sentence.clauses:
        text = clause.text
        found = knowledge.markers.search(text)
        marker = knowledge.governs[found.group()] if found else ""
        opening = knowledge.opening.match(text)
        begin = opening.end() if opening else 0
        if begin and opening and opening["plan"]:
            planned = True
        if marker == "fault":
            fault = True
        rest = text[begin:]
        verb = _verb(text, begin, rest, knowledge)
        if verb is None:
            act = _carried_on(rest, act) or _CONTEXT
        elif fault or marker == "context":
            act = ClauseAct(_BACKGROUND, verb.word, verb.object)
        else:
            act = ClauseAct(_status(verb, marker == "going", part, planned, text), verb.word, verb.object)
        acts.append(act)
    return acts


def _carried_on(rest: str, last: ClauseAct | None) -> ClauseAct | None:
    """A clause that only adds to the object of the one before: 实现783个事项“马上办”，70个事项“一证通办”."""
    if last is None or last.status is _BACKGROUND or not rest[:1].isdigit():
        return None
    return ClauseAct(last.status, last.action, rest)


def _status(verb: _Verb, going: bool, part: Part, planned: bool, text: str) -> Action:
    """The status of a clause with a verb that is neither background nor fault."""
    if verb.kind == "attitude" or (verb.kind == "vague" and (planned or not going)):
        return _BACKGROUND
    if planned:
        return _PLANNED
    if going:
        return _ONGOING
    if part is _OTHER and _knowledge().done.search(text) is None:
        return _BACKGROUND
    return _DONE


def _verb(text: str, begin: int, rest: str, knowledge: _Knowledge) -> _Verb | None:
    """The verb of a clause whose adverbials end at `begin`, with its object; `rest` begins there."""
    lead = rest[:1]
    if lead in _VIEWS and _VIEW.match(rest):
        return None
    if lead in knowledge.prepositions or (begin and text[begin - 1] in knowledge.prepositions):
        found = _after_preposition(rest, knowledge)
        if found is not None:
            return found
    first = _first(rest, knowledge)
    if first is not None and first.word not in knowledge.nouns:
        return first
    if begin >= 2 and text.startswith(knowledge.attributive, begin - 2):
        rest = text[begin - 2 :]
    return (
        _measured(rest, knowledge)
        or _last(rest, knowledge)
        or _inner(rest, knowledge)
        or first
        or _verb_before(text, begin, knowledge)
        or _number_alone(rest, knowledge)
    )


def _verb_before(text: str, begin: int, knowledge: _Knowledge) -> _Verb | None:
    """The verb that the adverbials end with, where nothing after them is one (统筹 in 统筹县城建设)."""
    for length in range(min(begin, 4), 1, -1):
        found = knowledge.first.at_start(text, begin - length)
        if found is not None and len(found[0]) == length:
            return _Verb(found[1], found[0], _object(text[begin:]))
    return None


def _number_alone(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """A thing and its number without a verb: 油气产量6664万吨."""
    number = knowledge.amount.search(rest, 2)
    if number is None or rest[0].isdigit():
        return None
    return _Verb("measure", None, _subject(rest[: number.start()], knowledge))


def _first(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """The longest verb that `rest` begins with, joined ones together (保护和提高); what follows is its object."""
    found = knowledge.first.at_start(rest, 0)
    if found is None:
        return None
    word, kind = found
    behind = rest[len(word) :]
    if behind[:1] in _JOINS:
        second = knowledge.first.at_start(rest, len(word) + 1)
        if second is not None and len(word) + 1 + len(second[0]) < len(rest):
            word = rest[: len(word) + 1 + len(second[0])]
            behind = rest[len(word) :]
    return _Verb(kind, word, _object(behind))


_JOINS = frozenset("和、或并")


def _measured(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """A verb of measure before the clause's first number; what stands before it is measured."""
    number = knowledge.numeral.search(rest)
    if number is None:
        return None
    before = rest[: number.start()]
    while before:
        found = knowledge.measure.at_end(before)
        if found is not None:
            return _Verb("measure", found[0], _subject(before[: -len(found[0])], knowledge))
        gap = knowledge.gap.at_end(before)
        if gap is None:
            break
        before = before[: -len(gap[0])]
    return None


def _last(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """The longest verb that `rest` ends with; what stands before it is its object."""
    found = knowledge.last.at_end(rest)
    if found is None or len(found[0]) == len(rest):
        return None
    return _Verb(found[1], found[0], _subject(rest[: -len(found[0])], knowledge))


def _inner(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """The first verb of result inside `rest`; what follows is its object."""
    found = knowledge.inner.search(rest, 2)
    if found is None or rest[found.end() : found.end() + 1] in _SUBORDINATE:
        return None
    return _Verb("result", found.group(), _object(rest[found.end() :]))


_SUBORDINATE = frozenset("后时前的")


def _after_preposition(rest: str, knowledge: _Knowledge) -> _Verb | None:
    """The first verb after 把, 将, 对, 为, 与, 在 and their noun. 把 and 将 put the object before the verb."""
    moved = rest[:1] == "把"
    provided = rest.find("提供", 2)
    if provided > 0:
        return _Verb("act", "提供", _object(rest[provided + 2 :]))
    for start in range(2, len(rest) - 1):
        found = knowledge.first.at_start(rest, start)
        if found is not None and found[1] in {"act", "push"} and found[0] not in knowledge.nouns:
            after = _object(rest[start + len(found[0]) :])
            return _Verb(
                found[1], found[0], _subject(rest[moved:start], knowledge) if moved or not after else after
            )
    return None


def _object(text: str) -> str | None:
    return text.lstrip("了着过、 \t\r\n\u3000") or None


def _subject(text: str, knowledge: _Knowledge) -> str | None:
    return knowledge.closing.without(text).strip(" \t\r\n\u3000、") or None


@cache
def _knowledge() -> _Knowledge:
    verbs, context = read_words("verbs.yaml"), read_words("context.yaml")
    last = {verb: kind for kind in ("vague", "result") for verb in verbs[kind]}
    governs = {word: kind for kind in ("going", "context", "fault") for word in context[kind]}
    # Most clauses open with none of them: a look at one character spares trying them all.
    begins = "".join(sorted({re.escape(word[0]) for word in context["plan"] + context["opening"]}))
    return _Knowledge(
        first=Ends({verb: kind for kind in ("act", "push", "attitude") for verb in verbs[kind]}),
        last=Ends(last),
        opening=re.compile(
            f"(?:{context['enumerator']})?"
            f"(?:(?=[{begins}])(?!{tree(context['plan_not'])})"
            f"(?:(?P<plan>{tree(context['plan'])})|{tree(context['opening'])}))*"
        ),
        inner=anywhere(verbs["inner"] + verbs["result"]),
        numeral=re.compile(context["numeral"]),
        amount=re.compile(context["amount"]),
        measure=Ends(dict.fromkeys(verbs["measure"], "measure")),
        gap=Ends(dict.fromkeys(context["gap"], "")),
        closing=Ends(dict.fromkeys(context["closing"], "")),
        markers=anywhere(governs),
        governs=governs,
        nouns=frozenset(verbs["nouns"]),
        attributive=tuple(context["attributive"]),
        prepositions=frozenset(context["prepositions"]),
        done=anywhere(context["done"]),
    )
