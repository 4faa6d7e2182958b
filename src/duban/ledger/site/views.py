"""What templates show of promises, findings and values, put into words and addresses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from duban.ledger.model import Verdict
from duban.ledger.reconcile.phrased import named, outcome, target
from duban.ledger.site.addresses import account_page
from duban.ledger.site.charts import Mark
from duban.ledger.site.report_text import Sign
from duban.ledger.site.scores import SIGNS
from duban.ledger.site.words import one_line
from duban.reading.formats.numbers import value_as_written, value_for_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from duban.ledger.model import Evidence, Finding, Settlement
    from duban.ledger.site.addresses import Addresses
    from duban.ledger.site.records import Account, Holdings, Observation, Report
    from duban.ledger.site.series import Row
    from duban.ledger.site.words import Words

__all__ = ["Found", "Promised", "Quoted", "Views", "grouped"]


class Quoted(NamedTuple):
    """Words of a report with where they stand."""

    text: str
    href: str | None
    year: int | None = None
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A promise with what became of it."""

    anchor: str
    verdict: str
    sign: str
    word: str
    name: str
    kind: str
    target: str
    outcome: str
    reasons: str
    code: str | None
    made: Quoted
    answered: Quoted | None
    row: str
    """Where it stands among the promises of its year."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A finding of the audit."""

    gravity: str
    word: str
    check: str
    sum: str
    tolerance: str
    quotes: list[Quoted]


