"""What every test may ask for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

settings.register_profile("duban", deadline=None)  # no test is a timed test
settings.load_profile("duban")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder this checkout stands in; skips where the tests run without their repository."""
    if not (REPOSITORY / "pyproject.toml").is_file():
        pytest.skip("needs the whole repository, not the installed package alone")
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and annotations beside the repository; skips where it is missing."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real reports in ../shared, which are not part of this repository")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium: Debian's, or another on the PATH; skips where there is none.

    One at a time: Playwright keeps an event loop running, and a second one would not start beside it.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
