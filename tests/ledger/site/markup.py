"""Pages taken apart: their ids, links and tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Taken", "dead_links", "pages"]


@dataclass
class Taken:
    """What a page is made of."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Taken()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.tags.add(tag)
        for name, value in attrs:
            self.found.attributes.add(name)
            if name == "id":
                self.found.ids.append(value or "")
            if name in {"href", "src", "action"}:
                self.found.links.append(value or "")


def pages(site: Path) -> dict[Path, Taken]:
    """Every page of a site."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Parser()
        parser.feed(path.read_text(encoding="utf-8"))
        found[path.resolve()] = parser.found
    return found


def dead_links(site: Path) -> list[str]:
    """Links that lead nowhere: to a file that is not there, or to an id that its page does not have."""
    taken = pages(site)
    ids = {path: set(page.ids) for path, page in taken.items()}
    dead = []
    for path, page in taken.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme == "data":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            outside = parts.scheme or parts.netloc or not target.is_relative_to(site.resolve())
            if (
                outside
                or not target.is_file()
                or (parts.fragment and unquote(parts.fragment) not in ids[target])
            ):
                dead.append(f"{path.name}: {link}")
    return dead
