"""Numbers as official Chinese writes them: what each states, or why it states nothing."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.quantities import words
from duban.quantities.model import NotFigure, Quantity
from duban.quantities.scanner import parse, scan

QUANTITIES = [
    # text, value, high, unit, qualifier
    ("增长6.5%", "6.5", None, "%", "exact"),
    ("增长６．５％", "6.5", None, "%", "exact"),
    ("增长19·5％", "19.5", None, "%", "exact"),
    ("产量1,361万吨", "13610000", None, "吨", "exact"),
    ("完成12.6亿元", "1260000000", None, "元", "exact"),
    ("总额3.3万亿元", "3300000000000", None, "元", "exact"),
    ("改造620多万套", "6200000", None, "套", "over"),
    ("近千个", "1000", None, "个", "nearly"),
    ("超千亿元", "100000000000", None, "元", "over"),
    ("上亿市场主体", "100000000", None, "户", "over"),
    ("建设百万千瓦风电", "1000000", None, "千瓦", "exact"),
    ("66千伏变电站", "66", None, "千伏", "exact"),
    ("200万千瓦时", "2000000", None, "千瓦时", "exact"),
    ("平均浓度32.2微克/立方米", "32.2", None, "微克/立方米", "exact"),
    ("百分之七点八", "7.8", None, "%", "exact"),
    ("千分之五点二", "5.2", None, "‰", "exact"),
    ("压减三分之一以上", "33.33", None, "%", "at_least"),
    ("压缩一半以上", "50", None, "%", "at_least"),
    ("翻两番", "2", None, "番", "exact"),
    ("增长1.8倍", "1.8", None, "倍", "exact"),
    ("达到一千二百亿元", "120000000000", None, "元", "exact"),
    ("六亿三千多万平方米", "630000000", None, "平方米", "over"),
    ("提高六点五个百分点", "6.5", None, "个百分点", "exact"),
    ("增长5%—5.5%", "5", "5.5", "%", "exact"),
    ("增长4.5%至5%", "4.5", "5", "%", "exact"),
    ("增长4.5-5%", "4.5", "5", "%", "exact"),
    ("30到40个", "30", "40", "个", "exact"),
    ("百分之五至百分之六", "5", "6", "%", "exact"),
    ("二三十个", "20", "30", "个", "exact"),
    ("5%左右", "5", None, "%", "about"),
    ("约8000万纳税人", "80000000", None, "人", "about"),
    ("控制在4.5%以内", "4.5", None, "%", "at_most"),
    ("不低于90%", "90", None, "%", "at_least"),
    ("45万人以上", "450000", None, "人", "at_least"),
    ("突破1700亿元", "170000000000", None, "元", "over"),
    ("20余场", "20", None, "场", "over"),
    ("16万儿童", "160000", None, "人", "exact"),
    ("1万台（套）", "10000", None, "台（套）", "exact"),
    ("25.6万人次", "256000", None, "人次", "exact"),
    ("10大工程", "10", None, "个", "exact"),
    ("居全国第4位", "4", None, "位", "exact"),
    ("培育五千亿级产业集群", "500000000000", None, "元", "exact"),
    ("400亿级名镇", "40000000000", None, "元", "exact"),
    ("压缩至10个自然日内", "10", None, "个自然日", "at_most"),
    ("举办3届旅发大会", "3", None, "届", "exact"),
    ("新增产能400万吨/年", "4000000", None, "吨/年", "exact"),
    ("算力突破7000PF", "7000", None, "PF", "over"),
    ("提高到70% 以上", "70", None, "%", "at_least"),
    ("出版书籍四百亿印张", "40000000000", None, "印张", "exact"),
    ("减少财政收入四、五十亿元", "4000000000", "5000000000", "元", "exact"),
    ("一年两、三千人", "2000", "3000", "人", "exact"),
    ("国家为此花了两三百亿元", "20000000000", "30000000000", "元", "exact"),
    ("比过去快二、三倍", "2", "3", "倍", "exact"),
    ("减少百分之二、三的占用量", "2", "3", "%", "exact"),
    ("查出违纪金额一百几十亿元", "10000000000", None, "元", "over"),
    ("牛羊出栏937万头只", "9370000", None, "头只", "exact"),
    ("力争总量达到万亿左右", "1000000000000", None, "", "about"),
    ("帮助万名老人就医", "10000", None, "名", "exact"),
    ("光缆线路550\n\n多万公里", "5500000", None, "公里", "over"),
    ("由一百零九天延长到一百二十七天", "109", None, "天", "exact"),
    ("创新36条措施", "36", None, "条", "exact"),
    ("铺轨1 1 3 4 4 公里", "11344", None, "公里", "exact"),
    ("增加到8 ．7 平方米", "8.7", None, "平方米", "exact"),
    ("3 0 0 多个城市", "300", None, "个", "over"),
    ("增加到2万5千公里", "25000", None, "公里", "exact"),
    ("1亿3千多万人次", "130000000", None, "人次", "over"),
    ("减少1/3行政审批事项", "33.33", None, "%", "exact"),
    ("9个人口大县", "9", None, "个", "exact"),
    ("约合1243亿元人民币", "124300000000", None, "元", "exact"),
    ("建设两个一流学科", "2", None, "个", "exact"),
]

NOTHING = [
    # text, reason
    ("2022年", "date"),
    ("2021—2025年", "date"),
    ("一九八三年", "date"),
    ("九十年代", "date"),
    ("3月25日", "date"),
    ("二十大精神", "date"),
    ("十九届五中全会", "date"),
    ("省委九届十一次、十二次全会", "date"),
    ("举办铁人三项赛", "word"),
    ("经营主体连续4年每年增长", "duration"),
    ("深化“一区两园”规划", "name"),
    ("实施“民生十大工程”", "name"),
    ("新签约5G基站", "name"),
    ("“1+3+N+10”", "name"),
    ("PM2.5", "name"),
    ("世界500强", "name"),
    ("地铁1号线", "name"),
    ("“十五条硬措施”", "name"),
    ("三年来", "duration"),
    ("连续15年", "duration"),
    ("第3个问题", "ordinal"),
    ("一批项目", "word"),
    ("数十家", "word"),
    ("国发〔2020〕6号", "name"),
    ("落实民间投资新36条。", "name"),
    ("四两拨千斤", "word"),
    ("数以亿计的劳动者", "word"),
    ("城乡二元结构", "word"),
    ("12345市民服务热线", "name"),
    ("“五个一”行动", "name"),
    ("“两翼、两区、三群、六带”布局", "name"),
    ("21世纪初", "date"),
    ("１９７９、１９８０两年", "date"),
    ("一九八一和一九八二两个年度", "date"),
]


@pytest.mark.parametrize(("text", "value", "high", "unit", "qualifier"), QUANTITIES)
def test_a_quantity_is_read(text: str, value: str, high: str | None, unit: str, qualifier: str) -> None:
    found = parse(text)
    assert found is not None
    assert (found.value, found.high) == (Decimal(value), None if high is None else Decimal(high))
    assert (found.unit, found.qualifier) == (unit, qualifier)


@pytest.mark.parametrize(("text", "reason"), NOTHING)
def test_a_number_that_states_nothing_says_why(text: str, reason: str) -> None:
    found = scan(text)
    assert not [q for q in found if isinstance(q, Quantity)]
    assert reason in {n.reason for n in found if isinstance(n, NotFigure)}


def test_a_list_hands_its_unit_back() -> None:
    units = [q.unit for q in scan("分别提高15、22个百分点") if isinstance(q, Quantity)]
    assert units == ["个百分点", "个百分点"]


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert [q.high for q in scan("由9.8%降至7.5%") if isinstance(q, Quantity)] == [None, None]


def test_there_are_some_three_hundred_units() -> None:
    assert len({unit.name for unit in words.units().values()}) >= 300


@given(
    st.text(
        alphabet="0123456789０５．.,，一二三十百千万亿两第约近超%％个年月元以上内（）“”-—至到多余点分之 \n",
        max_size=40,
    )
)
def test_any_text_is_scanned(text: str) -> None:
    found = scan(text)
    assert found == scan(text)
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
    assert all(a.end <= b.end for a, b in pairwise(found))
