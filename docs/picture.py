"""Take the picture of a report's page for the README and the docs: `make picture` (needs Chromium)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import duban
from duban import samples
from duban.reading.formats.page import render

PICTURE = Path(__file__).parent / "images" / "page.png"


def main() -> None:
    """Write the first sample's page and photograph what a person sees first."""
    chromium = shutil.which("chromium") or sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        path.write_text(render(duban.read(samples.paths()[0])), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 810})
        page.goto(path.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
