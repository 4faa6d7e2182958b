"""The site in a real Chromium, from files: accessible, quiet, no wider than the screen; search, languages, light, links."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from duban.ledger.site.addresses import account_page, place_page, report_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from duban.ledger.site.records import Account, Holdings

pytestmark = [pytest.mark.slow, pytest.mark.browser]
DESKTOP, PHONE = (1440, 900), (390, 844)


@pytest.fixture
def opened(chromium: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    said: list[str] = []
    contexts = []

    def go(path: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: said.append(request.url) if not request.url.startswith(site.as_uri()) else None,
        )
        file, mark, rest = path.partition("#") if "#" in path else path.partition("?")
        page.goto(f"{(site / file).as_uri()}{mark}{rest}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert [each for each in said if "data:," not in each] == []


@pytest.fixture
def account(held: Holdings) -> Account:
    return next(each for each in held.accounts if each.place.name == "澜川市")


def every_sort(held: Holdings, account: Account) -> dict[str, str]:
    """One page of each sort, and the hostile ones."""
    hostile = next(each for each in held.accounts if each.place != account.place)
    return {
        "home": "index.html",
        "place": place_page(account.place),
        "indicator": "indicators/ECO.GDP.html",
        "report": report_page(account.later.id),
        "promises": account_page(account),
        "indicators": "indicators.html",
        "reports": "reports.html",
        "search": "search.html",
        "hostile_place": place_page(hostile.place),
        "hostile_report": report_page(hostile.later.id),
        "hostile_promises": account_page(hostile),
    }


@pytest.mark.parametrize(
    ("lang", "size", "dark"),
    [("zh", DESKTOP, False), ("zh", PHONE, True), ("en", PHONE, False), ("en", DESKTOP, True)],
)
def test_every_sort_of_page_is_accessible(
    opened: Callable[..., Page], chromium: Browser, site: Path, held: Holdings, account: Account, lang: str,
    size: tuple[int, int], dark: bool,
) -> None:  # fmt: skip
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for name, path in every_sort(held, account).items():
        page = opened(f"{lang}/{path}", size, dark=dark)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} runs off the side"
        )
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"site-{name}-{lang}-{size[0]}.png", full_page=True)
        checked = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            bypass_csp=True,
        ).new_page()  # what axe asks for is not ours, and the page's policy refuses it
        checked.goto(page.url)
        found: Any = axe.run(checked)
        checked.context.close()
        assert not found.violations_count, f"{name}: {found.generate_report()}"


def test_search_finds_chinese_in_the_midst_of_words(opened: Callable[..., Page]) -> None:
    page = opened("zh/index.html")
    page.keyboard.press("/")
    page.keyboard.type("生产总值")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    assert page.locator("#search-results h2").all_text_contents() == ["指标", "承诺"]
    assert page.locator("#search-results mark").first.text_content() == "生产总值"
    page.get_by_role("searchbox").fill("澜川 2026")
    page.get_by_role("heading", name="报告").wait_for()
    page.get_by_role("link", name="澜川市 2026").click()
    page.wait_for_url("**/reports/*.html")
    assert page.get_by_role("heading", level=1).text_content() == "澜川市2026年政府工作报告"


def test_search_shows_hostile_words_as_words(opened: Callable[..., Page]) -> None:
    page = opened("en/search.html?q=onclick")
    assert "<b onclick=alert(3)>道路" in (page.locator("#search-results").text_content() or "")
    page.get_by_role("searchbox").fill("<img")
    page.locator("#search-results a").first.wait_for()
    assert page.locator("#search-results img").count() == 0


def test_a_number_leads_to_its_sentence_and_the_sign_to_the_answer(
    opened: Callable[..., Page], account: Account
) -> None:
    page = opened("zh/indicators/ECO.GDP.html")
    page.get_by_role("link", name="6%左右").first.click()
    page.wait_for_url("**/reports/*.html#f-*")
    marked = page.locator(":target")
    assert marked.text_content() == "6%左右"
    assert marked.evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top > 40 && b.bottom < innerHeight }"
    )
    page.locator("a.sign.v-missed").first.click()
    page.wait_for_url(f"**/{account.later.id}.html#*")
    assert page.locator(":target").count() == 1
    page.locator("a.sign.back").first.click()
    page.wait_for_url(f"**/{account.earlier.id}.html#*")


def test_a_folded_promise_unfolds_when_it_is_led_to(opened: Callable[..., Page], account: Account) -> None:
    vague = next(each for each in account.settlements if each.verdict.value == "not_checkable")
    page = opened(f"zh/{account_page(account)}#p-{vague.promise.id}")
    assert page.locator(":target").is_visible()


def test_the_other_language_keeps_the_place(opened: Callable[..., Page], account: Account) -> None:
    page = opened(f"zh/{account_page(account)}#missed")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**/en/{account_page(account)}#missed")
    assert page.locator("h2#missed").text_content() is not None
    assert page.locator("html").get_attribute("lang") == "en"


def test_light_and_dark_are_kept_from_page_to_page(opened: Callable[..., Page]) -> None:
    page = opened("zh/index.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    page.get_by_role("link", name="指标", exact=True).click()
    page.wait_for_url("**/indicators.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_the_keyboard_reaches_everything(opened: Callable[..., Page]) -> None:
    page = opened("zh/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = {
        page.evaluate("document.activeElement.closest('.wide, .cell, a, [tabindex]')?.className ?? ''")
    }
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className"))
    assert "cell" in reached


def test_the_top_leads_to_a_language(opened: Callable[..., Page]) -> None:
    page = opened("index.html")
    page.wait_for_url("**/zh/index.html")


def test_print_shows_the_report_and_not_the_frame(opened: Callable[..., Page], account: Account) -> None:
    page = opened(f"zh/{report_page(account.earlier.id)}")
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert page.locator("article.text").is_visible()
