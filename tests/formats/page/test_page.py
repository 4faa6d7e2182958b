"""What the page holds, before any browser sees it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from duban.errors import InputError
from duban.reading.formats.page import render
from duban.reading.formats.page.marks import marked_report
from duban.reading.formats.page.outline import outline
from duban.reading.formats.page.page import _script_json
from duban.reading.formats.page.panels import panels
from duban.reading.formats.page.words import words
from duban.reading.model import Qualifier
from duban.reading.reading import Reading
from tests.formats import example
from tests.formats.page import readings


class Marks(HTMLParser):
    """The text of some HTML, what stands in each element with an id, and whether everything is closed."""

    VOID = frozenset({"meta", "link", "col", "input", "br"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.held: dict[str, str] = {}
        self.ids: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        name = dict(attrs).get("id")
        if name is not None:
            self.ids.append(name)
            self.held[name] = ""
        if tag not in self.VOID:
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, name in self._open:
            if name is not None:
                self.held[name] += data


def shown(text: str) -> str:
    """The text as HTML can hold it."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


def marks_of(reading: Reading) -> Marks:
    return Marks(str(marked_report(reading)))


# --- the report ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", [example.reading(), readings.hostile(), readings.large(100)])
def test_the_text_is_there_exactly_and_every_finding_has_one_mark(reading: Reading) -> None:
    marks = marks_of(reading)
    assert marks.text == shown(reading.document.text)
    assert len(marks.ids) == len(set(marks.ids))
    for letter, found in (("f", reading.figures), ("d", reading.distinctions), ("s", reading.statements)):
        assert [marks.held[f"{letter}{i}"] for i in range(len(found))] == [shown(each.text) for each in found]


@pytest.mark.parametrize(
    ("figures", "distinctions", "statements", "expected"),
    [
        ([], [], [], "零一二三四五六七八九"),
        ([(2, 4)], [], [], "零一f[二三]四五六七八九"),
        ([(2, 4)], [(1, 6)], [(0, 8)], "s[零d[一f[二三]四五]六七]八九"),
        ([(2, 4), (4, 6)], [], [], "零一f[二三]f[四五]六七八九"),
        ([(2, 4)], [(2, 4)], [(2, 4)], "零一s[d[f[二三]]]四五六七八九"),
        # What crosses a figure is cut; the figure stays whole.
        ([(2, 6)], [(4, 8)], [], "零一f[二三d[四五]]d[六七]八九"),
        ([(4, 8)], [(2, 6)], [], "零一d[二三]f[d[四五]六七]八九"),
        ([(4, 8)], [(2, 6)], [(0, 5)], "s[零一d[二三]]f[d[s[四]五]六七]八九"),
        # Two figures that cross have no place in a reading; even so nothing is lost.
        ([(2, 6), (4, 8)], [], [], "零一f[二三f[四五]]f[六七]八九"),
    ],
)
def test_marks_lie_inside_each_other(
    figures: list[tuple[int, int]],
    distinctions: list[tuple[int, int]],
    statements: list[tuple[int, int]],
    expected: str,
) -> None:
    reading = readings.simple(
        "零一二三四五六七八九", *figures, distinctions=tuple(distinctions), statements=tuple(statements)
    )
    source = str(marked_report(reading)).removeprefix('<p class="block">').removesuffix("</p>")
    source = re.sub(r'<(?:mark|span)[^>]*data-of="([fds])\d+"[^>]*>', r"\1[", source)
    assert re.sub("</(?:mark|span)>", "]", source) == expected


@settings(max_examples=150)
@given(st.data())
def test_any_text_with_any_marks_keeps_its_characters(data: st.DataObject) -> None:
    text = data.draw(st.text(st.characters() | st.sampled_from("<>&\"'\r\n\t\0 　5%"), max_size=40))
    places = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6)
    spans = {
        name: tuple(
            (start, min(start + length, len(text)))
            for start, length in sorted(data.draw(places))
            if start < len(text)
        )
        for name in ("figures", "distinctions", "statements")
    }
    reading = readings.simple(
        text, *spans["figures"], distinctions=spans["distinctions"], statements=spans["statements"],
        blocks=data.draw(st.booleans()),
    )  # fmt: skip
    assert marks_of(reading).text == shown(text)


def test_headings_follow_the_tree_and_furniture_is_grey() -> None:
    source = str(marked_report(example.reading()))
    assert '<p class="block title">云泽市政府工作报告</p>' in source
    assert re.search(r'<h2 class="block"><span class="anchor" id="h1"></span>一、2022年工作回顾</h2>', source)
    assert re.search(r"<h3 [^>]*>.*（一）稳定经济增长</h3>", source)
    assert '<p class="block furniture" data-t-title="furniture">' in str(marked_report(readings.hostile()))


def test_carriage_returns_survive() -> None:
    assert "&#13;\n" in str(marked_report(readings.simple("一\r\n二\0\ud800")))


