"""Names of places in running text: none that stands across two words, none that is a word itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.catalogue import places
from duban.catalogue.places.knowledge import words_file
from duban.catalogue.places.table import in_force, table

if TYPE_CHECKING:
    from pathlib import Path

    from duban.catalogue.places import On, Place


def names(text: str, own: str | None, on: On = None) -> list[str]:
    """The names found, each with the name of its place where that is another."""
    place = None if own is None else places.find(own, on=on)
    assert own is None or place is not None
    return [
        text[start:end] if text[start:end] == found.name else f"{text[start:end]}={found.name}"
        for start, end, found in places.names_in(text, place, on=on)
    ]


FOUND = [
    # text, the report's own place, names
    ("全市地区生产总值增长6.5%，居全省第2位", "鞍山市", ["全市=鞍山市", "全省=辽宁省"]),
    ("支持台安、海城加快发展", "鞍山市", ["台安=台安县", "海城=海城市"]),
    ("与沈阳、大连共建", "鞍山市", ["沈阳=沈阳市", "大连=大连市"]),
    ("引进北京、江苏企业20家", "鞍山市", ["北京=北京市", "江苏=江苏省"]),
    ("高于全国平均水平", "鞍山市", ["全国=中华人民共和国"]),
    ("台安县和岫岩满族自治县", "鞍山市", ["台安县", "岫岩满族自治县"]),
    ("恩施州生产总值", "湖北省", ["恩施州=恩施土家族苗族自治州"]),
    # counties of other provinces only where one place has the full name
    ("对口支援塔什库尔干塔吉克自治县", "鞍山市", ["塔什库尔干塔吉克自治县"]),
    ("考察鼓楼区", "鞍山市", []),
    ("考察南京市鼓楼区", "鞍山市", ["南京市", "鼓楼区"]),
    ("考察北京市朝阳区", "辽宁省", ["北京市", "朝阳区"]),
    ("义乌小商品", "鞍山市", []),
    ("义乌小商品", "浙江省", ["义乌=义乌市"]),
    # near names
    ("米易县、易县", "保定市", ["米易县", "易县"]),
    ("高唐县、唐县", "保定市", ["高唐县", "唐县"]),
    ("新安县、安新县", "保定市", ["新安县", "安新县"]),
    ("雄安新区、安新", "保定市", ["安新=安新县"]),
    # across two words
    ("保障平台安全", "鞍山市", []),
    ("推广安全生产", "四川省", []),
    ("境内江河", "四川省", []),
    ("沿海南通", "江苏省", ["南通=南通市"]),
    ("黄河南岸", "河南省", []),
    ("建设美丽水乡", "浙江省", []),
    ("新增城市道路20公里", "广东省", []),
    ("滨海城市", "鞍山市", []),
    ("健全市场体系", "鞍山市", []),
    ("扩大内需和安全发展", "新疆维吾尔自治区", []),
    ("振兴县域经济", "山西省", []),
    ("省市县级融媒体", "鞍山市", []),
    # words
    ("建设富裕和平安康的家园", "齐齐哈尔市", []),
    ("绿水青山就是金山银山", "上海市", []),
    ("长治久安、世界大同", "山西省", []),
    ("公安资源合作", "湖北省", []),
    ("富裕县、公安县", "全国", ["富裕县", "公安县"]),
    ("城区、郊区、新区", "山西省", []),
    ("阳泉市城区", "山西省", ["阳泉市", "城区"]),
    # rivers and mountains
    ("嘉陵江、祁连山", "四川省", []),
    ("长白山、大兴安岭", "黑龙江省", ["大兴安岭=大兴安岭地区"]),
    ("贺兰山东麓", "宁夏回族自治区", []),
    ("广州海珠湿地，南京江北", "广东省", ["广州=广州市", "海珠=海珠区", "南京=南京市"]),
    # nothing known of the report
    ("北京、保定、全市", None, ["北京=北京市", "保定=保定市"]),
]


@pytest.mark.parametrize(("text", "own", "expected"), FOUND)
def test_names_in_text(text: str, own: str | None, expected: list[str]) -> None:
    assert names(text, own) == expected


def test_names_are_those_of_the_reports_year() -> None:
    assert names("襄樊、襄阳", "湖北省", on=2008) == ["襄樊=襄樊市", "襄阳=襄阳区"]
    assert names("襄樊、襄阳", "湖北省", on=2020) == ["襄阳=襄阳市"]
    assert names("襄樊市、襄阳市", "湖北省", on=2011) == ["襄樊市", "襄阳市"], (
        "the year before is looked back on"
    )


def test_no_name_counts_that_the_file_calls_a_word() -> None:
    for own in ("山西省", "鞍山市", "全国", "黑龙江省"):
        for word in words_file()["common"]:
            assert names(f"，{word}，", own) == [], word


def test_every_word_of_the_file_is_needed() -> None:
    shorts = {name for place in table().places for name in (place.short, *place.others)}
    words = words_file()["common"]
    assert sorted(set(words) - shorts) == []
    assert len(words) == len(set(words))


OWNS = [places.find(name) for name in ("鞍山市", "保定市", "辽宁省", "北京市", "台安县", "全国")]
ALL = sorted({name for place in in_force(table().places, None) for name in (place.name, place.short)})


@given(
    st.lists(
        st.sampled_from([*ALL, "全市", "全省", "安全", "平台", "，", "建设"]) | st.text(max_size=4),
        max_size=30,
    ),
    st.sampled_from(OWNS),
)
def test_spans_hold_one_of_their_places_names(pieces: list[str], own: Place | None) -> None:
    text, end_before = "".join(pieces), 0
    for start, end, place in places.names_in(text, own):
        assert end_before <= start < end <= len(text)
        end_before = end
        if not text[start:end].startswith(("全", "我", "本")):
            assert text[start:end] in {place.name, place.short, *place.others}


@given(st.sampled_from(in_force(table().places, None)), st.sampled_from(["保障", "，", "支持", ""]))
def test_a_full_name_is_found_whole_or_not_at_all(place: Place, before: str) -> None:
    text = f"{before}{place.name}，"
    own = places.get(place.parent) if place.parent is not None else place
    found = list(places.names_in(text, own))
    assert all(text[start:end] == place.name and each == place for start, end, each in found), found


@pytest.mark.corpus
@pytest.mark.slow
def test_the_place_of_every_report_is_found_and_its_text_scanned(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            own = places.find(report["region"], on=report["year"])
            assert own is not None, report["region"]
            for start, end, place in places.names_in(report["text"], own, on=report["year"]):
                assert 0 <= start < end
                assert place.valid_to is None or place.valid_to.year >= report["year"] - 1
