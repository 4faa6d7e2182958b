"""Lists whose counts do not match: 分别 with two subjects and three numbers, eight tasks announced and seven given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue import link
from duban.ledger.model import Evidence, Gravity
from duban.quantities.numerals import arabic, chinese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.sheet import Sheet
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["AnnouncedList", "DistributedList"]

_SHOWN = 8
"""Characters of the last item that are shown."""
_EACH = re.compile("分别|依次")
_FIRST_NUMBER = 16
"""Characters between 分别 and the first number."""
_JOINED = re.compile(r"^[（(]?[、和与及，,以]{1,2}$")
_MORE = re.compile(r"^[、和与及]\s*[0-9０-９一二三四五六七八九十]")
_SPLIT = re.compile("、|以及|和|与|及")
_QUOTED = re.compile("“[^”]*”|《[^》]*》|（[^）]*）|[(][^)]*[)]")
_NUMBERED = re.compile("[0-9０-９两二三四五六七八九十]|各|几|等|不同|其他|多")


class DistributedList:
    """A、B分别增长x、y、z: more numbers than subjects, or fewer."""

    name = "distributed_list"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        for sentence, figures in case.sheet.by_sentence():
            for clause in sentence.clauses:
                for each in _EACH.finditer(clause.text):
                    numbers = _numbers(case.sheet, figures, clause.start + each.end(), sentence.end)
                    subjects = _subjects(case, clause.text[: each.start()], numbers)
                    if subjects is None:
                        continue
                    start, end = clause.start, numbers[-1].figure.end
                    quote = case.sheet.document.text[start:end]
                    whole = Evidence(document=case.sheet.document.sha256, start=start, end=end, quote=quote)
                    evidence = (whole, *(number.evidence for number in numbers))
                    if case.holds(self, evidence, subjects.least <= len(numbers) <= subjects.most):
                        continue
                    yield case.found(
                        self,
                        Gravity.DOUBT,
                        evidence,
                        done=f"{' | '.join(subjects.names)}: {len(subjects.names)} ≠ {len(numbers)}",
                        tolerance="0",
                    )


class AnnouncedList:
    """以下八方面工作 followed by （一）to（七）."""

    name = "announced_list"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        document = case.sheet.document
        starts = sorted({clause.start for sentence in case.sheet.sentences for clause in sentence.clauses})
        blocks = sorted(block.start for block in document.blocks)
        for match in case.rules.pattern("announced").finditer(document.text):
            announced = _number(match["n"])
            first = next((start for start in starts if start >= match.end()), None)
            if announced is None or announced < 2 or first is None or first - match.end() > _FIRST_NUMBER:
                continue
            form = next((form for form in _FORMS if _ordinal(form, document.text, first) == 1), None)
            if form is None:
                continue
            given, last = _count(form, document.text, blocks if form.block else starts, first)
            evidence = tuple(
                Evidence(document=document.sha256, start=start, end=end, quote=document.text[start:end])
                for start, end in ((match.start(), match.end()), (last, last + _SHOWN))
            )
            if case.holds(self, evidence, given == announced):
                continue
            yield case.found(
                self,
                Gravity.CONTRADICTION,
                evidence,
                done=f"{match['n']} ≠ {given}",
                tolerance="0",
            )


# --- 分别 ---------------------------------------------------------------------------------------------------


class _Subjects(Struct, frozen=True):
    names: tuple[str, ...]
    least: int
    """How many there are at least, if 和 may be part of a name."""
    most: int


def _numbers(sheet: Sheet, figures: Sequence[Stated], start: int, end: int) -> list[Stated]:
    """The numbers handed out: those behind 分别 with nothing but 、 and 和 between them."""
    run: list[Stated] = []
    text = sheet.document.text
    for each in figures:
        if not start <= each.figure.start < end:
            continue
        if not run and each.figure.start - start > _FIRST_NUMBER:
            return []
        if run and not _JOINED.match(text[run[-1].figure.end : each.figure.start]):
            break
        run.append(each)
    if run and _MORE.match(text[run[-1].figure.end : run[-1].figure.end + 4]):
        return []
    return run if len({each.figure.unit for each in run}) <= 1 else []


def _subjects(case: Case, head: str, numbers: Sequence[Stated]) -> _Subjects | None:
    """What the numbers are handed out to; None where that cannot be told from the clause."""
    plain = _QUOTED.sub("某", head)
    names = tuple(name.strip() for name in _SPLIT.split(plain) if name.strip())
    if len(numbers) < 2 or len(names) < 2 or _NUMBERED.search(plain):
        return None
    pairs = len(case.rules.pattern("pairs").findall(plain))
    whole = all(_is_indicator(name, names[-1], numbers[0], case.sheet.place) for name in names)
    return _Subjects(names, len(names) if whole else 1, len(names) + pairs)


def _is_indicator(name: str, last: str, number: Stated, place: str | None) -> bool:
    """Whether a name, with what it shares with the last one of the list, is an indicator of the catalogue."""
    tails = ["", *(last[index:] for index in range(1, len(last)))]
    figure = number.figure
    return any(link(name + tail, figure.unit, figure.kind, place).code for tail in tails)


# --- 以下八方面 ---------------------------------------------------------------------------------------------


class _Form(Struct, frozen=True):
    """How the items of a list are numbered, and whether each is a paragraph of its own."""

    pattern: re.Pattern[str]
    block: bool


_CHINESE = "[一二三四五六七八九十]{1,3}"
_FORMS = (
    _Form(re.compile(f"({_CHINESE})是"), block=False),
    _Form(re.compile(f"({_CHINESE})要"), block=False),
    _Form(re.compile(f"第({_CHINESE})[，、]"), block=False),
    _Form(re.compile(f"[（(]({_CHINESE})[）)]"), block=True),
    _Form(re.compile(f"({_CHINESE})、"), block=True),
    _Form(re.compile(r"([0-9]{1,2})[.．、](?![0-9])"), block=True),
)


def _ordinal(form: _Form, text: str, at: int) -> int | None:
    found = form.pattern.match(text, at)
    return None if found is None else _number(found[1])


def _count(form: _Form, text: str, starts: Sequence[int], first: int) -> tuple[int, int]:
    """How many items follow one another from the first on, and where the last of them begins."""
    given, last = 1, first
    for start in starts:
        if start <= first:
            continue
        number = _ordinal(form, text, start)
        if number is None:
            continue
        if number != given + 1:
            break
        given, last = number, start
    return given, last


def _number(text: str) -> int | None:
    if text[0] in "0123456789０１２３４５６７８９":
        return int(arabic(text))
    found = chinese(text)
    return None if found is None or found[1] is not None else int(found[0])
