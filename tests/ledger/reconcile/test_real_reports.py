"""Real reports: the growth of ten provinces against what was read by hand, and what holds for all pairs at hand."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from duban.documents import load
from duban.ledger.reconcile import reconcile
from duban.ledger.reconcile.knowledge import knowledge
from duban.ledger.reconcile.report import Report
from duban.ledger.reconcile.rules import default_rules
from duban.ledger.reconcile.targets import goals
from duban.reading.reader import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from duban.ledger.model import Settlement
    from duban.reading.reading import Reading

pytestmark = [pytest.mark.slow, pytest.mark.corpus]

PHRASING = {"左右": "about", "以上": "at_least", "区间": "exact"}


@cache
def readings(shared: Path, name: str) -> dict[str, Reading]:
    """The reports of a file of the corpus, by place."""
    found = (read_document(document) for document in load(shared / "corpus" / f"{name}.jsonl"))
    return {str(each.document.place): each for each in found}


@cache
def settled(shared: Path) -> dict[str, tuple[Settlement, ...]]:
    """What became of the promises of 2025, by province."""
    earlier, later = readings(shared, "provincial_2025"), readings(shared, "provincial_2026")
    return {place: reconcile(earlier[place], later[place]) for place in later}


def growth(settlements: tuple[Settlement, ...]) -> Settlement:
    found = [
        each
        for each in settlements
        if each.promise.code == "ECO.GDP"
        and each.promise.kind == "growth"
        and each.promise.target is not None
    ]
    assert len(found) == 1, [each.promise.evidence for each in found]
    return found[0]


def test_ten_targets_and_ten_results(shared: Path) -> None:
    truth = list(csv.DictReader((shared / "truth" / "province_gdp_2025.csv").open(encoding="utf-8")))
    assert len(truth) == 10
    for row in truth:
        found = growth(settled(shared)[row["province"]])
        target, outcome = found.promise.target, found.outcome
        assert target is not None
        assert outcome is not None
        low, high = Decimal(row["target_low"]), Decimal(row["target_high"])
        assert (target.value, target.high or target.value) == (low, high), row["province"]
        assert target.qualifier == PHRASING[row["phrasing"]], row["province"]
        assert outcome.value == Decimal(row["actual_2025_pct"]), row["province"]
        if row["arithmetic_only_actual>=low"] == "missed":
            assert found.verdict.value == "missed", row["province"]
        else:
            assert found.verdict.value in {"met", "exceeded"}, row["province"]


@pytest.mark.parametrize("name", ["provincial_2025", "provincial_2026"])
def test_every_province_has_one_target_for_growth(shared: Path, name: str) -> None:
    """31 of 2025, ten of 2026: one number or range each, and a qualifier."""
    for place, reading in readings(shared, name).items():
        report = Report(reading)
        found = [
            goal
            for goal in goals(report, reviewed=report.year, rules=default_rules())
            if goal.promise.code == "ECO.GDP"
            and goal.promise.kind == "growth"
            and goal.stated.figure.place is None
        ]
        assert len(found) == 1, (place, [goal.promise.evidence for goal in found])
        assert Decimal(3) <= found[0].sought.number.value <= Decimal(10), place


def test_every_quotation_stands_in_its_report(shared: Path) -> None:
    texts = {
        each.document.sha256: each.document.text
        for name in ("provincial_2025", "provincial_2026")
        for each in readings(shared, name).values()
    }
    reasons = set(knowledge("labels.yaml")["reasons"])
    for settlements in settled(shared).values():
        ids = [each.promise.id for each in settlements]
        assert len(set(ids)) == len(ids)
        for each in settlements:
            evidence = (*each.promise.evidence, *(each.outcome.evidence if each.outcome else ()))
            assert all(texts[one.document][one.start : one.end] == one.quote for one in evidence)
            assert set(each.reasons) <= reasons
