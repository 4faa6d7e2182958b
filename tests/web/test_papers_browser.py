"""Notices, papers and the workbook in a real browser: told, settled, filled in, checked, reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from duban.supervision.model import Act
from duban.web.cases import service as cases
from tests.web.browser import DESKTOP, PHONE, served, windows
from tests.web.city import PASSWORD, City
from tests.web.test_cases import handed, take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def site(committed: None) -> Iterator[str]:
    with served() as address:
        yield address


def test_a_unit_is_told_and_reports_by_workbook(chromium: Browser, site: str, tmp_path: Path) -> None:
    city = City.build()
    case = handed(city)
    with windows(chromium, site, PHONE) as liaison:
        liaison.sign_in("liaison", PASSWORD)
        page = liaison.page
        assert page.locator(".bell b").inner_text() == "1"
        page.click(".bell")
        liaison.look("notices")
        page.click(".notices a")
        page.wait_for_url(f"**/tasks/{case.key}/")
        assert page.locator(".bell b").count() == 0
        liaison.go("/notices/settings/")
        liaison.look("notices-settings")
        page.click("text=生成地址")
        liaison.look("notices-feed")
    take(case, Act.SIGN, city.people["liaison"])
    with windows(chromium, site, DESKTOP) as liaison:
        liaison.sign_in("liaison", PASSWORD)
        page = liaison.go("/papers/progress/")
        liaison.look("progress")
        with page.expect_download() as download:
            page.click("text=下载填报表")
        path = tmp_path / "progress.xlsx"
        download.value.save_as(path)
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["K4"], book.worksheets[0]["L4"], book.worksheets[0]["L9"] = (
            600,
            "已新增600张",
            "新增一行",
        )
        book.save(path)
        page.set_input_files("#id_file", path)
        page.click("main button.main")
        page.wait_for_url("**/papers/progress/*/")
        liaison.look("progress-check")
        page.click("text=提交反馈")
        page.wait_for_selector(".messages .success")
    assert cases.events_of(case)[-1].act is Act.REPORT
    for size in (DESKTOP, PHONE):
        with windows(chromium, site, size) as office:
            office.sign_in("office", PASSWORD)
            office.go("/papers/")
            office.look("papers")
            office.page.click("text=预览")
            office.look("circular")
            office.go("/papers/templates/new/")
            office.look("template")
