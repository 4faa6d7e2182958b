"""The sample city: its records bear out what its reports claim, but for what is planted."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml

import duban
from duban import samples
from duban.measures.pack import installed, read
from duban.measures.verify import Verdict, verify

THERE = [name for name in installed() if samples.records_path(name).is_dir()]
PLANTED: list[dict[str, Any]] = [
    entry
    for entry in yaml.safe_load(samples.contradictions_path().read_text(encoding="utf-8"))
    if entry["pack"] in THERE
]


@pytest.mark.parametrize("path", samples.paths(), ids=lambda path: path.stem)
def test_what_is_planted_is_found_and_nothing_else(path: Any) -> None:
    packs = [read(name) for name in THERE]
    with verify(duban.read(path), packs, samples.records_path(THERE[0]).parent) as found:
        contradicted = {
            (each.claim.quote, each.computed.way.pack, each.shown)
            for each in found.outcomes
            if each.verdict is Verdict.CONTRADICTED and each.computed
        }
        told = [each for each in found.outcomes if each.verdict is not Verdict.CANNOT_TELL]
    assert contradicted == {
        (each["stated"], each["pack"], Decimal(str(each["computed"])))
        for each in PLANTED
        if each["report"] == path.name
    }
    assert len(told) > len(contradicted)
    assert not found.records.problems


@pytest.mark.parametrize("entry", PLANTED, ids=lambda entry: entry["quote"])
def test_what_is_planted_stands_in_its_report(entry: dict[str, Any]) -> None:
    text = next(path for path in samples.paths() if path.name == entry["report"]).read_text(encoding="utf-8")
    assert text.count(entry["quote"]) == 1
    assert entry["stated"] in entry["quote"]
