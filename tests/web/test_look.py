"""In a real browser: a leader looks at what is red, the office acts on many, a post changes hands, somebody searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from duban.supervision.model import Act
from duban.web.cases import service
from tests.web.browser import DESKTOP, PHONE, served, windows
from tests.web.city import PASSWORD, City
from tests.web.test_board import work  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from duban.web.cases.models import Case

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def city(committed: None) -> City:
    return City.build()


@pytest.fixture
def site(committed: None) -> Iterator[str]:
    """The address of a server that answers."""
    with served() as address:
        yield address


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_leader_looks_and_instructs(
    chromium: Browser,
    site: str,
    city: City,
    work: list[Case],  # noqa: F811
    size: tuple[int, int],
) -> None:
    with windows(chromium, site, size) as leader:
        leader.sign_in("leader", PASSWORD)
        page = leader.page
        page.get_by_role("link", name="红灯事项").click()
        page.wait_for_url("**/leader/")
        expect(page.locator(".red-unit")).to_have_count(2)
        leader.look("leader")
        first = page.locator(".red-case").first
        first.locator("summary").click()
        first.locator("input[name=text]").fill("本周内解决")
        first.get_by_role("button", name="发送").click()
        page.wait_for_url("**/leader/")
        expect(page.locator(".red-case", has_text="本周内解决")).to_have_count(1)
        page.select_option("#whose", "all")
        page.wait_for_url("**leader=all")
        expect(page.locator(".red-unit")).to_have_count(3)
        page.locator(".red-case a").first.click()
        page.wait_for_url("**/tasks/**")
        leader.look("leader-task")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_office_filters_and_reminds_many(
    chromium: Browser,
    site: str,
    city: City,
    work: list[Case],  # noqa: F811
    size: tuple[int, int],
) -> None:
    with windows(chromium, site, size) as office:
        office.sign_in("office", PASSWORD)
        page = office.go("/board/")
        office.look("board-all")
        page.locator(".matrix a", has_text="教育局").click()
        page.wait_for_url("**unit=*")
        expect(page.locator("input[name=pick]")).to_have_count(3)
        page.select_option("#f-stage", "handed_over")
        page.wait_for_url("**stage=handed_over*")
        expect(page.locator("input[name=pick]")).to_have_count(1)
        page.locator("input[name=pick]").check()
        page.fill("#bulk-text", "请签收")
        office.look("board-picked")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="办理", exact=True).click()
        page.get_by_role("heading", name="1项已办理").wait_for()
        office.look("board-acted")
        page.get_by_role("link", name="返回看板").click()
        page.wait_for_url("**/board/?*stage=handed_over*")
    assert service.events_of(work[0])[-1].act is Act.REMIND


def test_a_post_changes_hands_and_somebody_searches(
    chromium: Browser,
    site: str,
    city: City,
    work: list[Case],  # noqa: F811
) -> None:
    for size in (DESKTOP, PHONE):
        with windows(chromium, site, size) as office:
            office.sign_in("office", PASSWORD)
            page = office.go(f"/units/{city.units['education'].pk}/edit/")
            office.look("unit-edit")
            page = office.go(f"/units/posts/{city.posts['leader'].pk}/")
            office.look("post-edit")
            page = office.go(f"/units/posts/{city.posts['head'].pk}/appoint/")
            office.look("appoint")
            if size == DESKTOP:
                page.select_option("#id_user", str(city.people["nobody"].pk))
                page.get_by_role("button", name="任命").click()
                page.get_by_role("heading", name="移交清单").wait_for()
                office.look("handing")
            page = office.go("/units/handings/")
            office.look("handings")
            page.keyboard.press("/")
            page.keyboard.type("养老")
            page.keyboard.press("Enter")
            page.wait_for_url("**/search/?q=*")
            expect(page.locator("mark").first).to_have_text("养老")
            office.look("search")
