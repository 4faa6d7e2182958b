"""What a plan promised and the next report says: the cases of cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from duban.ledger.model import Verdict
from duban.ledger.reconcile import default_rules, reconcile, unannounced
from duban.ledger.reconcile.verdicts import Better, Number, Sought, judge
from duban.reading.model import Qualifier
from tests.ledger.reconcile.reports import pair

if TYPE_CHECKING:
    from decimal import Decimal

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


WRITTEN = {
    Qualifier.EXACT: "{}%",
    Qualifier.ABOUT: "{}%左右",
    Qualifier.AT_LEAST: "{}%以上",
    Qualifier.AT_MOST: "{}%以内",
}
rates = st.decimals(min_value="0.1", max_value=30, places=1)


@settings(max_examples=60, deadline=None)
@given(aim=rates, result=rates, how=st.sampled_from(list(WRITTEN)))
def test_what_is_written_is_settled_as_the_numbers_are(aim: Decimal, result: Decimal, how: Qualifier) -> None:
    earlier, later = pair(f"进出口总额增长{WRITTEN[how].format(aim)}。", f"进出口总额增长{result}%。")
    (found,) = reconcile(earlier, later)
    sought = Sought(number=Number(aim, None, how), better=Better.MORE, year=2025, rate=True)
    assert found.verdict is judge(sought, Number(result), default_rules()).verdict


def test_reports_without_a_plan_or_a_review_promise_and_answer_nothing() -> None:
    earlier, later = pair("", "")
    assert reconcile(earlier, later) == ()
    assert unannounced(earlier, later) == ()


def test_a_review_without_a_plan_before_it_is_all_unannounced() -> None:
    earlier, later = pair("", "新建霁湖健身驿站40个。霁湖体育馆建成投用。")
    assert [claim.name for claim in unannounced(earlier, later)] == ["新建霁湖健身驿站", "霁湖体育馆建成投用"]


def test_nothing_in_the_later_report_leaves_every_promise_open() -> None:
    earlier, later = pair("地区生产总值增长5%左右。居民收入增长与经济增长同步。建成霁湖国家湿地公园。", "")
    assert [each.verdict for each in reconcile(earlier, later)] == [Verdict.NO_ANSWER] * 3
