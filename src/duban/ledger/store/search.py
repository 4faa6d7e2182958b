"""Statements that hold all of some words, with where the words stand.

DuckDB's full-text index parts words at blanks, of which Chinese has none. Every statement of the current readings is
looked at instead: a search for exact characters, which knows no word boundaries to get wrong. How that was chosen and
how long it takes: docs/decisions/0011-ledger.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from duban.ledger.store.database import Database

__all__ = ["hits", "search", "terms"]

_SQL = """
SELECT n.place, n.place_code, n.year, s.text, s.status, s.start, s."end", n.name AS report, n.document
FROM statements s JOIN current n ON n.reading = s.reading
WHERE {contains}
  AND (len($places) = 0 OR list_contains($places, n.place_key) OR list_contains($places, n.place))
  AND (len($years) = 0 OR list_contains($years, n.year))
ORDER BY n.year DESC, n.place_key, s.start
LIMIT $limit
"""


def search(
    ledger: Database,
    words: str,
    *,
    places: Sequence[str] = (),
    years: Sequence[int] = (),
    limit: int | None = None,
) -> pa.Table:
    """The statements that hold every one of the words, which blanks part; the newest reports first.

    Latin letters are found in either case. Raises `InputError` where there is no word.
    """
    wanted = terms(words)
    named = {f"word{number}": term for number, term in enumerate(wanted)}
    values = {**named, "places": list(places), "years": list(years), "limit": limit}
    contains = " AND ".join(
        f"contains(lower(s.text), ${name})" if term != term.upper() else f"contains(s.text, ${name})"
        for name, term in named.items()
    )
    return ledger.table(_SQL.format(contains=contains), values)


def terms(words: str) -> list[str]:
    """The words of a search, in lower case."""
    found = list(dict.fromkeys(words.lower().split()))
    if not found:
        raise InputError("there is no word to search for", expected="words parted by blanks")
    return found


def hits(text: str, words: str) -> list[tuple[int, int]]:
    """Where the words stand in a text, in order; what overlaps is joined.

    >>> hits("全面优化营商环境", "营商 商环境")
    [(4, 8)]
    """
    found = sorted(
        match.span() for term in terms(words) for match in re.finditer(re.escape(term), text, re.IGNORECASE)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
