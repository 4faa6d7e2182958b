"""The page of the HTTP API, written anew from its OpenAPI document: `make api`."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api.md"

_HEAD = """# The HTTP API

Written from the OpenAPI document by `make api`; a test holds the page to it. An installation has the document at
`/api/v1/openapi.json` and this page, with nothing from elsewhere, at `/api/v1/docs`. How to use it:
[the API and webhooks](../how-to/api.md).

## Scopes

| scope | 中文 | what it lets a program do |
|---|---|---|
"""


def page() -> str:
    """The page as it is to be. Django has to be set up."""
    from duban.web.api.app import document
    from duban.web.api.reference import markdown
    from duban.web.tokens.service import scopes

    rows = "".join(f"| `{scope.name}` | {scope.zh} | {scope.en} |\n" for scope in scopes().values())
    return f"{_HEAD}{rows}\n{markdown(document())}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.web.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
