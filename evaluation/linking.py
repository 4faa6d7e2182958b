"""Read a corpus, link every figure to the catalogue, and print how far that goes: `make links`.

Shares are of all figures, by file of the corpus and by field; of the targets in the sentences of the plan that set the
main ones (预期目标, 主要目标); and of the results in the review whose phrase has the words of a headline indicator in it
(生产总值, 可支配收入…), whatever else it has: in the sentences that state the gross domestic product, and in all. Then
the commonest phrases that stay unlinked, each with the reason.
"""

from __future__ import annotations

import argparse
import itertools
import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue import Link, indicators, link
from duban.documents.corpus import read_corpus
from duban.documents.model import Part
from duban.reading.model import Figure, Status
from duban.reading.reader import read_document
from evaluation.annotated import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duban.documents.model import Document

__all__ = ["SEED", "Linked", "drawn", "linked_figures", "main", "share"]

SEED = 20261126
"""Of the draw whose links were checked by hand and are kept in tests/catalogue/links.yaml."""
_PLAN = frozenset({Part.PLAN_YEAR, Part.PLAN_OUTLINE})
_REVIEW = frozenset({Part.REVIEW_YEAR, Part.REVIEW_TERM})
_TARGETS = re.compile(r"预期目标|主要目标")
_HEADLINE = re.compile(
    "生产总值|(?:[一二三]产业?|农业|工业|服务业)增加值|工农?业总产值|固定资产投资|社会消费品?零售总额|进出口"
    "|预算收入|财政收入|可支配收入|纯收入|居民消费价格|城镇新增就业|失业率|粮食总?产量"
)
_PRODUCT = "生产总值"
_STOP = re.compile(r"[。！？!?\n]")


class Linked(Struct, frozen=True, kw_only=True):
    """A figure of a report with the link of its phrase."""

    corpus: str
    report: str
    sentence: str
    """From one full stop to the next, the number between 【 and 】."""
    part: Part
    figure: Figure
    link: Link

    @property
    def is_target(self) -> bool:
        """Whether it is a target, in a sentence of the plan that sets the main ones."""
        promised = self.figure.status is Status.TARGET
        return promised and self.part in _PLAN and bool(_TARGETS.search(self.sentence))

    @property
    def is_headline(self) -> bool:
        """Whether it is a headline result in a sentence that states the gross domestic product."""
        return self.has_headline_words and _PRODUCT in self.sentence

    @property
    def has_headline_words(self) -> bool:
        """Whether it is a result under review, and its phrase has the words of a headline indicator in it."""
        reached = self.figure.status in {Status.ACTUAL, Status.ESTIMATE}
        return reached and self.part in _REVIEW and bool(_HEADLINE.search(self.figure.indicator))


def linked_figures(folder: Path) -> Iterator[Linked]:
    """Every figure of every report in the JSONL files of a folder, linked."""
    for path in sorted(folder.glob("*.jsonl")):
        for document in read_corpus(path):
            for figure in read_document(document).figures:
                yield Linked(
                    corpus=path.stem,
                    report=document.id,
                    sentence=_sentence(document, figure),
                    part=document.sections[figure.section].part,
                    figure=figure,
                    link=link(figure.indicator, figure.unit, figure.kind, document.place),
                )


def share(figures: Iterable[Linked]) -> tuple[int, int, float]:
    """(linked, all, linked / all)."""
    codes = [each.link.code for each in figures]
    linked = sum(code is not None for code in codes)
    return linked, len(codes), linked / len(codes) if codes else 0.0


def drawn(figures: Iterable[Linked], count: int, *, seed: int = SEED) -> list[Linked]:
    """`count` of the figures at random, the same for the same seed: one of every report, then another, and so on."""
    reports: dict[str, list[Linked]] = {}
    for each in figures:
        reports.setdefault(each.report, []).append(each)
    chance = random.Random(seed)
    for some in reports.values():
        chance.shuffle(some)
    turns = itertools.chain.from_iterable(itertools.zip_longest(*(reports[name] for name in sorted(reports))))
    return list(itertools.islice((each for each in turns if each is not None), count))


