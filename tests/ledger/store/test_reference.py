"""The page on the tables says what the tables are."""

from __future__ import annotations

from duban.ledger.store.schema import VIEWS
from tools.ledger_schema import PAGE, page


def test_the_page_is_what_the_schema_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make ledger-schema"


def test_every_view_is_explained() -> None:
    assert all(f"| `{view}` |" in page() for view in VIEWS)
