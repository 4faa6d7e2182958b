"""Which planned statements of a report somebody can be held to, and which clauses make one commitment.

A reading says of each clause what it does. Here it is decided which of the planned ones are commitments: those with a
target figure, a deed that one can look for at the end of the year, or an effort on a thing that can be pointed at.
What only says in what spirit work is done is none. The words are data: `knowledge/commitments.yaml`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from duban.documents.model import BlockKind, Part
from duban.reading.lexicon import Ends, anywhere
from duban.reading.lexicon import knowledge as read_words
from duban.reading.model import Action, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duban.documents.model import Block, Document
    from duban.reading.model import Statement
    from duban.reading.reading import Reading

__all__ = ["Commitment", "CommitmentKind", "commitments"]


class CommitmentKind(StrEnum):
    TARGET = "target"
    """A number to be reached (地区生产总值增长5%左右), or a comparison (与经济增长同步)."""
    DEED = "deed"
    """A thing to be done (建成智算中心), with or without numbers."""


class Commitment(Struct, frozen=True, kw_only=True):
    """Consecutive clauses of one sentence that promise one thing: `document.text[start:end] == text`."""

    start: int
    end: int
    text: str
    kind: CommitmentKind
    section: int
    statements: tuple[int, ...]
    """Indices into `Reading.statements`."""
    figures: tuple[int, ...]
    """Its target figures: indices into `Reading.figures`."""
    livelihood: bool
    """Whether the report counts it among the year's livelihood projects (民生实事)."""


def commitments(
    reading: Reading, *, together: Callable[[str, str], bool] | None = None
) -> tuple[Commitment, ...]:
    """The commitments of a report's plans, in the order of the text.

    Each deed stands alone, as one settles promises, unless `together` is given, as one hands tasks over: then what a
    sentence says of the purpose of a deed (举办招商大会10场，推动经济加快发展) joins it, and `together` is
    asked of the words so far and of the next deed whether they are one task. In a list of the year's targets each
    stands alone in either case.
    """
    words, intro = _words(), _end_of_intro(reading.document)
    found: list[Commitment] = []
    for paragraph in _planned(reading):
        livelihood = paragraph.livelihood
        for position, sentence in enumerate(paragraph.sentences):
            text = _text(sentence, reading)
            named = words.livelihood.search(text) is not None
            livelihood = livelihood or (named and words.livelihood_list.search(text) is not None)
            if words.is_background(text):
                continue
            targets = paragraph.start < intro or words.goals.search(text) is not None
            pieces = _pieces(sentence, reading, targets=targets)
            if targets:
                pieces = _joined([piece for piece in pieces if piece.force is _Force.TARGET], reading, None)
            elif paragraph.opens or _is_topic(paragraph, position, text):
                pieces = [piece for piece in pieces if _stands_alone(piece, reading)]
            else:
                pieces = _joined(pieces, reading, together)
            found += [
                _commitment(piece, reading, livelihood=livelihood or named)
                for piece in pieces
                if piece.force in _PROMISES
            ]
    return tuple(found)


class _Force(StrEnum):
    """What a clause does for a commitment."""

    TARGET = "target"
    FIRM = "firm"
    """A deed with its own number, name or event."""
    EFFORT = "effort"
    """Work on a thing that can be pointed at."""
    SOFT = "soft"
    """Well meant: promises nothing by itself."""
    IDLE = "idle"
    """Praise and bearing: parts what stands on either side."""
    LEADING = "leading"
    """Belongs to the clause after it."""
    TRAILING = "trailing"
    """Belongs to the clause before it."""


_PROMISES = frozenset({_Force.TARGET, _Force.FIRM, _Force.EFFORT})


class _Piece(NamedTuple):
    """A clause with those that hang on it."""

    force: _Force
    clauses: tuple[int, ...]
    """Indices of statements, in order."""


class _Paragraph(NamedTuple):
    start: int
    opens: bool
    """Whether it says only in what spirit the paragraphs after it are meant."""
    livelihood: bool
    """Whether it stands in a list of livelihood projects."""
    sentences: list[list[int]]
    """Indices of statements."""


