"""How right the audit is over a corpus, and how much of what is wrong it finds.

`python -m evaluation.audit` reads every report of `../shared/corpus`, does every sum, and prints how many came out and
what was found. `--planted 300` then changes one number at a time of sums that came out, reads the report again and
tells how often the audit finds the change, and whether it blames anything else. The draws are the same in every run.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from duban.documents.build import from_text
from duban.documents.load import load
from duban.ledger.audit import ReadingSeries, examine, rules
from duban.ledger.audit.sheet import Sheet
from duban.reading.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.documents.model import Document
    from duban.ledger.audit.check import Sum
    from duban.ledger.model import Evidence, Finding

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
SEED = 20261126
SAMPLE = 30
EACH = 40
"""Changes drawn for each check at most: some do hundreds of sums."""
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# Their sums are of headings, sentences or counts in words: no number to change.
_NO_NUMBER = frozenset(
    {"numbering", "repeated", "announced_list", "distributed_list", "streak", "count_of_years"}
)


class Change(NamedTuple):
    """One number of a report changed."""

    check: str
    """Whose sum it was drawn from."""
    evidence: Evidence
    to: str
    sort: str


class Audited(NamedTuple):
    """A corpus, laid out and audited."""

    sheets: list[Sheet]
    series: ReadingSeries
    findings: list[tuple[Document, Finding]]
    sums: list[tuple[Sheet, Sum]]


def audited(folder: Path) -> Audited:
    """Every report of a folder of corpora held to itself and to the others."""
    used = rules()
    sheets = [
        Sheet(read_document(document), used)
        for path in sorted(folder.glob("*.jsonl"))
        for document in load(path)
    ]
    series = ReadingSeries(rules=used)
    for sheet in sheets:
        series.add(sheet)
    findings: list[tuple[Document, Finding]] = []
    sums: list[tuple[Sheet, Sum]] = []
    for sheet in sheets:
        done = examine(sheet, series, used)
        findings += [(sheet.document, each) for each in done.findings]
        sums += [(sheet, each) for each in done.sums]
    return Audited(sheets, series, findings, sums)


def sampled(
    findings: Sequence[tuple[Document, Finding]], size: int = SAMPLE
) -> list[tuple[Document, Finding]]:
    """So many findings drawn at random, or all where there are no more, in the order of checks and reports."""
    drawn = list(findings) if len(findings) <= size else random.Random(SEED).sample(list(findings), size)
    return sorted(drawn, key=lambda pair: (pair[1].check, pair[0].id, pair[1].id))


def main() -> None:
    """Print what the audit finds in a corpus, and what it finds of numbers that were changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--planted", type=int, default=0, help="how many numbers to change")
    parser.add_argument(
        "--show", type=int, default=0, help="how many of the changes that were missed to print"
    )
    parser.add_argument(
        "--draw", type=int, default=0, help="how many of the findings on changed reports to print"
    )
    options = parser.parse_args()
    done = audited(options.folder)
    print(f"{len(done.sheets)} reports, {len(done.sums)} sums, {len(done.findings)} findings")
    counts = Counter((each.check, each.holds) for _, each in done.sums)
    for check in sorted({check for check, _ in counts}):
        print(f"  {check:20} {counts[check, True]:5} came out {counts[check, False]:3} did not")
    for document, finding in sampled(done.findings):
        print(
            f"{document.id} [{finding.check}, {finding.gravity.value}] {finding.sum}  ({finding.tolerance})"
        )
    if options.planted:
        planted(done, options.planted, show=options.show, print_found=options.draw)


# --- changes -------------------------------------------------------------------------------------------------


