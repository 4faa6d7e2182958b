"""Each check by its cases (cases/*.yaml): what it finds, with the sum, and what it lets be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import duban
from duban.ledger.audit import CHECKS, ReadingSeries, audit

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}: {case['it']}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def found(check: str, case: dict[str, Any]) -> list[Any]:
    place, year = case.get("place", "澜川市"), case.get("year", 2026)
    others = [duban.read(text, place=place, year=before) for before, text in case.get("before", {}).items()]
    others += [duban.read(text, place=name, year=year) for name, text in case.get("elsewhere", {}).items()]
    report = duban.read(case["text"], place=place, year=year)
    texts = {each.document.sha256: each.document.text for each in (report, *others)}
    findings = [each for each in audit(report, series=ReadingSeries(others)) if each.check == check]
    for finding in findings:
        assert all(texts[each.document][each.start : each.end] == each.quote for each in finding.evidence)
    return findings


@pytest.mark.parametrize(("check", "case"), CASES)
def test_finds_what_cannot_be_true_and_nothing_else(check: str, case: dict[str, Any]) -> None:
    wanted = case.get("found", [])
    findings = found(check, case)
    assert [(each.gravity.value, each.sum) for each in findings] == [
        (each["gravity"], each["sum"]) for each in wanted
    ]
    for finding, expected in zip(findings, wanted, strict=True):
        assert expected.get("quotes") in (None, [each.quote for each in finding.evidence])


def test_every_check_has_cases_of_both_sorts() -> None:
    sorts = {(param.values[0], "found" in param.values[1]) for param in CASES}  # type: ignore[operator]
    assert sorts == {(check.name, yes) for check in CHECKS for yes in (True, False)}