def _is_topic(paragraph: _Paragraph, position: int, text: str) -> bool:
    """Whether a sentence of one clause says what its paragraph, or its item of a list, is about."""
    if len(paragraph.sentences[position]) > 1:
        return False
    opens = position == 0 and len(paragraph.sentences) > 1
    return opens or _words().enumerator.match(text) is not None


def _planned(reading: Reading) -> Iterator[_Paragraph]:
    """The paragraphs that plan, without the headings they begin with."""
    document, statements = reading.document, reading.statements
    lists: set[int] = set()
    at = 0
    for position, block in enumerate(document.blocks):
        first = at
        while at < len(statements) and statements[at].start < block.end:
            at += 1
        section = document.sections[block.section]
        if section.part not in _PLANS:
            continue
        listed = not lists.isdisjoint(_with_ancestors(block.section, document))
        text = document.text[block.start : block.end]
        if _words().livelihood_list.search(text) and (block.kind is BlockKind.HEADING or text.endswith("：")):
            lists.add(block.section)
        if not _may_plan(statements[first:at], block, section.part):
            continue
        alone = block.kind is BlockKind.HEADING
        headed = bool(section.heading) and section.start >= block.start and section.level <= _LOWEST_HEADING
        body = section.start + len(section.heading) if headed and not alone else block.start
        inside = [index for index in range(first, at) if statements[index].start >= body]
        if inside:
            more = (
                position + 1 < len(document.blocks) and document.blocks[position + 1].section == block.section
            )
            yield _Paragraph(block.start, headed and more and not alone, listed, _sentences(inside, reading))


def _may_plan(statements: Sequence[Statement], block: Block, part: Part) -> bool:
    """Whether a block can hold a commitment: a heading does by its number (1.新增养老床位1500张)."""
    if block.kind is BlockKind.HEADING:
        return any(statement.figures for statement in statements)
    return part is not Part.OTHER or any(statement.status is Action.PLANNED for statement in statements)


def _with_ancestors(section: int | None, document: Document) -> Iterator[int]:
    while section is not None:
        yield section
        section = document.sections[section].parent


_PLANS = frozenset({Part.PLAN_YEAR, Part.PLAN_OUTLINE, Part.OTHER})
"""In a text whose parts are not known, the statements alone tell what is planned."""

_LOWEST_HEADING = 3
"""（一） and 1. head what follows; 一是 is the item itself."""
_STOP = re.compile(r"[。！？；;!?]")


def _sentences(clauses: list[int], reading: Reading) -> list[list[int]]:
    statements, text = reading.statements, reading.document.text
    found = [[clauses[0]]]
    for before, clause in pairwise(clauses):
        if _STOP.search(text, statements[before].end, statements[clause].start):
            found.append([])
        found[-1].append(clause)
    return found


def _end_of_intro(document: Document) -> int:
    """Where the first of the plan's own sections begins: before it stand what guides the year, and its targets."""
    with_text = {block.section for block in document.blocks if block.kind is BlockKind.PARAGRAPH}
    opened = [
        section.start
        for index, section in enumerate(document.sections)
        if index in with_text and section.heading and section.level == 2 and section.part in _PLANS
    ]
    return opened[0] if len(opened) >= _SECTIONS_OF_A_PLAN else 0


_SECTIONS_OF_A_PLAN = 3


def _pieces(sentence: list[int], reading: Reading, *, targets: bool) -> list[_Piece]:
    """What a sentence says clause by clause, each with the clauses that hang on it."""
    words = _words()
    pieces: list[_Piece] = []
    waiting: tuple[int, ...] = ()
    for index in sentence:
        force = _force(reading.statements[index], reading, targets=targets)
        if force is _Force.LEADING:
            waiting = () if targets else (*waiting, index)
            continue
        if pieces and not targets and words.manner.search(reading.statements[index].text):
            force = _Force.TRAILING
        if force is not _Force.TRAILING:
            pieces.append(_Piece(force, (*waiting, index)))
        elif pieces:
            pieces[-1] = _Piece(pieces[-1].force, (*pieces[-1].clauses, *waiting, index))
        waiting = ()
    return pieces