class Views:
    """Makes them, in one language. Addresses are relative to a page one folder down."""

    def __init__(self, holdings: Holdings, addresses: Addresses, t: Words) -> None:
        self._addresses = addresses
        self._t = t
        self._reports = {report.id: report for report in holdings.reports}
        self._promised: dict[tuple[str, int], list[Promised]] = {}
        self._settled: dict[tuple[str, str, str, str | None], Promised] = {}
        for account in holdings.accounts:
            shown = [self._promise(account, settled) for settled in account.settlements]
            self._promised[account.place.key, account.year] = shown
            for settled, view in zip(account.settlements, shown, strict=True):
                promise = settled.promise
                if promise.code and promise.target:
                    key = (account.place.key, promise.code, promise.kind, promise.target.period)
                    self._settled.setdefault(key, view)

    def promises(self, account: Account) -> list[Promised]:
        """The promises of an account, in the order of the text."""
        return self._promised[account.place.key, account.year]

    def verdict_on(self, row: Row, code: str) -> Promised | None:
        """The promise whose target a row shows, with the verdict on it."""
        return self._settled.get((row.place.key, code, row.kind, row.period))

    def claims(self, account: Account) -> list[Quoted]:
        """What the later report of an account claims that no promise announced."""
        claimed = (each.outcome.evidence for each in account.unannounced)
        return [self._quoted(evidence[-1], account.later, evidence[0]) for evidence in claimed]

    def findings(self, report: Report, found: Iterable[Finding]) -> list[Found]:
        """The findings of a report."""
        return [self._finding(report, each) for each in found]

    def signs(self, made: Account | None, answered: Account | None) -> Iterator[Sign]:
        """What stands before the clauses of a report: what became of its promises, and which promises it answers."""
        if made is not None:
            for settled, view in zip(made.settlements, self.promises(made), strict=True):
                if settled.verdict is not Verdict.NOT_CHECKABLE:
                    yield self._fate(settled, view, made.later.year)
        if answered is not None:
            for settled, view in zip(answered.settlements, self.promises(answered), strict=True):
                if settled.outcome is not None and settled.verdict is not Verdict.NOT_CHECKABLE:
                    yield self._back(settled, view, answered.year)

    # --- values ---------------------------------------------------------------------------------------------

    def value(self, each: Observation) -> str:
        """As written; where a correction holds, as corrected."""
        if each.corrected:
            record: dict[str, object] = {
                "value": each.value, "high": each.high, "kind": each.kind, "qualifier": each.qualifier,
            }  # fmt: skip
            return f"{value_for_people(record, self._t.lang)} {each.unit}".rstrip()
        return value_as_written({"text": each.text, "value": each.value}, self._t.lang)

    def href(self, each: Observation) -> str:
        """The sentence that a value stands in."""
        return f"../reports/{each.report}.html#f-{each.figure}"

    def marks(self, rows: Iterable[Row], *, by: str) -> list[Mark]:
        """The values of rows for a chart, `by` year or place."""
        return [
            Mark(
                at=row.year if by == "year" else row.place.name,
                low=each.value,
                high=each.high,
                shape=each.status,
                bound=each.qualifier if each.status == "target" and each.qualifier in _BOUNDS else "",
                label=f"{row.place.name} {row.period} {self._t.status(each.status)} {self.value(each)}",
                href=self.href(each),
            )
            for row in rows
            for each in row.found
        ]

    # --- promises -------------------------------------------------------------------------------------------

    def _promise(self, account: Account, settled: Settlement) -> Promised:
        promise, t = settled.promise, self._t
        row = f"../{account_page(account)}#p-{promise.id}"
        return Promised(
            anchor=f"p-{promise.id}",
            verdict=settled.verdict.value,
            sign=SIGNS[settled.verdict],
            word=t.verdict(settled.verdict.value),
            name=_cut(named(settled, t.lang)),
            kind=promise.kind,
            target=target(settled, t.lang),
            outcome=outcome(settled, t.lang),
            reasons=t.reasons(settled.reasons),
            code=promise.code,
            made=self._quoted(
                promise.evidence[min(1, len(promise.evidence) - 1)], account.earlier, promise.evidence[0]
            ),
            answered=self._answer(account, settled),
            row=row,
        )

    def _answer(self, account: Account, settled: Settlement) -> Quoted | None:
        found = settled.outcome
        if found is None:
            return None
        words = (
            found.evidence[1] if found.value is not None and len(found.evidence) > 1 else found.evidence[0]
        )
        return self._quoted(words, account.later, found.evidence[0])

    def _quoted(self, words: Evidence, near: Report, exactly: Evidence) -> Quoted:
        """A clause, and the address of what in it is meant."""
        address = self._addresses.of(exactly, near)
        return Quoted(one_line(words.quote, _QUOTED), address and f"../{address}", near.year)

    def _fate(self, settled: Settlement, view: Promised, year: int) -> Sign:
        start = settled.promise.evidence[min(1, len(settled.promise.evidence) - 1)].start
        if view.answered is not None and view.answered.href:
            label = self._t("answered", verdict=view.word, year=year)
            return Sign(start, view.sign, f"v-{view.verdict}", label, view.answered.href)
        return Sign(
            start, view.sign, f"v-{view.verdict}", self._t("settled_row", verdict=view.word), view.row
        )

    def _back(self, settled: Settlement, view: Promised, year: int) -> Sign:
        assert settled.outcome is not None  # noqa: S101 - for the type checker: the caller has looked
        found = settled.outcome.evidence
        start = found[1].start if settled.outcome.value is not None and len(found) > 1 else found[0].start
        label = self._t("answers", year=year, verdict=view.word)
        return Sign(start, "↩", "back", label, view.made.href or view.row)

    # --- findings -------------------------------------------------------------------------------------------

    def _finding(self, report: Report, found: Finding) -> Found:
        return Found(
            gravity=found.gravity.value,
            word=self._t.gravity(found.gravity.value),
            check=self._t.check(found.check),
            sum=found.sum,
            tolerance=found.tolerance,
            quotes=[self._evidence(each, report) for each in found.evidence],
        )

    def _evidence(self, evidence: Evidence, near: Report) -> Quoted:
        report = self._addresses.report_of(evidence, near)
        address = self._addresses.of(evidence, near)
        other = report is not None and report.id != near.id
        return Quoted(
            one_line(_clause(evidence, report) if report else evidence.quote, _QUOTED),
            address and f"../{address}",
            report.year if report and other else None,
            report.place.name if report and report.place != near.place else "",
        )


_BOUNDS = ("at_least", "at_most")
_QUOTED, _SHORT = 240, 90


def _clause(evidence: Evidence, report: Report) -> str:
    """The clause that a figure stands in; of anything longer its own words."""
    around = (
        each.text
        for each in report.reading.statements
        if each.start <= evidence.start < evidence.end <= each.end
    )
    return next(around, evidence.quote)


def _cut(name: str) -> str:
    return name if len(name) <= _SHORT else name[: _SHORT - 1] + "…"


def grouped(promises: Iterable[Promised]) -> Mapping[str, list[Promised]]:
    """By verdict."""
    found: dict[str, list[Promised]] = defaultdict(list)
    for each in promises:
        found[each.verdict].append(each)
    return found
