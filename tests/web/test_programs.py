"""Tokens and webhooks on their screens in a real browser: made, used, revoked; the page of the API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from duban.supervision.model import Act
from duban.web.webhooks.service import deliver_due
from tests.web.browser import DESKTOP, PHONE, served, windows
from tests.web.city import PASSWORD, City
from tests.web.test_cases import handed, take

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def whoami(token: str) -> int:
    return Client().get("/api/v1/whoami", headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_program_is_let_in_told_and_shut_out(
    committed: None, chromium: Browser, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, webhook_private=True))
    city = City.build()
    case = handed(city)
    with served() as address, windows(chromium, address, size) as office:
        office.sign_in("office", PASSWORD)
        page = office.go("/account/tokens/")
        page.fill("#id_name", "数据看板")
        page.get_by_label("read:cases").check()
        office.look("tokens")
        page.click("main button.main")
        token = page.locator(".quote code").inner_text()
        office.look("token-new")
        assert whoami(token) == 200
        page.get_by_role("link", name="完成").click()
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="吊销").click()
        page.wait_for_selector(".messages")
        assert whoami(token) == 401

        page = office.go("/webhooks/")
        page.fill("#id_name", "协同办公")
        page.fill("#id_url", f"{address}/no-such-page/")
        office.look("webhooks")
        page.click("main button.main")
        page.get_by_role("link", name="完成").click()
        take(case, Act.SIGN, city.people["liaison"])
        deliver_due()
        page.reload()
        assert "HTTP 404" in page.content()
        office.look("webhook")
    with served() as address, windows(chromium, address, size) as administrator:
        administrator.sign_in("administrator", PASSWORD)
        page = administrator.go("/tokens/")
        page.fill("#id_name", "教育云")
        page.select_option("#id_post", label="教育局 督查联络员")
        page.get_by_label("act:cases").check()
        administrator.look("tokens-all")
        page.click("main button.main")
        assert whoami(page.locator(".quote code").inner_text()) == 200
        page = administrator.go("/api/v1/docs")
        page.locator("summary", has_text="/cases/{key}/acts/{act}").click()
        administrator.look("api")