def _force(statement: Statement, reading: Reading, *, targets: bool) -> _Force:
    words = _words()
    clause = words.enumerator.sub("", statement.text)
    if words.own_count.search(clause):
        return _Force.IDLE
    if _targets(statement, reading):
        if targets:
            return _Force.TARGET
        if statement.status is not Action.CONTEXT or words.has_event(clause):
            bare = statement.action is None and not words.events.at_start(clause)
            return _Force.TARGET if bare or statement.action in words.measures else _Force.FIRM
    if words.relations.search(clause):
        return _Force.TARGET if targets else _Force.FIRM
    if words.leads(clause):
        return _Force.LEADING
    if words.trailing.at_start(clause):
        return _Force.TRAILING
    return words.deed(statement, clause)


def _targets(statement: Statement, reading: Reading) -> tuple[int, ...]:
    """The figures of a clause that are to be reached: none of a name's (从“0到1”), or of what there is (十大产业链)."""
    if not statement.figures or _words().counts_what_is(statement):
        return ()
    figures, text = reading.figures, reading.document.text
    return tuple(
        index
        for index in statement.figures
        if figures[index].status is Status.TARGET
        and not _is_quoted(text, statement.start, figures[index].start)
        and not figures[index].text.endswith("大")
        and not _NO_AIM.search(
            text[statement.start : figures[index].start] + "\0" + text[figures[index].end :][:1]
        )
    )


_NO_AIM = re.compile(r"(?:延长|为期|期限)\0|\0事")
"""Before and after a number that says how long or how many things were named: 再延长三十年, 做好3件事."""


def _is_quoted(text: str, start: int, at: int) -> bool:
    return text.count("“", start, at) > text.count("”", start, at)


def _stands_alone(piece: _Piece, reading: Reading) -> bool:
    """Whether a clause promises something though it says what its paragraph is about: by a number or a program."""
    return any(
        _targets(statement, reading) or _words().program.search(statement.text)
        for statement in (reading.statements[index] for index in piece.clauses)
    )


def _joined(
    pieces: list[_Piece], reading: Reading, together: Callable[[str, str], bool] | None
) -> list[_Piece]:
    """The pieces, those that are one task joined."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and _goes_on(joined[-1], piece, reading, together):
            last = joined[-1]
            force = min(last.force, piece.force, key=_RANK.index)
            joined[-1] = _Piece(force, (*last.clauses, *piece.clauses))
        else:
            joined.append(piece)
    return joined


_RANK = (_Force.FIRM, _Force.TARGET, _Force.EFFORT, _Force.SOFT, _Force.IDLE)
"""What joined pieces are: the first of these."""


def _goes_on(
    last: _Piece, piece: _Piece, reading: Reading, together: Callable[[str, str], bool] | None
) -> bool:
    """Whether a piece goes on with the one before: the same target, a deed's purpose, or a deed of the same hand."""
    if last.force is piece.force is _Force.TARGET:
        return _measured(last, reading) == _measured(piece, reading) != set()
    if together is None or _Force.IDLE in (last.force, piece.force):
        return False
    if piece.force is _Force.SOFT and last.force is not _Force.SOFT:
        return True
    return together(_text(last.clauses, reading), _text(piece.clauses, reading))


def _measured(piece: _Piece, reading: Reading) -> set[str]:
    """The indicators of a piece's figures."""
    clauses = (reading.statements[index] for index in piece.clauses)
    return {reading.figures[index].indicator for clause in clauses for index in clause.figures}


def _text(clauses: Sequence[int], reading: Reading) -> str:
    first, last = reading.statements[clauses[0]], reading.statements[clauses[-1]]
    return reading.document.text[first.start : last.end]


def _commitment(piece: _Piece, reading: Reading, *, livelihood: bool) -> Commitment:
    document, clauses = reading.document, [reading.statements[index] for index in piece.clauses]
    opening = _words().opening.match(clauses[0].text)
    start = clauses[0].start + (opening.end() if opening else 0)
    return Commitment(
        start=start,
        end=clauses[-1].end,
        text=document.text[start : clauses[-1].end],
        kind=CommitmentKind.TARGET if piece.force is _Force.TARGET else CommitmentKind.DEED,
        section=clauses[0].section,
        statements=tuple(range(piece.clauses[0], piece.clauses[-1] + 1)),
        figures=tuple(index for clause in clauses for index in _targets(clause, reading)),
        livelihood=livelihood,
    )


