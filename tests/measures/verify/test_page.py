"""The page of a verification in a real Chromium: verdicts in the report, rows on opening, both languages, no requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from duban.measures.verify.page import render
from tests.formats.page.conftest import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.measures.verify.conftest import Verify

    Open = Callable[..., Page]

REVIEW = "受理群众诉求120件、增长25%，创历史新高；群众诉求办结率<b>约91%。新建学校3所。\n"


def test_the_same_verification_is_the_same_page(held: Verify) -> None:
    found = held(REVIEW)
    page = render(found, found.outcomes)
    assert page == render(found, found.outcomes)
    assert "<b>约" not in page
    assert '<mark class="verdict contradicted"' in page


@pytest.fixture
def open_page(chromium: Browser, held: Verify, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a verification from a file, offline; it must keep quiet."""
    opened: list[Opened] = []

    def run(review: str = REVIEW, *, width: int = 1440, dark: bool = False, lang: str = "zh") -> Page:
        found = held(review)
        file = tmp_path / "verified.html"
        file.write_text(render(found, found.outcomes, lang=lang), encoding="utf-8", newline="")
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        each = Opened(context.new_page())
        each.page.set_default_timeout(20_000)
        each.page.on("console", lambda message: each.said.append(message.text))
        each.page.on("pageerror", lambda error: each.said.append(str(error)))
        each.page.on("request", lambda request: each.asked.append(request.url))
        each.page.goto(file.as_uri())
        opened.append(each)
        return each.page

    yield run
    for each in opened:
        assert each.said == []
        assert [url for url in each.asked if not url.startswith(("file:", "data:"))] == []
        each.page.context.close()


@pytest.mark.browser
@pytest.mark.slow
class TestInABrowser:
    def test_a_verdict_in_the_report_opens_its_row(self, open_page: Open) -> None:
        page = open_page()
        assert page.get_attribute("#tab-v", "aria-selected") == "true"
        page.click("#v1")
        assert page.get_attribute("#rv1", "aria-current") == "true"
        assert page.inner_text("#rv1 td.verdict") == "不符"
        page.click("#rv1 td.indicator")
        assert page.get_attribute("#v1", "aria-current") == "true"

    def test_the_rows_behind_open_below_the_claim(self, open_page: Open) -> None:
        page = open_page()
        page.click("#rv1 td.detail > details > summary")
        assert page.inner_text("#rv1 dl").count("示例规定") == 1
        page.locator("#rv1 details.rows > summary").first.press("Enter")
        assert page.locator("#rv1 details.rows").first.locator("tbody tr").count() == 120
        assert page.is_visible("#rv1 details.rows table")

    def test_filters_and_languages_hold_for_verdicts(self, open_page: Open) -> None:
        page = open_page()
        page.click('.filters[data-for="v"] .chip.contradicted')
        assert page.locator("#panel-v tbody > tr[id]:not([hidden])").count() == 1
        page.click("#language")
        assert page.inner_text("#rv1 td.verdict") == "contradicted"
        assert "the same period of the year before" in (page.text_content("#rv1 dl") or "")
        page.keyboard.press("2")
        assert page.get_attribute("#tab-f", "aria-selected") == "true"

    @pytest.mark.parametrize(("width", "dark"), [(1440, False), (1440, True), (390, False), (390, True)])
    def test_nothing_stands_in_the_way_of_assistive_technology(
        self, open_page: Open, width: int, dark: bool
    ) -> None:
        axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        page = open_page(width=width, dark=dark)
        page.context.set_offline(True)
        page.keyboard.press("j")
        page.evaluate("for (const each of document.querySelectorAll('#rv1 details')) each.open = true")
        found = axe.run(page)
        assert not found.violations_count, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
