"""Targets without a number: which clauses tie what to what."""

from __future__ import annotations

import pytest

from duban.ledger.reconcile.relations import Tie, ties

TIES = [
    ("居民收入增长与经济增长同步", [("in_step", "居民收入", "经济")]),
    ("居民收入增长和经济增长基本同步", [("in_step", "居民收入", "经济")]),
    ("居民收入和经济增长基本同步", [("in_step", "居民收入", "经济")]),
    ("居民人均可支配收入增长与经济增长保持同步", [("in_step", "居民人均可支配收入", "经济")]),
    ("努力实现居民收入增长和经济发展同步", [("in_step", "居民收入", "经济")]),
    ("城乡居民人均收入实际增长与经济增长同步", [("in_step", "城乡居民人均收入", "经济")]),
    ("使城乡居民收入与经济同步增长", [("in_step", "城乡居民收入", "经济")]),
    ("居民人均可支配收入增长与国内生产总值增长基本同步", [("in_step", "居民人均可支配收入", "国内生产总值")]),
    (
        "努力实现居民收入增长和经济发展同步、劳动报酬增长和劳动生产率提高同步",
        [("in_step", "居民收入", "经济"), ("in_step", "劳动报酬", "劳动生产率")],
    ),
    ("城乡居民人均可支配收入增速高于经济增长速度", [("faster", "城乡居民人均可支配收入", "经济")]),
    ("居民人均可支配收入增长快于经济增长", [("faster", "居民人均可支配收入", "经济")]),
    (
        "居民收入增速高于经济增速、高于全国平均水平",
        [("faster", "居民收入", "经济"), ("faster", "居民收入", "全国平均水平")],
    ),
    (
        "确保项目投资增速快于GDP增速、制造业投资增速快于面上投资增速",
        [("faster", "项目投资", "GDP"), ("faster", "制造业投资", "面上投资增速")],
    ),
    ("进出口增速力争高于全国平均水平", [("faster", "进出口", "全国平均水平")]),
    ("固定资产投资增速保持在全国平均水平以上", [("faster", "固定资产投资", "全国平均水平")]),
    ("经济增速要高于全省水平", [("faster", "经济", "全省水平")]),
    (
        "农村常住居民人均可支配收入增速高于全国平均水平、高于城镇居民收入增速",
        [("faster", "农村常住居民人均可支配收入", "全国平均水平"), ("faster", "农村常住居民人均可支配收入", "城镇居民收入")],
    ),
    ("脱贫地区农牧民人均可支配收入增速不低于全区平均水平", [("at_least", "脱贫地区农牧民人均可支配收入", "全区平均水平")]),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "expected"), TIES)
def test_what_is_tied_to_what(clause: str, expected: list[tuple[str, str, str]]) -> None:
    assert list(ties(clause)) == [Tie(*each) for each in expected]


NO_TIES = [
    "积极引导宗教与社会主义社会相适应",
    "推进城市更新与存量盘活",
    "地表水国控断面水质比例不低于97.5%",
    "新建数据中心绿电比例高于80%",
    "同步完善工资制度",
    "推动县城与乡村建设同步规划",
    "地区生产总值增长5%左右",
]


@pytest.mark.parametrize("clause", NO_TIES)
def test_what_ties_nothing(clause: str) -> None:
    assert list(ties(clause)) == []