class _Words:
    """What `knowledge/commitments.yaml` knows."""

    def __init__(self, data: dict[str, Any]) -> None:
        verbs = read_words("verbs.yaml")
        self.events = Ends(dict.fromkeys([*data["events"], *verbs["result"]], ""))
        self.idle = frozenset(data["idle"])
        self.measures = frozenset(verbs["measure"]) - frozenset(data["events"])
        self.things = anywhere(data["things"])
        self.vague = Ends(dict.fromkeys(data["vague"], ""))
        self.general = Ends(dict.fromkeys(data["general"], ""))
        self.vague_forms = re.compile("|".join(data["vague_forms"]))
        self.leading = Ends(dict.fromkeys(data["leading"], ""))
        self.leading_forms = re.compile("|".join(data["leading_forms"]))
        self.trailing = Ends(dict.fromkeys(data["trailing"], ""))
        self.background = re.compile(
            "|".join([*data["background_forms"], *map(re.escape, data["background"])])
        )
        self.relations = anywhere(data["relations"])
        self.goals = anywhere(data["goals"])
        self.livelihood = anywhere(data["livelihood"])
        self.livelihood_list = re.compile(data["livelihood_list"].format(words="|".join(data["livelihood"])))
        self.enumerator = re.compile(data["enumerator"])
        self.manner = re.compile(data["manner"])
        self.opening = re.compile(data["opening"])
        self.name = re.compile(data["name"])
        self.program = re.compile(data["program"])
        self.own_count = re.compile(data["own_count"])

    def is_background(self, sentence: str) -> bool:
        """Whether a sentence plans nothing of its own."""
        return self.background.search(sentence) is not None

    def leads(self, clause: str) -> bool:
        """Whether a clause belongs to the one after it."""
        return self.leading.at_start(clause) is not None or self.leading_forms.search(clause) is not None

    def counts_what_is(self, statement: Statement) -> bool:
        """Whether a number counts what there is and is to fare well: 推动4个产业基地提质升级."""
        action, target = statement.action, statement.object or ""
        known = action is None or action in self.events or action in self.measures
        return not known and self.vague.at_end(target) is not None

    def deed(self, statement: Statement, clause: str) -> _Force:
        """What a clause without a target figure does."""
        action, target = statement.action, statement.object or clause
        if statement.status in (Action.DONE, Action.ONGOING):
            return _Force.TRAILING
        if statement.status is Action.CONTEXT:
            action, target = self._after_adverbs(clause)
            if action is None:
                return _Force.TRAILING
        if action in self.idle:
            return _Force.IDLE
        named = self.name.search(clause) is not None or self.program.search(clause) is not None
        event = action is not None and action in self.events
        target = target.rstrip("”")
        vague = self.vague.at_end(target) is not None or self.vague_forms.search(target) is not None
        thing = self.things.search(target) is not None and not vague
        if (named and not vague) or (event and (thing or not (vague or self.general.at_end(target)))):
            return _Force.FIRM
        return _Force.EFFORT if thing else _Force.SOFT

    def has_event(self, clause: str) -> bool:
        """Whether an event is named near the head of a clause of which the reading knows no deed."""
        return self._after_adverbs(clause)[0] is not None

    def _after_adverbs(self, clause: str) -> tuple[str | None, str]:
        """The verb of an event near the head of a clause of which the reading knows no deed, and what follows."""
        for start in range(min(_ADVERBS, len(clause) - 2)):
            found = self.events.at_start(clause, start)
            if found is not None:
                return found[0], clause[start + len(found[0]) :]
        return None, clause


_ADVERBS = 7
"""Characters that adverbs before a verb may take: 动真碰硬抓好, “一企一策”制定."""


@cache
def _words() -> _Words:
    return _Words(read_words("commitments.yaml"))
