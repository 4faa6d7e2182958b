"""What a person does with the page, in a real Chromium: no errors, no requests, whatever the report holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.formats import example
from tests.formats.page import readings

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.formats.page.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.slow]

IN_VIEW = """(element) => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def page(open_page: Opener) -> Page:
    return open_page(example.reading())


def current(page: Page) -> list[str]:
    """The ids of what is selected: the mark, then its row."""
    found: list[str] = page.eval_on_selector_all(
        "[aria-current]", "found => found.map(e => e.id).filter(Boolean).sort()"
    )
    return found


def rows(page: Page, panel: str = "f") -> list[str]:
    """The ids of the rows that are shown, in order."""
    shown: list[str] = page.eval_on_selector_all(
        f"#panel-{panel} tbody tr:not([hidden])", "rows => rows.map(row => row.id)"
    )
    return shown


def focused(page: Page) -> str:
    name: str = page.evaluate("(document.activeElement.closest('tr') ?? document.activeElement).id")
    return name


# --- click either way ---------------------------------------------------------------------------------------


def test_a_click_on_a_figure_shows_its_row(open_page: Opener) -> None:
    page = open_page(readings.large(1_500))
    page.locator("#f900").scroll_into_view_if_needed()
    page.click("#f900")
    assert current(page) == ["f900", "rf900"]
    assert page.eval_on_selector("#rf900", IN_VIEW)
    assert "flash" in (page.get_attribute("#rf900", "class") or "")
    assert page.url.endswith("#f900")


def test_a_click_on_a_row_shows_its_place_in_the_report(open_page: Opener) -> None:
    page = open_page(readings.large(1_500))
    page.locator("#rf1400").scroll_into_view_if_needed()
    page.click("#rf1400 .indicator")
    assert current(page) == ["f1400", "rf1400"]
    assert page.eval_on_selector("#f1400", IN_VIEW)
    assert "flash" in (page.get_attribute("#f1400", "class") or "")


def test_a_distinction_opens_its_own_table(page: Page) -> None:
    page.click("#d0")
    assert page.get_attribute("#tab-d", "aria-selected") == "true"
    assert current(page) == ["d0", "rd0"]
    page.click("#f0")
    assert page.get_attribute("#tab-f", "aria-selected") == "true"


def test_statements_can_be_clicked_where_their_table_is_open(page: Page) -> None:
    page.click("#s7")
    assert current(page) == []
    page.click("#tab-s")
    page.click("#s7")
    assert current(page) == ["rs7", "s7"]
    page.click("#rs2")
    assert current(page) == ["rs2", "s2"]


def test_an_address_leads_to_a_figure(open_page: Opener) -> None:
    assert current(open_page(example.reading(), at="#f3")) == ["f3", "rf3"]


def test_selected_text_is_not_taken_for_a_click(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.getElementById('f0'))")
    page.eval_on_selector("#f0", "mark => mark.click()")
    assert current(page) == []


# --- filter, search, sort -----------------------------------------------------------------------------------


def test_filters_narrow_the_table_and_dim_the_rest(page: Page) -> None:
    page.check("[data-for=f] [name=kind][value=growth]")
    assert rows(page) == ["rf1", "rf2", "rf4"]
    assert "dim" in (page.get_attribute("#f0", "class") or "")
    assert "dim" not in (page.get_attribute("#f1", "class") or "")
    page.check("[data-for=f] [name=status][value=target]")
    assert rows(page) == ["rf4"]
    assert page.inner_text("#count") == "显示 1 / 7 条"
    page.click("#reset")
    assert len(rows(page)) == 7
    page.check("[data-for=f] [name=part][value=plan_year]")
    assert rows(page) == ["rf4", "rf5", "rf6"]