def _sentence(document: Document, figure: Figure) -> str:
    """The words from full stop to full stop round a figure; a line that ends in a colon goes on to the next stop."""
    text = document.text
    block = next(b for b in document.blocks if b.start <= figure.start < b.end)
    start = max((m.end() for m in _STOP.finditer(text, block.start, figure.start)), default=block.start)
    stop = _STOP.search(text, figure.end)
    end = stop.end() if stop else len(text)
    return f"{text[start : figure.start]}【{figure.text}】{text[figure.end : end]}"


def main() -> None:
    """Print the shares and the phrases left over."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of real reports")
    parser.add_argument(
        "--left", type=int, default=50, metavar="N", help="print the N commonest phrases left over"
    )
    parser.add_argument(
        "--draw", type=int, default=0, metavar="N", help="print N links at random, to check by hand"
    )
    parser.add_argument(
        "--draw-left", type=int, default=0, metavar="N", help="print N unlinked figures at random"
    )
    options = parser.parse_args()
    figures = list(linked_figures(options.shared / "corpus"))
    if not figures:
        sys.exit(f"no reports in {options.shared / 'corpus'}")
    if options.draw or options.draw_left:
        _print_drawn([each for each in figures if each.link.code], options.draw)
        _print_drawn([each for each in figures if not each.link.code], options.draw_left)
        return
    _print_shares(figures)
    _print_fields(figures)
    _print_left_over(figures, options.left)


def _print_drawn(figures: list[Linked], count: int) -> None:
    for each in drawn(figures, count):
        figure, found = each.figure, each.link
        said = f"{figure.indicator} [{figure.kind.value}, {figure.unit or 'no unit'}]"
        print(
            f"{each.report}\n  {said} -> {found.code or found.reasons[0].value} ({found.score})\n  {each.sentence.strip()}"
        )


def _print_shares(figures: list[Linked]) -> None:
    print(f"{'figures':<32}{'linked':>8}{'of':>8}{'share':>8}")
    rows = {
        name: [each for each in figures if each.corpus == name]
        for name in sorted({f.corpus for f in figures})
    }
    rows["all"] = figures
    rows["main expected targets"] = [each for each in figures if each.is_target]
    rows["headline economic results"] = [each for each in figures if each.is_headline]
    rows["headline words, all the review"] = [each for each in figures if each.has_headline_words]
    for name, some in rows.items():
        linked, all_, part = share(some)
        print(f"{name:<32}{linked:>8}{all_:>8}{part:>8.1%}")


def _print_fields(figures: list[Linked]) -> None:
    known = indicators()
    codes = Counter(each.link.code for each in figures if each.link.code)
    print(f"\n{'field':<32}{'linked':>8}{'share':>8}{'indicators':>12}{'found':>8}")
    for field in dict.fromkeys(entry.field for entry in known.values()):
        mine = [code for code, entry in known.items() if entry.field == field]
        linked = sum(codes[code] for code in mine)
        found = sum(code in codes for code in mine)
        print(f"{field:<32}{linked:>8}{linked / len(figures):>8.1%}{len(mine):>12}{found:>8}")
    print(f"{'all':<32}{codes.total():>8}{codes.total() / len(figures):>8.1%}{len(known):>12}{len(codes):>8}")


def _print_left_over(figures: list[Linked], count: int) -> None:
    left = Counter(
        (each.figure.indicator, each.figure.kind.value, each.figure.unit, each.link.reasons[0].value)
        for each in figures
        if each.link.code is None
    )
    print(f"\nthe {count} commonest phrases left over")
    for (phrase, kind, unit, reason), number in left.most_common(count):
        print(f"{number:>6}  {phrase or '(none)'} [{kind}, {unit or 'no unit'}]: {reason}")


if __name__ == "__main__":
    main()
