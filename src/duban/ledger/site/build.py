"""The whole site, written into a folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from duban.ledger.site.folder import site_folder
from duban.ledger.site.pages import Pages, root_page
from duban.ledger.site.search import search_index
from duban.ledger.site.words import LANGUAGES

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from duban.ledger.site.records import Holdings

__all__ = ["build"]

_ASSETS = ("site.css", "site.js", "search.js")


def build(
    holdings: Holdings,
    folder: str | os.PathLike[str],
    *,
    advance: Callable[[int], None] = lambda _total: None,
) -> int:
    """Write the site of what a ledger holds; how many pages it has. The same holdings give the same bytes.

    `advance` is called after each page with how many there will be. Raises `OutputError` as `site_folder` does; the folder
    is replaced as a whole when everything is written.
    """
    with site_folder(Path(folder)) as stage:
        _write(stage / "index.html", root_page())
        for name in _ASSETS:
            _write(
                stage / "assets" / name,
                files(__package__).joinpath("assets", name).read_text(encoding="utf-8"),
            )
        _write(stage / "assets" / "search-index.js", search_index(holdings))
        pages = {lang: Pages(holdings, lang) for lang in LANGUAGES}
        total = sum(map(len, pages.values()))
        for lang, made in pages.items():
            for path, page in made:
                _write(stage / lang / path, page)
                advance(total)
    return total


def _write(path: Path, text: str) -> None:
    """As UTF-8, whatever a report holds: NUL and halves of surrogate pairs cannot stand in a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\0", "\ufffd").encode("utf-8", errors="replace"))
