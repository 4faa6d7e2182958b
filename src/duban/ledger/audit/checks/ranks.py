"""Places in an order: by how many one moved, and whether others leave room for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.ledger.audit.moves import moves
from duban.ledger.audit.sums import finite
from duban.ledger.model import Gravity
from duban.reading.model import DistinctionType, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Evidence, Finding

__all__ = ["RankAmongPeers", "RankMove"]

# 第2位 right behind the value that it is of: 19项、全国第2; nothing else named between.
_BARE = re.compile(
    r"^[，、,（(]?\s*(?:均|位|列|居|位居|位列|排名|排|稳居|保持)?(?:全国|全省)?(?:各省(?:区市)?)?$"
)
_NO_PLACE = re.compile("前[列茅三五十]|方阵|第一梯队|前[0-9一二三四五六七八九十]")
_FIELD = re.compile("全国|全省")


class RankMove:
    """由第5位升至第3位, 前移3位: the two places do not differ by so many."""

    name = "rank_move"
    allows = "计数 count"

    def find(self, case: Case) -> Iterator[Finding]:
        for _sentence, figures in case.sheet.by_sentence():
            for move in moves(case.sheet, figures):
                if move.later.kind is not Kind.RANK:
                    continue
                by = _moved_by(move.later, figures)
                went = move.earlier.value - move.later.value
                evidence = (move.earlier.evidence, move.later.evidence, *((by.evidence,) if by else ()))
                if by is not None and not case.holds(self, evidence, abs(by.value) == abs(went)):
                    yield case.found(
                        self,
                        Gravity.CONTRADICTION,
                        evidence,
                        done=f"{move.earlier.value} − {move.later.value} = {went} ≠ {by.figure.text}",
                        tolerance="0",
                    )


class RankAmongPeers:
    """A place in an order of which too many others are better by what their own reports say."""

    name = "rank_among_peers"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for rank, evidence, own in _ranked(case):
            if own.year is None or own.code is None:
                continue
            mine = finite(own)
            better: dict[str | None, Stated] = {}
            for each in case.series.elsewhere(
                own.name, own.home, level=case.sheet.document.level, year=own.year
            ):
                theirs = finite(each, own)
                if mine is None or theirs is None or each.kind is not own.kind or not each.happened:
                    continue
                comparable = each.figure.place is None and each.scope == own.scope
                if comparable and theirs.low > mine.high:
                    better[each.home] = each
            shown = list(better.items())[: rank + 2]
            evidence_ = (evidence, own.evidence, *(each.evidence for _, each in shown))
            if not case.holds(self, evidence_, len(better) < rank):
                yield case.found(
                    self,
                    Gravity.DOUBT,
                    evidence_,
                    done=f"{own.figure.text} < {', '.join(f'{place} {each.figure.text}' for place, each in shown)}",
                    tolerance=case.span(own),
                )


def _moved_by(later: Stated, figures: Sequence[Stated]) -> Stated | None:
    """The change in places that is stated behind a move."""
    for each in figures:
        if each.figure.start > later.figure.end and each.figure.unit == "位" and each.kind is Kind.CHANGE:
            return each
    return None


def _ranked(case: Case) -> Iterator[tuple[int, Evidence, Stated]]:
    """Each place in an order with the value that stands right before it."""
    for figure in case.sheet.figures:
        if figure.kind is Kind.RANK and figure.exact and figure.figure.place is None:
            own = _before(case, figure.figure.start)
            if own is not None:
                yield int(figure.value), figure.evidence, own
    taken = {(each.figure.start, each.figure.end) for each in case.sheet.figures if each.kind is Kind.RANK}
    for claim in case.sheet.claims:
        found = claim.distinction
        if found.type is not DistinctionType.RANK or not found.n or _NO_PLACE.search(found.text):
            continue
        if any(start < found.end and found.start < end for start, end in taken):
            continue
        own = _before(case, found.start)
        if own is not None and found.scope in {"全国", "全省"}:
            yield found.n, claim.evidence, own


def _before(case: Case, at: int) -> Stated | None:
    """The value right before a place in an order."""
    figures = [each for each in case.sheet.in_sentence_of(at) if each.figure.end <= at]
    if not figures:
        return None
    own = figures[-1]
    text = case.sheet.document.text
    between = text[own.figure.end : at]
    if own.kind not in {Kind.LEVEL, Kind.GROWTH} or not own.happened or own.figure.place is not None:
        return None
    return own if own.exact and _BARE.match(between) and _FIELD.search(between + text[at : at + 4]) else None
