"""A real Chromium in front of a live server."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

__all__ = ["DESKTOP", "PHONE", "Window", "served", "windows"]

DESKTOP, PHONE = (1440, 900), (390, 844)


@contextmanager
def served() -> Iterator[str]:
    """The application on a port of its own, static files and all as in earnest; its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Window:
    """A page with whatever its console said that it should not have."""

    page: Page
    url: str
    said: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, username: str, password: str) -> None:
        """By the page, as a person would."""
        page = self.go("/sign-in/")
        page.fill("#id_username", username)
        page.fill("#id_password", password)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{self.url}/")

    def look(self, name: str) -> None:
        """Nothing stands in the way of assistive technology, nothing runs off the side; a picture, if they are wanted."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        before = list(self.said)
        self.page.wait_for_load_state()  # a click returns as soon as the next page has begun
        found: Any = axe.run(self.page)
        assert not found.violations_count, f"{name}: {found.generate_report()}"
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} runs off the side"
        )
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        self.said[:] = before  # what axe and the camera put into the page is not ours


@contextmanager
def windows(
    browser: Browser, url: str, size: tuple[int, int] = DESKTOP, *, dark: bool = False
) -> Iterator[Window]:
    """A window of its own, with its own cookies. Fails if the console complained."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        has_touch=size[0] < 600,
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    window = Window(page, url)
    page.on(
        "console",
        lambda said: window.said.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    page.on("pageerror", lambda error: window.said.append(str(error)))
    yield window
    context.close()
    if not os.environ.get("SCREENSHOTS"):  # the camera puts styles into the page, which the policy refuses
        assert window.said == [], window.said
