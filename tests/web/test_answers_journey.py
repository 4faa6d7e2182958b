"""In a real browser: a company's appeal until it is satisfied, and a proposal of two co-units until it is public."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import expect

from duban.web.cases.models import Case
from duban.web.intake.models import Submission
from tests.web.browser import DESKTOP, PHONE, Window, served, windows
from tests.web.city import PASSWORD, City
from tests.web.test_cases import PDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAPER = {"name": "答复函.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def site(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that answers the public too."""
    monkeypatch.setattr(
        settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, public_page=True, appeal_form=True)
    )
    with served() as address:
        yield address


@pytest.fixture
def town(committed: None) -> City:
    return City.build()


def act(page: Page, name: str, **fields: str) -> None:
    """Press the button of an act on a case's page, fill its form in, and send it."""
    page.locator(f"[data-opens=act-{name}]").click()
    form = page.locator(f"#act-{name}")
    for field, value in fields.items():
        control = form.locator(f"[name={field}]")
        if field in {"result", "satisfaction"}:
            control.select_option(value)
        else:
            control.fill(value)
    if form.locator("[name=evidence]").count():
        form.locator("[name=evidence]").set_input_files(PAPER)  # type: ignore[arg-type]
    form.locator("button.main").click()
    page.wait_for_selector(".messages .success")


def take_turn(chromium: Browser, site: str, who: str, key: str, *acts: tuple[str, dict[str, str]]) -> None:
    """Somebody signs in and takes these steps on the case."""
    with windows(chromium, site) as window:
        window.sign_in(who, PASSWORD)
        page = window.go(f"/tasks/{key}/")
        page.on("dialog", lambda dialog: dialog.accept())
        for name, fields in acts:
            act(page, name, **fields)
        window.look(f"case-{who}-{acts[-1][0]}")


def hand_over(window: Window, lead: str, co: str = "") -> None:
    """From a case's page to the board and back, with this lead."""
    page = window.page
    page.get_by_role("link", name="交办").click()
    page.wait_for_url("**/received/hand-over/**")
    page.locator("[name^=lead-]").fill(lead)
    page.locator("[name^=co-]").fill(co)
    page.locator("[name^=pick-]").check()
    window.look("route")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click(".board-foot button.main")
    page.wait_for_url("**/tasks/*/")


def test_an_appeal_from_intake_to_satisfaction(chromium: Browser, site: str, town: City) -> None:
    with windows(chromium, site, PHONE) as company:
        page = company.go("/ask/")
        company.look("ask")
        page.fill("[name=applicant]", "澜川永固包装有限公司")
        page.fill("[name=contact]", "郑先生 000-0000-0103")
        page.fill("[name=title]", "学校门前货车限行影响进厂")
        page.fill("[name=text]", "小学门前全天限行，货车无法进厂，望分时段放行。")
        page.set_input_files("[name=papers]", PAPER)  # type: ignore[arg-type]
        page.click("main button.main")
        receipt, code = page.inner_text("#receipt"), page.inner_text("#code")
        company.look("asked-for")
        with windows(chromium, site) as office:
            key = register(office)
        answer(chromium, site, key, "answered", "已转交管部门研究。")
        follow(company, receipt, code)
        expect(page.locator("main")).to_contain_text("已转交管部门研究")
        company.look("status-answered")
        page.get_by_label("不满意").check()
        page.locator("form[action$='rate/'] button").click()
        page.wait_for_selector(".note")
        page.fill("[name=reason]", "货车仍进不了厂")
        page.locator("form[action$='reopen/'] button").click()
        expect(page.locator("main")).to_contain_text("办理中")
        answer(chromium, site, key, "solved", "每日九时至十五时已放行。", again=True)
        follow(company, receipt, code)
        page.get_by_label("满意", exact=True).check()
        page.locator("form[action$='rate/'] button").click()
        expect(page.locator("dl.facts")).to_contain_text("满意")
        company.look("status-satisfied")
    case = Case.objects.get()
    assert (case.stage, case.state["satisfaction"], case.state["counts"]["reopen"]) == (
        "closed",
        "satisfied",
        1,
    )
    for size in (DESKTOP, PHONE):
        with windows(chromium, site, size) as office:
            office.sign_in("office", PASSWORD)
            office.go("/appeals/")
            office.look("appeals")
            office.go("/received/")
            office.look("received")


