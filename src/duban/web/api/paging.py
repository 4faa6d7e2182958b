"""Pages by a cursor: what is added or goes meanwhile neither repeats nor hides anything."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Query

from duban.errors import InputError

__all__ = ["Cursor", "Limit", "page"]

Row = TypeVar("Row", bound=Model)

Cursor = Annotated[
    str | None,
    Query(
        pattern=r"^[A-Za-z0-9_=-]{1,40}$",
        description="`next` of the page before; without it, the first page.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]


def page(
    rows: QuerySet[Row], show: Callable[[list[Row]], list[Any]], cursor: str | None, limit: int
) -> dict[str, Any]:
    """`limit` rows after the cursor in the order they were made, and the cursor of what follows, None at the end."""
    after = _read(cursor) if cursor else 0
    found = list(rows.order_by("pk").filter(pk__gt=after)[: limit + 1])
    more = found[limit:]
    return {"items": show(found[:limit]), "next": _written(found[limit - 1].pk) if more else None}


def _written(pk: int) -> str:
    return base64.urlsafe_b64encode(b"%d" % pk).decode()


def _read(cursor: str) -> int:
    try:
        number = int(base64.urlsafe_b64decode(cursor.encode()))
    except (binascii.Error, ValueError):
        number = -1
    if not 0 <= number < 2**63:
        raise InputError(
            _("this is no cursor"), where="cursor", todo=_("take the one that the page before gave")
        )
    return number
