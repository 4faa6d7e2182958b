"""What a phrase is linked to, and when it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.catalogue import Link, Reason, indicators, link
from duban.catalogue.wording import key

KINDS = ("level", "growth", "change", "avg_growth", "rank")


@pytest.mark.parametrize(
    ("phrase", "unit", "kind", "code", "why"),
    [
        # as it stands
        ("地区生产总值", "%", "growth", "ECO.GDP", [Reason.NAME]),
        ("地区生产总值", "元", "level", "ECO.GDP", [Reason.NAME]),
        ("地区生产总值", "位", "rank", "ECO.GDP", [Reason.NAME]),
        ("地区生产总值", "%", "avg_growth", "ECO.GDP", [Reason.NAME]),
        ("GDP", "%", "growth", "ECO.GDP", [Reason.NAME]),
        ("经济总量", "元", "level", "ECO.GDP", [Reason.OTHER_NAME]),
        # spelling
        ("规上工业增加值", "%", "growth", "IND.VALUE_ADDED.SIZE", [Reason.NAME]),
        ("规模工业增加值", "%", "growth", "IND.VALUE_ADDED.SIZE", [Reason.NAME]),
        ("规模以上工业的增加值", "%", "growth", "IND.VALUE_ADDED.SIZE", [Reason.NAME]),
        ("工业增加值（规上）", "%", "growth", "IND.VALUE_ADDED.SIZE", [Reason.NAME, Reason.BRACKET]),
        ("固定资产投资（不含农户）", "%", "growth", "ECO.INVESTMENT", [Reason.NAME, Reason.BRACKET]),
        ("“新三样”产品出口", "%", "growth", "FOR.EXPORTS.NEW_THREE", [Reason.OTHER_NAME]),
        ("ＰＭ２．５平均浓度", "微克/立方米", "level", "ENV.PM25", [Reason.OTHER_NAME]),
        ("细颗粒物（PM2.5）平均浓度", "微克/立方米", "level", "ENV.PM25", [Reason.NAME]),
        ("R＆D经费投入", "%", "growth", "SCI.RD", [Reason.OTHER_NAME]),
        ("农村危房改造", "户", "level", "URB.RURAL_DANGEROUS", [Reason.NAME]),
        # words round it
        ("全市规上工业增加值", "%", "growth", "IND.VALUE_ADDED.SIZE", [Reason.NAME, Reason.PLACE]),
        ("全年城镇新增就业", "人", "level", "EMP.NEW_JOBS", [Reason.NAME, Reason.PERIOD]),
        ("2024年地区生产总值", "元", "level", "ECO.GDP", [Reason.NAME, Reason.PERIOD]),
        ("一般公共预算收入完成", "元", "level", "FIS.REVENUE", [Reason.NAME, Reason.VERB]),
        ("实现地区生产总值", "元", "level", "ECO.GDP", [Reason.NAME, Reason.VERB]),
        ("经济增长预期目标", "%", "level", "ECO.GDP", [Reason.GROWTH_NAME, Reason.GROWTH]),
        ("地区生产总值增速", "位", "rank", "ECO.GDP", [Reason.NAME, Reason.GROWTH]),
        ("高新技术企业总数", "家", "level", "SCI.HIGH_TECH_FIRMS", [Reason.OTHER_NAME, Reason.COUNT]),
        ("城镇调查失业率平均值", "%", "level", "EMP.UNEMPLOYMENT.SURVEYED", [Reason.NAME, Reason.MEAN]),
        # short names, where growth is spoken of
        ("第三产业", "%", "growth", "ECO.TERTIARY", [Reason.GROWTH_NAME]),
        ("粮食", "斤", "change", "AGR.GRAIN", [Reason.GROWTH_NAME]),
        # what the words are put together from
        ("高技术制造业增加值占规模以上工业比重", "%", "level", "IND.HIGH_TECH_MANUFACTURING.SHARE", [Reason.OTHER_NAME]),
        ("服务业增加值在国内生产总值中的比重", "个百分点", "change", "ECO.TERTIARY.SHARE", [Reason.SHARE]),
        ("全社会研发经费支出相当于全市生产总值的比例", "%", "level", "SCI.RD.INTENSITY", [Reason.SHARE]),
        ("新认定高新技术企业", "家", "level", "SCI.HIGH_TECH_FIRMS.NEW", [Reason.ADDITION]),
        ("高新技术企业新增", "家", "level", "SCI.HIGH_TECH_FIRMS.NEW", [Reason.ADDITION, Reason.NEW]),
        ("培育专精特新中小企业", "家", "level", "SCI.SPECIALISED_SMES.NEW", [Reason.ADDITION, Reason.NEW]),
        ("高标准农田累计", "亩", "level", "AGR.FARMLAND.HIGH_STANDARD", [Reason.OTHER_NAME, Reason.VERB]),
        ("累计建成高标准农田", "亩", "level", "AGR.FARMLAND.HIGH_STANDARD", [Reason.OTHER_NAME, Reason.TOTAL]),
        # the unit tells
        ("优良天数", "天", "level", "ENV.GOOD_DAYS", [Reason.OTHER_NAME]),
        ("优良天数", "%", "level", "ENV.GOOD_DAYS.SHARE", [Reason.OTHER_NAME, Reason.BY_UNIT]),
        ("财政赤字", "%", "level", "FIS.DEFICIT.RATE", [Reason.NAME, Reason.BY_UNIT]),
    ],
)  # fmt: skip
def test_linked(phrase: str, unit: str, kind: str, code: str | None, why: list[Reason]) -> None:
    found = link(phrase, unit, kind)
    assert found.code == code
    assert list(found.reasons[: len(why)]) == why


@pytest.mark.parametrize(
    ("phrase", "unit", "kind", "code"),
    [
        # alike, and not the same
        ("工业增加值", "%", "growth", "IND.VALUE_ADDED"),
        ("规模以上工业增加值", "%", "growth", "IND.VALUE_ADDED.SIZE"),
        ("居民人均可支配收入", "%", "growth", "INC.RESIDENTS"),
        ("城镇居民人均可支配收入", "%", "growth", "INC.URBAN"),
        ("农村居民人均可支配收入", "%", "growth", "INC.RURAL"),
        ("农村居民人均纯收入", "%", "growth", "INC.RURAL.NET"),
        ("税收收入", "元", "level", "FIS.TAX"),
        ("一般公共预算收入", "元", "level", "FIS.REVENUE"),
        ("一般公共预算总收入", "元", "level", "FIS.REVENUE.TOTAL"),
        ("城镇新增就业", "人", "level", "EMP.NEW_JOBS"),
        ("城镇调查失业率", "%", "level", "EMP.UNEMPLOYMENT.SURVEYED"),
        ("城镇登记失业率", "%", "level", "EMP.UNEMPLOYMENT.REGISTERED"),
        ("固定资产投资", "%", "growth", "ECO.INVESTMENT"),
        ("工业投资", "%", "growth", "ECO.INVESTMENT.INDUSTRY"),
        ("基础设施投资", "%", "growth", "ECO.INVESTMENT.INFRASTRUCTURE"),
        ("高技术产业投资", "%", "growth", "ECO.INVESTMENT.HIGH_TECH"),
        ("高技术制造业投资", "%", "growth", "ECO.INVESTMENT.HIGH_TECH_MANUFACTURING"),
        ("用电量", "千瓦时", "level", "NRG.USE"),
        ("工业用电量", "千瓦时", "level", "NRG.USE.INDUSTRY"),
        ("发电量", "千瓦时", "level", "NRG.POWER"),
        ("单位GDP能耗", "%", "growth", "NRG.INTENSITY"),
        ("能源消费总量", "吨标准煤", "level", "NRG.CONSUMPTION"),
        ("优良天数比例", "%", "level", "ENV.GOOD_DAYS.SHARE"),
        ("进出口总额", "%", "growth", "FOR.TRADE"),
        ("出口总额", "%", "growth", "FOR.EXPORTS"),
        ("各项贷款余额", "元", "level", "FIN.LOANS"),
        ("人民币贷款余额", "元", "level", "FIN.LOANS.RMB"),
        ("高新技术企业", "家", "level", "SCI.HIGH_TECH_FIRMS"),
        ("科技型中小企业", "家", "level", "SCI.TECH_SMES"),
        ("绿色工厂", "家", "level", "IND.GREEN_FACTORIES"),
        ("国家级绿色工厂", "家", "level", "IND.GREEN_FACTORIES.NATIONAL"),
        ("改造老旧小区", "个", "level", "URB.OLD_ESTATES.RENEWED"),
        ("开工改造老旧小区", "个", "level", "URB.OLD_ESTATES.STARTED"),
    ],
)
def test_what_is_alike_is_kept_apart(phrase: str, unit: str, kind: str, code: str) -> None:
    assert link(phrase, unit, kind).code == code


@pytest.mark.parametrize(
    ("phrase", "unit", "kind", "reason", "candidates"),
    [
        ("", "%", "level", Reason.UNKNOWN, ()),
        ("项目", "个", "level", Reason.UNKNOWN, ()),
        ("开发区规上工业增加值", "%", "growth", Reason.UNKNOWN, ()),
        ("带动固定资产投资", "%", "growth", Reason.UNKNOWN, ()),
        ("第三产业", "个", "level", Reason.UNKNOWN, ()),
        ("损失工业总产值", "元", "level", Reason.UNKNOWN, ()),
        ("地区生产总值占全国比重", "%", "level", Reason.UNKNOWN, ()),
        ("第三产业", "个百分点", "change", Reason.UNKNOWN, ()),
        ("累计一般公共预算收入", "元", "level", Reason.UNKNOWN, ()),
        ("规上工业增加值", "吨", "level", Reason.UNIT_CONTRADICTS, ("IND.VALUE_ADDED.SIZE",)),
        ("城镇新增就业", "%", "level", Reason.UNIT_CONTRADICTS, ("EMP.NEW_JOBS",)),
        ("城镇新增就业", "人", "growth", Reason.UNIT_CONTRADICTS, ("EMP.NEW_JOBS",)),
        ("地区生产总值", "", "level", Reason.UNIT_CONTRADICTS, ("ECO.GDP",)),
        ("建成5G基站", "个", "level", Reason.AMBIGUOUS, ("DIG.STATIONS_5G", "DIG.STATIONS_5G.NEW")),
        ("规上工业增加值" * 10, "%", "growth", Reason.UNKNOWN, ()),
    ],
)
def test_not_linked_and_why(
    phrase: str, unit: str, kind: str, reason: Reason, candidates: tuple[str, ...]
) -> None:
    assert link(phrase, unit, kind) == Link(code=None, score=0, reasons=(reason,), candidates=candidates)


@pytest.mark.parametrize(
    ("phrase", "place", "code"),
    [
        ("澜川市地区生产总值", "澜川市", "ECO.GDP"),
        ("澜川地区生产总值", "澜川市", "ECO.GDP"),
        ("澜川市地区生产总值", "云台市", None),
        ("澜川市地区生产总值", None, None),
        ("澜川市", "澜川市", None),
    ],
)
def test_the_documents_own_place_is_taken_off(phrase: str, place: str | None, code: str | None) -> None:
    assert link(phrase, "元", "level", place).code == code


def test_percentage_points_compare_growth() -> None:
    found = link("规上工业增加值", "个百分点", "change")
    assert (found.code, found.reasons) == ("IND.VALUE_ADDED.SIZE", (Reason.NAME, Reason.OF_GROWTH))


def test_a_score_falls_with_every_liberty_taken() -> None:
    asked = ["地区生产总值", "生产总值", "全市生产总值", "全市生产总值完成"]
    scores = [link(phrase, "元", "level").score for phrase in asked]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert scores[0] == 1


@pytest.mark.parametrize("entry", indicators().values(), ids=lambda entry: entry.code)
def test_every_name_leads_to_its_entry(entry) -> None:  # type: ignore[no-untyped-def]
    for name in (entry.name.zh, *entry.names):
        kind = entry.kinds[0]
        unit = "%" if kind == "growth" else entry.units[0]
        assert link(name, unit, kind).code == entry.code, name
    for name in entry.growth_names:
        assert link(name, "%", "growth").code == entry.code, name


NAMES = sorted({name for entry in indicators().values() for name in (entry.name.zh, *entry.names)})


@given(st.one_of(st.text(), st.sampled_from(NAMES)), st.text(max_size=4), st.sampled_from(KINDS))
def test_anything_is_linked_or_not_and_says_why(phrase: str, unit: str, kind: str) -> None:
    found = link(phrase, unit, kind)
    assert found.reasons
    assert 0 <= found.score <= 1
    assert (found.code is None) == (found.score == 0)
    assert found.code is None or found.code in indicators()
    assert found == link(phrase, unit, kind)


@given(st.sampled_from(NAMES))
def test_a_name_in_quotes_or_in_wide_letters_is_the_same_name(name: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    assert key(f"“{name}”") == key(name) == key(wide)