def register(office: Window) -> str:
    """What came by the public form is looked at, registered and handed over; the number of the case."""
    office.sign_in("office", PASSWORD)
    page = office.go("/received/")
    page.get_by_role("link", name="学校门前货车限行影响进厂").click()
    office.look("submission")
    page.locator("form[action$='register/'] button").click()
    page.wait_for_url("**/tasks/*/")
    hand_over(office, "教育局")
    case = Submission.objects.get().case
    assert case is not None
    return case.key


def follow(company: Window, receipt: str, code: str) -> None:
    """Look at it with the receipt number and the code."""
    page = company.go("/ask/status/")
    page.fill("[name=receipt]", receipt)
    page.fill("[name=code]", code)
    page.click("main button.main")
    page.wait_for_selector("dl.facts")


def answer(chromium: Browser, site: str, key: str, result: str, text: str, *, again: bool = False) -> None:
    """The head answers, one of the office looks, another closes."""
    sign: tuple[tuple[str, dict[str, str]], ...] = () if again else (("sign", {}),)
    take_turn(chromium, site, "head", key, *sign, ("claim", {"text": text, "result": result}))
    take_turn(chromium, site, "office", key, ("verify", {"text": "电话回访"}))
    take_turn(chromium, site, "office_2", key, ("close", {"result": result}))


def test_a_proposal_of_two_co_units_until_it_is_public(chromium: Browser, site: str, town: City) -> None:
    with windows(chromium, site) as office:
        office.sign_in("office", PASSWORD)
        page = office.go("/proposals/new/")
        office.look("intake")
        for name, value in {
            "number": "012",
            "session": "十六届三次会议",
            "title": "关于增加托位的建议",
            "text": "建议两年内每个街道至少新增一处托育点。",
            "applicant": "林代表",
            "received": "2026-11-02",
        }.items():
            page.fill(f"[name={name}]", value)
        page.select_option("[name=channel]", "above")
        page.click("main button.main")
        page.wait_for_url("**/received/*/")
        page.locator("form[action$='register/'] button").click()
        page.wait_for_url("**/tasks/*/")
        hand_over(office, "教育局", "卫健委、住建局")
    case = Case.objects.get()
    take_turn(chromium, site, "liaison", case.key, ("sign", {}))
    with windows(chromium, site, PHONE) as co_unit:
        co_unit.sign_in("other_liaison", PASSWORD)
        page = co_unit.go(f"/tasks/{case.key}/")
        expect(page.locator("main")).to_contain_text("待会办")
        co_unit.look("co-unit")
        act(page, "co_opinion", text="同意，卫生保健由我委指导。")
        expect(page.locator("main")).to_contain_text("已会办")
    take_turn(
        chromium,
        site,
        "head",
        case.key,
        ("claim", {"text": "今年新增托育点四处，其余列入明年。", "result": "B"}),
    )
    take_turn(chromium, site, "office", case.key, ("verify", {"text": "格式符合要求"}))
    take_turn(
        chromium,
        site,
        "office_2",
        case.key,
        ("close", {"result": "B"}),
        ("rate", {"satisfaction": "basically"}),
    )
    with windows(chromium, site) as office:
        office.sign_in("office", PASSWORD)
        page = office.go(f"/tasks/{case.key}/")
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator("summary", has_text="信息公开").click()
        office.look("publish-one")
        page.get_by_label("答复（用下方文字）").check()
        page.locator("form[action*='/publish/'] button.main").click()
        page.wait_for_selector(".messages .success")
        office.go("/publish/")
        office.look("publish-list")
        office.go("/proposals/")
        office.look("proposals")
    for size in (DESKTOP, PHONE):
        with windows(chromium, site, size) as reader:
            page = reader.go("/public/")
            expect(page.locator("main")).to_contain_text("关于增加托位的建议")
            page.locator("summary", has_text="答复").click()
            expect(page.locator("main")).to_contain_text("今年新增托育点四处")
            reader.look("public")
            reader.go("/public/en/")
            reader.look("public-en")
            assert page.context.cookies() == []
            assert "林代表" not in page.content()
    with windows(chromium, site, PHONE, dark=True) as reader:
        reader.go("/public/")
        reader.look("public-dark")
