"""A real Chromium, and pages that must keep quiet in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page

from duban.reading.formats.page import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from duban.reading.reading import Reading


@dataclass
class Opened:
    """A page in the browser, with everything that it said and asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Opener:
    """Opens a reading's page from a file, as a person would."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self.opened: list[Opened] = []

    def __call__(
        self,
        reading: Reading,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        lang: str = "zh",
        at: str = "",
    ) -> Page:
        file = self._folder / "page.html"
        file.write_text(render(reading, lang=lang), encoding="utf-8", newline="")
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        opened = Opened(context.new_page())
        opened.page.set_default_timeout(20_000)
        opened.page.on("console", lambda message: opened.said.append(message.text))
        opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.page.on("dialog", lambda dialog: opened.said.append(f"dialog: {dialog.message}"))
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.goto(f"{file.as_uri()}{at}")
        self.opened.append(opened)
        return opened.page

    def close(self) -> None:
        """Every page must have kept quiet: no errors, no warnings, no requests but for itself."""
        for opened in self.opened:
            opened.page.context.close()
            assert opened.said == []
            assert all(url.startswith(("file:", "data:")) for url in opened.asked)
            assert len([url for url in opened.asked if url.startswith("file:")]) == 1


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(chromium, tmp_path)
    yield opener
    opener.close()
