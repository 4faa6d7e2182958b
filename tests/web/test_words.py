"""Chinese first, English complete: every word of the screens is in both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client


def test_the_catalog_has_every_word_and_is_compiled() -> None:
    """After a change: make messages."""
    from tools.messages.catalog import CATALOG, compiled, gathered, merged, missing, read, written

    catalog = merged(read(), gathered())
    assert missing(catalog) == []
    assert CATALOG.read_bytes() == written(catalog)
    assert CATALOG.with_suffix(".mo").read_bytes() == compiled(catalog)


@pytest.mark.django_db
def test_the_language_that_was_chosen_stays(client: Client) -> None:
    assert "登录" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    page = client.get("/sign-in/").content.decode()
    assert 'lang="en"' in page
    assert "Sign in" in page
    assert "登录" not in page
