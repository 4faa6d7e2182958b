"""A draft with a slip of each sort, the sample reports without any, and numbers changed in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import duban
from duban import samples
from duban.ledger.audit import CHECKS, ReadingSeries, audit, examine, rules
from duban.ledger.audit.sheet import Sheet
from duban.ledger.model import Gravity

if TYPE_CHECKING:
    from duban.reading.reading import Reading

HERE = Path(__file__).parent
DRAFT = HERE.parent.parent / "fixtures" / "lanchuan_audit.txt"
LATER = samples.texts()[1]


@pytest.fixture(scope="module")
def earlier() -> Reading:
    return duban.read(samples.paths()[0])


def test_the_sample_reports_agree_with_themselves_and_with_one_another(earlier: Reading) -> None:
    assert audit(earlier) == ()
    assert audit(duban.read(samples.paths()[1]), earlier) == ()


def test_the_draft_has_the_slips_that_were_put_into_it_and_no_others(earlier: Reading) -> None:
    planted = yaml.safe_load((HERE / "planted.yaml").read_text(encoding="utf-8"))
    found = [
        {
            "check": each.check,
            "gravity": each.gravity.value,
            "sum": each.sum,
            "quote": each.evidence[0].quote[:24],
        }
        for each in audit(duban.read(DRAFT), earlier)
    ]
    assert found == planted


# What is changed in the later sample report, and a check that finds it.
CHANGES = [
    ("地区生产总值达到1921.7亿元、增长5.6%", "地区生产总值达到1912.7亿元、增长5.6%", "said_twice"),
    ("进出口总额203.6亿元，增长9.3%", "进出口总额206.3亿元，增长9.3%", "parts"),
    ("出口143.9亿元、进口59.7亿元", "出口134.9亿元、进口59.7亿元", "parts"),
    ("达到103.1亿元、增长4.6%", "达到103.1亿元、增长6.4%", "level_and_growth"),
    ("首次突破百亿元，达到103.1亿元", "首次突破百亿元，达到93.1亿元", "direction"),
    ("旅游收入272.3亿元", "旅游收入272.3万元", "unit_slip"),
    ("分别增长9.4%、8.9%", "分别增长8.4%、8.9%", "total_between_parts"),
    ("PM2.5平均浓度30.2微克", "PM2.5平均浓度32.2微克", "level_and_growth"),
    ("空气优良天数316天、减少2天", "空气优良天数361天、减少2天", "level_and_growth"),
    ("由58.2%提高到64.7%，提高六点五个百分点", "由58.2%提高到64.7%，提高五点五个百分点", "growth_and_change"),
    ("由136亿元增加到203.6亿元，年均增长8.4%", "由136亿元增加到203.6亿元，年均增长4.8%", "mean_growth"),
    ("城乡居民收入比由1.96降至1.92", "城乡居民收入比由1.96降至2.92", "direction"),
    ("实现“十一连丰”", "实现“十三连丰”", "streak"),
    ("比重达到2.6%，提高0.2个百分点", "比重达到6.2%，提高0.2个百分点", "share"),
]


@pytest.mark.parametrize(("old", "new", "check"), CHANGES, ids=[new for _, new, _ in CHANGES])
def test_a_number_changed_in_the_report_is_found(earlier: Reading, old: str, new: str, check: str) -> None:
    assert LATER.count(old) == 1
    text = LATER.replace(old, new)
    findings = [each for each in audit(duban.read(text), earlier) if each.check == check]
    at = text.index(new)
    assert any(at <= span.start < at + len(new) for each in findings for span in each.evidence)


def test_every_finding_can_be_pointed_at_and_is_the_same_in_every_run(earlier: Reading) -> None:
    draft = duban.read(DRAFT)
    texts = {each.document.sha256: each.document.text for each in (draft, earlier)}
    first, second = (audit(draft, earlier) for _ in range(2))
    assert first == second
    assert len({each.id for each in first}) == len(first)
    for each in first:
        assert each.evidence
        assert each.version == rules().version
        assert all(texts[span.document][span.start : span.end] == span.quote for span in each.evidence)


def test_what_was_done_is_told_whether_it_came_out_or_not(earlier: Reading) -> None:
    done = examine(Sheet(duban.read(samples.paths()[1]), rules()), ReadingSeries([earlier]), rules())
    assert done.findings == ()
    assert len(done.sums) > 80
    assert all(each.holds for each in done.sums)
    assert {each.check for each in done.sums} <= {check.name for check in CHECKS}


def test_two_reports_are_no_contradiction_where_one_may_have_been_put_right(earlier: Reading) -> None:
    text = LATER.replace("经营主体达到35.6万户、增长7.9%", "经营主体达到35.6万户、增长9.9%")
    (finding,) = [each for each in audit(duban.read(text), earlier) if each.check == "level_and_growth"]
    assert finding.gravity is Gravity.NOTE
