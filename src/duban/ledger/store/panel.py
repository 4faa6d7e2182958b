"""One indicator over places and years, a figure a cell with the statement it stands in.

Several figures of current readings may stand for one cell. Which wins is laid down here, in this order:

1. what is asked for: the indicator, the kind, one of the statuses, of the report's own place; for one year
   (`avg_growth`: for the last year of its span); and of the whole year and place: a figure that is narrowed (上半年,
   市区, 日均, 累计: the scopes of the audit; a growth that says it is over another year: 比2002年增长65.5%) never fills a cell;
2. the earlier in the list of statuses asked for;
3. the report nearest: for a target the report of that year, else the report of the year after, which reviews it;
4. one at the usual prices before one said to be comparable or planned, and one whose year is sure;
5. the section that is about the year (review_year, plan_year) before those about a term or a plan period;
6. the surer link to the catalogue;
7. the first in the text: reports give the headline first.

`rivals` counts the other figures of the winning report that were fit for the cell and give another value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.store.database import LedgerError
from duban.ledger.store.naming import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from duban.ledger.store.database import Database

__all__ = ["DEFAULT_STATUSES", "observations", "panel", "place_key"]

DEFAULT_STATUSES = ("actual", "estimate")
_NARROWED = ["part_of_year", "cumulative", "mean", "core", "other_base"]
_LAST = {"comparable", "planned"}

_FIT = """
WITH fit AS (
    SELECT s.*, CASE WHEN s.period NOT LIKE '%/%' OR s.kind = 'avg_growth'
                     THEN TRY_CAST(split_part(s.period, '/', -1) AS INTEGER) END AS year
    FROM standing s
    WHERE s.code = $code AND s.kind = $kind AND s.own AND list_contains($statuses, s.status)
      AND NOT list_has_any(s.scope, $narrowed)
      AND (len($places) = 0 OR list_contains($places, s.place_key))
)"""
_FIT_ALL = """
WITH fit AS (
    SELECT s.*, TRY_CAST(split_part(s.period, '/', -1) AS INTEGER) AS year
    FROM standing s
    WHERE s.code IS NOT NULL AND s.own AND list_contains($statuses, s.status) AND NOT list_has_any(s.scope, $narrowed)
)"""
_RANKED = """,
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY {cell} ORDER BY
            list_position($statuses, status),
            abs(report_year - year - (status <> 'target')::INTEGER), report_year,
            list_has_any(scope, $last)::INTEGER, (NOT dated)::INTEGER,
            (part NOT IN ('review_year', 'plan_year'))::INTEGER,
            score DESC, start) AS place_in_line,
        len(list_distinct(list((value_text, coalesce(high_text, ''), unit)) OVER (
            PARTITION BY {cell}, status, reading)))::INTEGER AS values_given
    FROM fit
    WHERE year IS NOT NULL AND (len($years) = 0 OR list_contains($years, year))
),
won AS (SELECT * FROM ranked WHERE place_in_line = 1)
SELECT w.place, w.place_code, w.year, w.value_text::DOUBLE AS value, w.value_text, w.high_text::DOUBLE AS high, w.high_text,
       w.unit, w.qualifier, w.status, w.period, w.code, w.words AS indicator, w.kind, w.text, w.quote,
       len(w.corrections) > 0 AS corrected, w.printed, w.printed_high, w.corrections,
       w.values_given - 1 AS rivals,
       w.report_year, w.name AS report, w.document, w.figure, w.start, w."end", w.place_key
FROM won w
ORDER BY w.place_key, w.year, w.code, w.kind, w.status, w.period
"""


def panel(
    ledger: Database, indicator: str, *, kind: str = "level", statuses: Sequence[str] = DEFAULT_STATUSES,
    places: Sequence[str] = (), years: Sequence[int] = (),
) -> pa.Table:  # fmt: skip
    """A row for each place and year that a figure of the ledger fills, in the order of place codes and years.

    `indicator` is a code or any name of the catalogue; `places` are names or codes. `value` is the low end of a
    range, as a float and with its digits; where a correction holds it is the corrected value, with `printed` beside it.
    Raises `CatalogueError` for an indicator that is not known, `LedgerError` for a place no report of which is here.
    """
    meant = named(indicator, kind)
    values = {
        "code": meant.code,
        "kind": kind,
        "statuses": list(statuses),
        "places": [place_key(ledger, place) for place in places],
        "years": list(years),
        "narrowed": _NARROWED,
        "last": sorted(_LAST),
    }
    return ledger.table(_FIT + _RANKED.format(cell="place_key, year"), values)


def observations(ledger: Database) -> pa.Table:
    """The same of every indicator, kind, status and period, spans of years too: a row for each that is told."""
    values = {
        "statuses": ["actual", "estimate", "target"],
        "narrowed": _NARROWED,
        "last": sorted(_LAST),
        "years": [],
    }
    return ledger.table(_FIT_ALL + _RANKED.format(cell="place_key, code, kind, status, period"), values)


def place_key(ledger: Database, place: str) -> str:
    """The key of a place of the ledger, by code, full name, or the beginning of one."""
    found = ledger.rows(
        "SELECT DISTINCT place_key, place FROM documents WHERE place_key = $1 OR place = $1 OR starts_with(place, $1) "
        "ORDER BY length(place)",
        [place],
    )
    exact = [row for row in found if place in row] or found
    if len({key for key, _ in exact}) == 1:
        return str(exact[0][0])
    shown = ", ".join(f"{name} {key}" for key, name in exact[:8])
    raise LedgerError(
        f"{place} may be one of several places" if exact else f"the ledger has no report of {place}",
        where=str(ledger.path),
        todo=f"say which: {shown}" if exact else "see duban ledger list",
    )
