"""The journey of a report in a real browser: brought in, reviewed by keyboard and on a phone, handed over, signed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from duban.web.cases.models import Case
from duban.web.reports import service as reporting
from duban.web.reports.models import Report
from tests.web import reports
from tests.web.browser import DESKTOP, PHONE, Window, served, windows
from tests.web.city import PASSWORD, City
from tests.web.test_cases import PDF, handed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def site(committed: None) -> Iterator[str]:
    """The address of a server that answers."""
    with served() as address:
        yield address


@pytest.fixture
def town(committed: None) -> City:
    return City.build()


def state_of(window: Window, words: str) -> str:
    """What the card with these words says it is."""
    card = window.page.locator(".commitment", has_text=words).first
    return str(card.get_attribute("data-state"))


def test_from_the_report_to_the_unit_that_signs(chromium: Browser, site: str, town: City) -> None:
    with windows(chromium, site) as office:
        office.sign_in("office", PASSWORD)
        office.look("home-empty")
        page = office.go("/reports/import/")
        page.set_input_files(
            "#id_file", {"name": "报告.txt", "mimeType": "text/plain", "buffer": reports.TEXT.encode()}
        )
        office.look("import")
        page.click("main button.main")
        page.wait_for_url("**/reports/*/")
        office.look("review")
        review(office)
        page.click("text=交办")
        page.wait_for_url("**/hand-over/")
        office.look("board")
        row = page.locator(".row", has_text="公办学位")
        row.get_by_role("button", name="教育局").click()
        assert row.locator("input[type=checkbox]").is_checked()
        page.on("dialog", lambda dialog: dialog.accept())
        page.click(".board-foot button.main")
        page.wait_for_selector(".messages .success")
        office.look("board-after")
    case = Case.objects.get()
    assert case.lead == town.units["education"]
    with windows(chromium, site, PHONE) as liaison:
        sign_and_report(liaison, case)
    case.refresh_from_db()
    assert (case.stage, case.seq) == ("under_way", 5)


def review(office: Window) -> None:
    """Go through the commitments by keyboard alone."""
    page = office.page
    first = page.locator(".commitment").nth(0)
    words = first.locator(".wording").inner_text()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    assert page.locator("mark[aria-current]").inner_text() in words
    page.locator(".commitment", has=page.locator("[data-key=s]")).first.focus()
    page.keyboard.press("s")
    office.look("review-split")
    page.locator("[data-part]:not([hidden]) input[type=checkbox]").first.check()
    page.locator("[data-part]:not([hidden]) button.main").click()
    expect(page.locator(".commitment .badge.yellow")).to_have_count(2)
    page.locator(".commitment").nth(0).focus()
    page.keyboard.press("a")
    expect(page.locator(".commitment.accepted")).to_have_count(1)
    expect(page.locator(".commitment[aria-current]")).to_have_attribute("data-state", "open")
    page.keyboard.press("a")
    expect(page.locator(".commitment.accepted")).to_have_count(2)
    page.keyboard.press("d")
    office.look("review-drop")
    page.keyboard.press("1")
    expect(page.locator(".commitment.dropped")).to_have_count(1)
    page.keyboard.press("e")
    page.locator("[data-part]:not([hidden]) textarea").fill("建成2000P智算中心")
    page.locator("[data-part]:not([hidden]) button.main").click()
    page.wait_for_selector("text=建成2000P智算中心")
    before = page.locator(".commitment").count()
    page.locator(".commitment").nth(before - 2).focus()
    page.keyboard.press("m")
    expect(page.locator(".commitment")).to_have_count(before - 1)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    office.look("review-keys")
    page.keyboard.press("Escape")
    report = Report.objects.get()
    states = [one.state for one in reporting.live(report)]
    assert page.locator("#counts b").all_inner_texts() == [
        str(len(states)), *(str(states.count(state)) for state in ("open", "accepted", "dropped"))
    ]  # fmt: skip
    assert page.locator("mark.accepted").count() == states.count("accepted")


def sign_and_report(liaison: Window, case: Case) -> None:
    liaison.sign_in("liaison", PASSWORD)
    liaison.look("home-unit")
    page = liaison.page
    page.click(f"text={case.title}")
    liaison.look("task")
    page.get_by_role("button", name="签收").first.click()
    page.locator("#act-sign button.main").click()
    page.wait_for_selector(".messages .success")
    page.get_by_role("button", name="反馈").first.click()
    page.fill("#report-text", "已开工，完成投资三成。")
    page.fill("#report-value_t1", "2600")
    page.set_input_files(
        "#report-evidence", {"name": "进度.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    liaison.look("task-report")
    page.locator("#act-report button.main").click()
    page.wait_for_selector(".messages .success")
    assert page.locator("text=进度.pdf").first.is_visible()
    liaison.look("task-after")


def test_a_review_on_a_phone(chromium: Browser, site: str, town: City) -> None:
    reports.bring(town.people["office"])
    report = Report.objects.get()
    with windows(chromium, site, PHONE) as office:
        office.sign_in("office", PASSWORD)
        page = office.go(f"/reports/{report.pk}/")
        office.look("review")
        assert not page.locator("#text").is_visible()
        card = page.locator(".commitment").nth(1)
        card.locator("[data-shows]").click()
        assert page.locator("#text").is_visible()
        assert page.locator("mark[aria-current]").is_visible()
        office.look("review-text")
        page.locator("mark[aria-current]").click()
        card.get_by_role("button", name="采纳").click()
        expect(page.locator(".commitment.accepted")).to_have_count(1)
        page.click("[data-filter=accepted]")
        assert page.locator(".commitment:visible").count() == 1


def test_whoever_is_slower_sees_why(chromium: Browser, site: str, town: City) -> None:
    reports.bring(town.people["office"])
    report = Report.objects.get()
    with windows(chromium, site) as first, windows(chromium, site) as second:
        for window, who in ((first, "office"), (second, "office_2")):
            window.sign_in(who, PASSWORD)
            window.go(f"/reports/{report.pk}/")
            window.page.keyboard.press("j")
        first.page.keyboard.press("a")
        expect(first.page.locator(".commitment.accepted")).to_have_count(1)
        second.page.keyboard.press("a")
        problem = second.page.locator("#problem .problem")
        problem.wait_for()
        assert town.people["office"].name in problem.inner_text()
        second.look("review-conflict")
        second.said.clear()  # the browser notes the answer's status


def test_characters_chosen_in_the_text_are_added(chromium: Browser, site: str, town: City) -> None:
    text = reports.TEXT.replace("着力扩大内需", "🚀着力扩大内需")
    report = reports.bring(town.people["office"], text)
    with windows(chromium, site) as office:
        office.sign_in("office", PASSWORD)
        page = office.go(f"/reports/{report.pk}/")
        page.evaluate("""() => {
          const piece = [...document.querySelectorAll('#text span')].find(one => one.textContent.includes('着力扩大内需'));
          const node = piece.firstChild, at = node.data.indexOf('着力');
          getSelection().setBaseAndExtent(node, at, node, at + 6);
        }""")
        page.click("#add button")
        page.wait_for_url("**#c-*")
        assert page.locator(".commitment[aria-current] .wording").inner_text() == "着力扩大内需"


PAGES = (
    "/",
    "/tasks/",
    "/reports/",
    "/reports/import/",
    "/units/",
    "/units/import/",
    "/account/",
    "/account/totp/",
    "/account/password/",
)


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)])
def test_nothing_stands_in_anybodys_way(
    chromium: Browser, site: str, town: City, size: tuple[int, int], dark: bool
) -> None:
    case = handed(town)
    with windows(chromium, site, size, dark=dark) as window:
        window.go("/sign-in/")
        window.look("sign-in")
        window.sign_in("office", PASSWORD)
        report = Report.objects.get()
        more = (
            f"/tasks/{case.key}/",
            f"/reports/{report.pk}/",
            f"/reports/{report.pk}/hand-over/",
            f"/units/{town.units['education'].pk}/",
        )
        for path in (*PAGES, *more):
            window.go(path)
            window.look("page" + path.replace("/", "-") + ("dark" if dark else ""))
        for button in window.go(f"/tasks/{case.key}/").locator("[data-opens^=act-]").all():
            button.click()
        window.look("page-task-open" + ("dark" if dark else ""))
        window.page.get_by_role("button", name="English").click()
        window.page.wait_for_selector("text=What has happened")
        assert window.page.get_attribute("html", "lang") == "en"
        window.look("page-task-english" + ("dark" if dark else ""))


def test_the_administrators_screens(chromium: Browser, site: str, town: City) -> None:
    for size in (DESKTOP, PHONE):
        with windows(chromium, site, size) as window:
            window.sign_in("administrator", PASSWORD)
            for path in ("/", "/accounts/", "/sign-ins/", "/units/"):
                window.go(path)
                window.look("administrator" + path.replace("/", "-"))
            page = window.go("/accounts/")
            page.locator("#id_username").fill(f"new{size[0]}")
            page.locator("#id_name").fill("新来的")
            page.get_by_role("button", name="新建").click()
            page.wait_for_selector("text=初始密码")
            window.look("administrator-new")