def planted(done: Audited, size: int, *, show: int = 0, print_found: int = 0) -> None:
    """Change numbers one at a time and print how many of the changes are found."""
    shown: list[str] = []
    draw = random.Random(SEED)
    changes = list(_changes(done, draw))
    drawn = draw.sample(changes, min(size, len(changes)))
    found: dict[str, list[bool]] = defaultdict(list)
    blamed = 0
    for sheet, change in drawn:
        new = _new_findings(done, sheet, change)
        hit = [each for each in new if _touches(each, change, sheet.document)]
        found[change.check].append(bool(hit))
        found[f"({change.sort})"].append(bool(hit))
        blamed += len(new) - len(hit)
        shown += [
            f"{sheet.document.id} | {change.evidence.quote} → {change.to} | {each.check}, {each.gravity.value} | {each.sum}"
            for each in new
        ]
        if not hit and show > 0:
            show -= 1
            text = sheet.document.text
            start = change.evidence.start
            print(
                f"  missed: {sheet.document.id} {change.check} …{text[start - 24 : start]}【{change.evidence.quote} → {change.to}】"
            )
    for line in draw.sample(shown, min(print_found, len(shown))):
        print(f"  {' '.join(line.split())}")
    total = [hit for name, hits in found.items() if not name.startswith("(") for hit in hits]
    print(f"{len(total)} numbers changed, {sum(total)} found, {blamed} findings that do not touch the change")
    for name in sorted(found):
        print(f"  {name:20} {len(found[name]):4} changed {sum(found[name]):4} found")


def _changes(done: Audited, draw: random.Random) -> Iterator[tuple[Sheet, Change]]:
    """Numbers of sums that came out, each with another in its place."""
    by_check: dict[str, list[tuple[Sheet, Sum]]] = defaultdict(list)
    for sheet, each in done.sums:
        if each.holds and each.check not in _NO_NUMBER:
            by_check[each.check].append((sheet, each))
    for check in sorted(by_check):
        sums = by_check[check]
        for sheet, each in draw.sample(sums, min(EACH, len(sums))):
            own = [
                span
                for span in each.evidence
                if span.document == sheet.document.sha256 and _numeral(span.quote)
            ]
            if not own:
                continue
            evidence = draw.choice(own)
            for sort, to in (
                ("digit", _other_digit(evidence.quote, draw)),
                ("万亿", _slipped(evidence.quote)),
            ):
                if to is not None and (sort == "digit" or check == "unit_slip"):
                    yield sheet, Change(check, evidence, to, sort)


def _numeral(quote: str) -> re.Match[str] | None:
    return re.search("[0-9０-９][0-9０-９.．,，]*", quote)


def _other_digit(quote: str, draw: random.Random) -> str | None:
    """The first digit replaced by another, as a slip of the hand would."""
    found = re.search("[1-9１-９]", quote)
    if found is None:
        return None
    digit = found[0]
    wide = digit > "9"
    others = [
        str(each)
        for each in range(1, 10)
        if str(each) != digit.translate({ord("０") + i: str(i) for i in range(10)})
    ]
    new = draw.choice(others)
    return quote[: found.start()] + (new.translate(_WIDE) if wide else new) + quote[found.end() :]


def _slipped(quote: str) -> str | None:
    """亿 for 万, or the other way round."""
    if "万亿" in quote:
        return None
    if "亿" in quote:
        return quote.replace("亿", "万")
    return quote.replace("万", "亿") if "万" in quote else None


def _new_findings(done: Audited, sheet: Sheet, change: Change) -> list[Finding]:
    """What the audit finds in the changed report that it did not find before."""
    document = sheet.document
    start, end = change.evidence.start, change.evidence.end
    text = document.text[:start] + change.to + document.text[end:]
    changed = from_text(
        text, source=document.source, id=document.id, place=document.place, year=document.year, title=document.title,
        level=document.level,
    )  # fmt: skip
    before = {_shape(each) for of, each in done.findings if of.sha256 == document.sha256}
    before |= {(check, "") for check, _ in before if check in _NO_NUMBER}
    findings = examine(Sheet(read_document(changed), rules()), done.series, rules()).findings
    return [each for each in findings if not {_shape(each), (each.check, "")} & before]


def _shape(finding: Finding) -> tuple[str, str]:
    return finding.check, finding.sum


def _touches(finding: Finding, change: Change, document: Document) -> bool:
    """Whether a finding rests on the changed number."""
    return (
        any(
            each.document != document.sha256 and each.start <= change.evidence.start < each.end
            for each in finding.evidence
        )
        or change.to in finding.sum
    )


if __name__ == "__main__":
    main()