def test_every_section_has_an_anchor_and_an_entry() -> None:
    reading = example.reading()
    entries = outline(reading.document)
    assert [entry.anchor for entry in entries] == ["h1", "h2"]
    assert [entry.heading for entry in entries[1].below] == ["（一）稳定经济增长"]
    assert {"h1", "h2", "h3"} <= set(marks_of(reading).ids)


# --- the tables ---------------------------------------------------------------------------------------------


def test_a_row_shows_the_number_as_written_and_its_value() -> None:
    figures, distinctions, statements = panels(example.reading())
    row = figures.rows[0]
    assert [cell.text or cell.key for cell in row.cells] == [
        "50.8亿元", "5,080,000,000", "元", "减轻企业税费负担", "kind.level", "status.actual", "2022", "",
        "一、2022年工作回顾",
    ]  # fmt: skip
    assert [cell.text for cell in figures.rows[4].cells][:2] == ["5%—5.5%", "+5–+5.5"]
    assert figures.rows[1].cells[1].before == "qualifier.about"
    assert figures.rows[4].cells[8].title == "二、2023年工作安排 / （一）稳定经济增长"
    assert figures.facets["kind"] == {"level": 4, "growth": 3}
    assert distinctions.rows[0].cells[3].key == "scope.history"
    assert statements.facets["status"] == {"done": 5, "planned": 3, "context": 1}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_that_the_page_names_is_known_in_both_languages(lang: str) -> None:
    page = render(example.reading(), lang=lang)
    named = set(re.findall(r'data-t(?:-[a-z]+)?="([^"]+)"', page))
    assert named <= set(words("zh"))
    assert set(words("zh")) == set(words("en"))
    assert {key for key in words("en") if not words("en")[key]} <= {"qualifier.exact"}


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_is_the_same_twice_and_asks_for_nothing() -> None:
    page = render(example.reading())
    assert page == render(example.reading())
    links = re.findall(r"""\s(?:src|href|action)=["']([^"']*)""", page)
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert "http" not in page.replace("http-equiv", "")


def test_the_policy_lets_in_this_script_and_this_style_only() -> None:
    page = render(readings.hostile())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'{_hash(page, 'script')}'"
    assert rules["style-src"] == f"'{_hash(page, 'style')}'"
    assert not re.search(
        r"\s(?:style|on[a-z]+)=",
        re.sub(r"<(script|style)>.*?</\1>", "", render(example.reading()), flags=re.DOTALL),
    )


def _hash(page: str, tag: str) -> str:
    sources = re.findall(rf"<{tag}>(.*?)</{tag}>", page, flags=re.DOTALL)
    assert len(sources) == 1
    return f"sha256-{base64.b64encode(hashlib.sha256(sources[0].encode()).digest()).decode()}"


def test_no_word_of_a_hostile_report_becomes_markup() -> None:
    honest, hostile = Marks(render(example.reading())), Marks(render(readings.hostile()))
    assert set(hostile.tags) <= set(honest.tags)
    assert hostile.tags.count("script") == honest.tags.count("script") == 2
    assert "{{ 7*7 }}" in hostile.text
    assert hostile.held["strings"] == honest.held["strings"]


def test_json_in_a_script_cannot_end_it() -> None:
    source = str(_script_json({"a": "</script><!--<script>&\u2028\u2029"}))
    assert not re.search("[<>&\u2028\u2029]", source)
    assert json.loads(source) == {"a": "</script><!--<script>&\u2028\u2029"}


def test_half_a_surrogate_pair_can_be_written() -> None:
    reading = readings.simple("增长\ud8005%", (3, 5))
    page = render(replace(reading, document=replace(reading.document, title="\udfff")))
    assert "增长\ufffd<mark" in page
    page.encode("utf-8")


def test_an_empty_reading_has_a_page() -> None:
    page = render(Reading(document=replace(example.document(), text="", blocks=(), sections=(), title=None)))
    assert words("zh")["none_found"] in page
    assert "<title>yunze_2023</title>" in page


def test_very_long_and_very_small_numbers_are_written_out() -> None:
    numbers = [Decimal("1E+15"), Decimal("0.000001"), Decimal("-0.50")]
    reading = readings.simple("一二三", *[(i, i + 1) for i in range(3)])
    figures = tuple(
        replace(figure, value=number, qualifier=Qualifier.OVER)
        for figure, number in zip(reading.figures, numbers, strict=True)
    )
    rows = panels(replace(reading, figures=figures))[0].rows
    assert [row.cells[1].text for row in rows] == ["1,000,000,000,000,000", "0.000001", "-0.50"]


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"the page has no language 'fr'; expected zh or en"):
        render(example.reading(), lang="fr")


def test_ten_times_the_longest_report_is_still_one_pass() -> None:
    page = render(readings.large(15_000))
    assert page.count('data-of="f') == 15_000
    assert len(page) < 25_000_000
