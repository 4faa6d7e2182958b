"""What a plan promised and the next report says: the cases of cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from duban.ledger.reconcile import reconcile
from tests.ledger.reconcile.reports import pair

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    earlier, later = pair(
        case["plan"], case["review"], last=case.get("last", ""), following=case.get("next", "")
    )
    found = reconcile(earlier, later)
    said = [(each.promise.name, each.verdict.value, each.reasons) for each in found]
    assert [verdict for _, verdict, _ in said] == [expected[0] for expected in case["verdicts"]], said
    for (_, _, reasons), (_, deciding, *others) in zip(said, case["verdicts"], strict=True):
        assert reasons[0] == deciding, said
        assert set(others) <= set(reasons), said