def test_two_values_of_one_filter_add_up(page: Page) -> None:
    page.check("[data-for=f] [name=kind][value=growth]")
    page.locator("[data-for=f] label:has([name=kind][value=level])").click()
    assert len(rows(page)) == 7


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("生产总值", ["rf1", "rf4"]),
        ("生产总值 目标", ["rf4"]),
        ("5,080", ["rf0"]),
        ("5080000000", ["rf0"]),
        ("ＰＭ２．５", ["rf5"]),
        ("稳定经济增长", ["rf4", "rf5", "rf6"]),
        ("没有这个", []),
    ],
)
def test_search_looks_through_every_cell(page: Page, query: str, expected: list[str]) -> None:
    page.fill("#search", query)
    assert rows(page) == expected
    assert page.is_visible("#panel-f .empty") is (not expected)


def test_a_click_on_what_was_filtered_out_brings_it_back(page: Page) -> None:
    page.fill("#search", "生产总值")
    page.click("#f0")
    assert current(page) == ["f0", "rf0"]
    assert page.input_value("#search") == ""


def test_a_column_sorts_up_down_and_back(page: Page) -> None:
    heading = page.locator("#panel-f th.value")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert rows(page)[0] == "rf2"
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert rows(page)[0] == "rf6"
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") is None
    assert rows(page) == [f"rf{i}" for i in range(7)]


def test_what_is_empty_sorts_last(page: Page) -> None:
    for _ in range(2):
        page.click("#panel-f th.period button")
        assert rows(page)[-1] == "rf6"


# --- keyboard -----------------------------------------------------------------------------------------------


def test_j_and_k_walk_the_figures(page: Page) -> None:
    for key, expected in (("j", "f0"), ("j", "f1"), ("j", "f2"), ("k", "f1")):
        page.keyboard.press(key)
        assert focused(page) == expected
    page.keyboard.press("ArrowDown")
    assert focused(page) == "f2"
    page.keyboard.press("Enter")
    assert focused(page) == "rf2"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "rf1"
    page.keyboard.press("Enter")
    assert focused(page) == "f1"
    page.keyboard.press("Escape")
    assert current(page) == []


