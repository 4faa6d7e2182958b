"""Corrections: a figure misread or misprinted is put right by a record, its own row stays as it was read.

A correction holds as long as nobody has taken it back, its day (`until`) has not come, the document it was made on is
the one that stands for its place and year, and the field still says what it said when it was corrected (`expect`): a
reader that reads it rightly, or a new version of the text, makes it lapse.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from duban.errors import CorrectionError
from duban.ledger.model import Correction, Evidence
from duban.ledger.store.naming import named
from duban.ledger.store.rows import table
from duban.ledger.store.versions import digest
from duban.reading.formats.records import plain
from duban.reading.model import Kind, Qualifier, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from duban.ledger.store.database import Database

__all__ = ["FIELDS", "correct", "corrections", "withdraw"]

FIELDS = ("value", "high", "unit", "qualifier", "indicator", "kind", "status", "period", "place")
_EMPTY = frozenset({"high", "period", "place"})
"""Fields that may be nothing."""
_COLUMN = {"value": "value_text", "high": "high_text", "place": "of_place", "indicator": "code"}
_PERIOD = re.compile("[0-9]{4}(?:/[0-9]{4})?")


def correct(
    ledger: Database,
    figure: str,
    *,
    field: str,
    value: str | None,
    reason: str,
    who: str,
    until: date | None = None,
) -> Correction:
    """Put a field of a figure right, from now on. `figure` is its id or the beginning of it.

    `value` is None for nothing (no high end, the report's own place). Raises `CorrectionError` for what cannot be meant:
    a figure that no current reading has, a value that the field cannot have or has already, no reason, nobody's name.
    """
    row = _figure(ledger, figure)
    where = f"figure {row['figure']} ({row['text']})"
    for what, given in (("reason", reason), ("name", who)):
        if not given.strip():
            raise CorrectionError(
                f"a correction has a {what}", where=where, todo=f"say {'why' if what == 'reason' else 'who'}"
            )
    right = _checked(field, value, row, where)
    said = row[_COLUMN.get(field, field)]
    if right == said:
        raise CorrectionError(f"{field} is {said} already", where=where)
    if field in _taken(ledger, row["corrections"]):
        raise CorrectionError(
            f"{field} has been corrected already",
            where=where,
            todo="take that back first: duban ledger correct --withdraw",
        )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = {
        "id": digest(row["figure"], field, str(said), str(right), reason, who, now),
        "figure": row["figure"],
        "document": row["document"],
        "field": field,
        "expect": said,
        "value": right,
        "reason": reason,
        "who": who,
        "when": now,
        "until": until.isoformat() if until else None,
        "quote": row["text"],
    }
    with ledger.transaction():
        ledger.insert("corrections", table("corrections", [record]))
    return _read({**record, "sha256": row["sha256"], "start": row["start"], "end": row["end"]})


def withdraw(ledger: Database, correction: str, *, reason: str, who: str) -> None:
    """Take a correction back, given by its id or the beginning of it; the record stays, with who and why.

    Raises `CorrectionError` where there is none, or several begin so.
    """
    found = ledger.rows(
        "SELECT id FROM corrections WHERE starts_with(id, ?) AND length(?) >= 4 AND withdrawn IS NULL",
        [correction] * 2,
    )
    if len(found) != 1:
        raise CorrectionError(
            f"{'several corrections begin' if found else 'no correction begins'} with {correction}",
            todo="see duban ledger corrections",
        )
    if not (reason.strip() and who.strip()):
        raise CorrectionError("taking back a correction has a reason and a name", where=correction)
    said = f"{datetime.now(UTC).isoformat(timespec='seconds')} {who}: {reason}"
    with ledger.transaction():
        ledger.rows("UPDATE corrections SET withdrawn = ? WHERE id = ?", [said, found[0][0]])


def corrections(ledger: Database) -> list[dict[str, Any]]:
    """All corrections ever made, the oldest first, each with its state: in_force, withdrawn, expired or lapsed."""
    return ledger.records(
        """SELECT c.*, d.place, d.year, CASE
                WHEN c.withdrawn IS NOT NULL THEN 'withdrawn'
                WHEN c.until <= current_date::VARCHAR THEN 'expired'
                WHEN c.id IN (SELECT id FROM corrections_in_force) THEN 'in_force'
                ELSE 'lapsed' END AS state
           FROM corrections c LEFT JOIN documents d ON d.id = c.document ORDER BY c."when", c.id"""
    )


def _figure(ledger: Database, figure: str) -> dict[str, Any]:
    found = ledger.records(
        "SELECT s.*, d.sha256 FROM standing s JOIN documents d ON d.id = s.document "
        "WHERE starts_with(s.figure, $1) AND length($1) >= 4 LIMIT 2",
        [figure],
    )
    if len(found) != 1:
        raise CorrectionError(
            f"{'several figures begin' if found else 'no current reading has a figure that begins'} with {figure}",
            expected="the id of a figure",
            todo="see duban ledger panel --format jsonl, or duban ledger show DOCUMENT --figures",
        )
    return found[0]


def _taken(ledger: Database, corrections: list[str]) -> set[str]:
    """The fields that some corrections are of."""
    found = ledger.rows("SELECT field FROM corrections WHERE list_contains(?, id)", [corrections])
    return {field for (field,) in found}


def _checked(field: str, value: str | None, row: dict[str, Any], where: str) -> str | None:
    """The value as the field holds it."""
    if field not in FIELDS:
        raise CorrectionError(f"a figure has no field {field}", where=where, expected=", ".join(FIELDS))
    if value is None or not value.strip():
        if field in _EMPTY or (field == "unit" and value is not None):
            return "" if field == "unit" else None
        raise CorrectionError(f"{field} cannot be nothing", where=where)
    check = _CHECKS.get(field)
    found = (
        named(value, row["kind"]).code
        if field == "indicator"
        else check(value.strip())
        if check
        else value.strip()
    )
    if found is None:
        raise CorrectionError(f"{value!r} is no {field}", where=where, expected=_EXPECTED.get(field, ""))
    return found


def _number(text: str) -> str | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return plain(number) if number.is_finite() else None


def _one_of(known: type[Kind | Qualifier | Status]) -> Callable[[str], str | None]:
    return lambda text: text if text in {each.value for each in known} else None


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "value": _number,
    "high": _number,
    "qualifier": _one_of(Qualifier),
    "kind": _one_of(Kind),
    "status": _one_of(Status),
    "period": lambda text: text if _PERIOD.fullmatch(text) else None,
}
_EXPECTED = {
    "value": "a number without multipliers, as figures have it (192170000000 for 1921.7亿元)",
    "high": "a number without multipliers",
    "qualifier": ", ".join(Qualifier),
    "kind": ", ".join(Kind),
    "status": ", ".join(Status),
    "period": "a year (2025) or the first and last of several (2021/2025)",
}


def _read(record: dict[str, Any]) -> Correction:
    return Correction(
        id=record["id"],
        evidence=Evidence(
            document=record["sha256"], start=record["start"], end=record["end"], quote=record["quote"]
        ),
        field=record["field"],
        expect=record["expect"],
        value=record["value"],
        reason=record["reason"],
        who=record["who"],
        when=record["when"],
        until=record["until"],
    )