def test_walking_keeps_to_what_is_shown(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("生产总值")
    page.keyboard.press("Enter")
    assert current(page) == ["f1", "rf1"]
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert current(page) == ["f4", "rf4"]


def test_slash_searches_and_escape_clears(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("jk/?")
    assert page.input_value("#search") == "jk/?"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    assert len(rows(page)) == 7


def test_question_mark_opens_help_and_escape_closes_it(page: Page) -> None:
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("j")
    assert current(page) == []
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")


def test_digits_and_arrows_change_the_table(page: Page) -> None:
    page.keyboard.press("2")
    assert page.is_visible("#panel-d")
    page.focus("#tab-d")
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#panel-s")
    assert page.evaluate("document.activeElement.id") == "tab-s"


def test_one_mark_and_one_row_can_be_reached_by_tab(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    reachable = page.eval_on_selector_all("#text [tabindex='0'], tbody [tabindex='0']", "all => all.length")
    assert reachable == 2
    assert page.eval_on_selector("#f1", "mark => getComputedStyle(mark).outlineStyle") == "solid"


# --- words, light, outline ----------------------------------------------------------------------------------


def test_the_page_speaks_both_languages(page: Page) -> None:
    page.click("#language")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#rf0 .kind") == "level"
    assert page.inner_text("#count") == "7 of 7 shown"
    assert page.get_attribute("#search", "placeholder") == "Search indicator, wording, section… (/)"
    assert page.get_attribute("#outline", "aria-label") == "Outline"
    page.fill("#search", "growth target")
    assert rows(page) == ["rf4"]
    page.click("#language")
    assert page.inner_text("#rf4 .kind") == "增速"
    assert page.inner_text("#f4") == "5%—5.5%"


def test_the_page_can_open_in_english(open_page: Opener) -> None:
    page = open_page(example.reading(), lang="en")
    assert page.inner_text("#tab-f").split() == ["Figures", "7"]
    assert page.get_attribute("#text", "lang") == "zh-Hans"


def test_light_and_dark(open_page: Opener) -> None:
    page = open_page(example.reading(), dark=True)
    colour = "element => getComputedStyle(element).backgroundColor"
    assert page.eval_on_selector("#report", colour) == "rgb(21, 24, 29)"
    page.click("#theme")
    assert page.eval_on_selector("#report", colour) == "rgb(255, 255, 255)"


def test_the_outline_leads_to_a_section(page: Page) -> None:
    page.keyboard.press("o")
    page.click("#outline a[href='#h2']")
    assert page.eval_on_selector("#h2", "e => e.parentElement.getBoundingClientRect().top < innerHeight")
    assert page.get_attribute("#outline-button", "aria-expanded") == "true"
    page.keyboard.press("o")
    assert not page.is_visible("#outline")


# --- what must not happen -----------------------------------------------------------------------------------


def test_a_hostile_report_does_nothing(open_page: Opener) -> None:
    reading = readings.hostile()
    page = open_page(reading)
    assert page.eval_on_selector("#text", "e => e.textContent") == reading.document.text
    for _ in reading.figures:
        page.keyboard.press("j")
    page.hover("#f3")
    page.click("#language")
    page.fill("#search", "<script>")
    page.keyboard.press("Enter")
    assert page.title() == reading.document.title
    assert (
        page.evaluate("document.querySelectorAll('iframe, img, object, base, svg, form[action]').length") == 0
    )
    assert page.evaluate("document.scripts.length") == 2


def test_scripts_from_elsewhere_are_shut_out(open_page: Opener) -> None:
    page = open_page(example.reading())
    said = open_page.opened[-1].said
    page.evaluate("""() => {
      const script = document.createElement("script");
      try { script.textContent = "window.broken = true"; document.body.append(script); } catch {}
      try { document.body.innerHTML = "<b>gone</b>"; } catch {}
    }""")
    assert page.evaluate("window.broken") is None
    assert page.is_visible("#text")
    assert said
    said.clear()


# --- for everybody, everywhere ------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (1440, True), (390, False), (390, True)])
def test_nothing_stands_in_the_way_of_assistive_technology(open_page: Opener, width: int, dark: bool) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python"
    ).Axe()
    page = open_page(example.reading(), width=width, dark=dark)
    page.context.set_offline(True)
    for key in ("j", "2", "3", "?"):
        page.keyboard.press(key)
        found = axe.run(page)
        assert not found.violations_count, found.generate_report()


def test_a_phone_shows_one_pane_at_a_time(open_page: Opener) -> None:
    page = open_page(example.reading(), width=390, height=844)
    assert page.is_visible("#report")
    assert not page.is_visible("#findings")
    page.click("#f2")
    assert page.is_visible("#rf2")
    assert not page.is_visible("#report")
    page.click("#rf2 .indicator")
    assert page.is_visible("#f2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click(".views [data-view=table]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_gets_the_report_with_its_marks_and_then_the_table(open_page: Opener, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = open_page(example.reading())
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = list(pdfium.PdfDocument(tmp_path / "page.pdf"))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    assert "减轻企业税费负担50.8亿元" in texts[0]
    assert "新增城镇就业" in texts[-1]
    assert "13,200" in texts[-1]
    assert "显示" not in "".join(texts)
    page.emulate_media(media="print")
    assert page.eval_on_selector("#f0", "e => getComputedStyle(e).printColorAdjust") == "exact"
    assert not page.is_visible(".tools")
    assert page.is_visible("#report")
    assert page.is_visible("#panel-f")


def test_on_paper_every_page_of_the_table_has_its_head(open_page: Opener, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    page = open_page(readings.large(100))
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    texts = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(tmp_path / "page.pdf")]
    tables = [text for text in texts if "123,450,000,000" in text]
    assert len(tables) > 1
    assert all("指标" in text for text in tables)


@pytest.mark.parametrize("figures", [1_500, 15_000])
def test_a_long_report_still_answers(open_page: Opener, figures: int) -> None:
    """No step may run into the time-out: laid out all at once, the longer report did while it loaded."""
    page = open_page(readings.large(figures))
    page.set_default_timeout(
        60_000
    )  # a busy machine is given time; what was laid out all at once never answered
    page.click("#f7")
    page.fill("#search", "1234.5")
    page.check("[data-for=f] [name=kind][value=level]")
    page.click("#panel-f th.value button")
    page.keyboard.press("j")
    assert len(current(page)) == 2
