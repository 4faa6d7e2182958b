"""Promises and outcomes over a whole ledger: every report of a place with the next year's, settled once."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from duban.ledger.model import Outcome, Promise, Settlement, Target, Verdict
from duban.ledger.reconcile.claimed import Account, Unannounced, account
from duban.ledger.store.rows import evidence_of, evidence_rows, table
from duban.reading import batch
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.reconcile.rules import Rules
    from duban.ledger.store.ledger import Ledger
    from duban.reading.reading import Reading

__all__ = ["Settled", "accounts", "scores", "settle", "unsettled"]

_MANY = 4
"""Pairs from which on it is worth starting processes."""


class Settled(NamedTuple):
    """One pair of reports that has been settled."""

    place: str
    year: int
    """Of the report that promised."""
    promises: int


class _Pair(NamedTuple):
    earlier: int
    earlier_document: str
    later: int
    later_document: str
    place: str
    place_key: str
    year: int


def unsettled(ledger: Ledger, rules: Rules, *, place: str | None = None) -> list[_Pair]:
    """The pairs of current reports of two years in a row that these rules have not settled yet."""
    found = ledger.database.rows(
        """SELECT a.reading, a.document, b.reading, b.document, b.place, a.place_key, a.year
           FROM current a JOIN current b ON b.place_key = a.place_key AND b.year = a.year + 1
           WHERE (a.reading, b.reading, $rules) NOT IN (SELECT (earlier, later, rules) FROM settled)
             AND ($place IS NULL OR a.place_key = $place)
           ORDER BY a.place_key, a.year""",
        {"rules": rules.version, "place": place},
    )
    return [_Pair(*row) for row in found]


def settle(
    ledger: Ledger, rules: Rules, *, place: str | None = None, jobs: int | None = None
) -> Iterator[Settled]:
    """Settle those pairs and keep what they come to, each in a transaction; `place` is a key.

    What was settled of readings that no longer stand, or by other rules, is taken away.
    """
    pairs = unsettled(ledger, rules, place=place)
    _forget(ledger, rules)
    to_do = ((_named(ledger.reading_of(each.earlier, each.earlier_document), each.place),
              _named(ledger.reading_of(each.later, each.later_document), each.place)) for each in pairs)  # fmt: skip
    processes = jobs or (batch.processors() if len(pairs) >= _MANY else 1)
    with closing(batch.mapped(partial(_reconciled, rules=rules), to_do, jobs=processes)) as results:
        for pair, found in zip(pairs, results, strict=True):
            _keep(ledger, pair, found, rules)
            yield Settled(pair.place, pair.year, len(found.settlements))


def accounts(ledger: Ledger, *, place: str | None = None) -> Iterator[tuple[str, int, Account]]:
    """What was settled, pair by pair: place, year of the promises, and what the two came to in the order of the texts.

    The place is the one whose report promised; a promise may be of a part of it (主城区).
    """
    pairs = ledger.database.rows(
        f"SELECT s.earlier, s.later, a.place, a.year {_PAIRS} ORDER BY a.place_key, a.year", {"place": place}
    )
    promised = _by_pair(
        ledger,
        f"""SELECT s.later, p.*, o AS outcome {_PAIRS} JOIN promises p ON p.earlier = s.earlier
           JOIN outcomes o ON o.promise = p.id AND o.earlier = p.earlier AND o.later = s.later
           ORDER BY p.rowid""",
        place,
    )
    claimed = _by_pair(
        ledger,
        f"SELECT c.* {_PAIRS} JOIN claims c ON c.earlier = s.earlier AND c.later = s.later ORDER BY c.rowid",
        place,
    )
    for earlier, later, name, year in pairs:
        yield (
            name,
            year,
            Account(
                tuple(map(_settlement, promised[earlier, later])),
                tuple(map(_claim_back, claimed[earlier, later])),
            ),
        )


def _by_pair(ledger: Ledger, sql: str, place: str | None) -> dict[tuple[int, int], list[dict[str, Any]]]:
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in ledger.database.records(sql, {"place": place}):
        found[row["earlier"], row["later"]].append(row)
    return found


_PAIRS = """FROM settled s JOIN current a ON a.reading = s.earlier JOIN current b ON b.reading = s.later
    AND ($place IS NULL OR a.place_key = $place)"""
"""The settled pairs of readings that stand."""


def scores(ledger: Ledger, *, place: str | None = None) -> list[dict[str, Any]]:
    """How many promises came to each verdict, a row for each place and year of the promises."""
    counts = ", ".join(
        f"count(*) FILTER (o.verdict = '{verdict}')::INTEGER AS {verdict}" for verdict in Verdict
    )
    return ledger.database.records(
        f"""SELECT a.place, p.year, count(*)::INTEGER AS promises, {counts}
            FROM promises p JOIN outcomes o ON o.promise = p.id AND o.earlier = p.earlier
            JOIN current a ON a.reading = p.earlier JOIN current b ON b.reading = o.later
            WHERE $place IS NULL OR p.place_key = $place
            GROUP BY p.place_key, a.place, p.year ORDER BY p.place_key, p.year""",
        {"place": place},
    )


def _named(reading: Reading, place: str) -> Reading:
    """Two reports of one code may write its name in two ways."""
    return replace(reading, document=replace(reading.document, place=place))


def _reconciled(pair: tuple[Reading, Reading], rules: Rules) -> Account:
    return account(*pair, rules=rules)


def _forget(ledger: Ledger, rules: Rules) -> None:
    stale = (
        "(earlier, later) IN (SELECT (earlier, later) FROM settled WHERE rules <> ? "
        "OR earlier NOT IN (SELECT reading FROM current) OR later NOT IN (SELECT reading FROM current))"
    )
    database = ledger.database
    with database.transaction():
        database.rows(
            f"DELETE FROM promises WHERE (id, earlier) IN (SELECT (promise, earlier) FROM outcomes WHERE {stale})",
            [rules.version],
        )
        for name in ("outcomes", "claims", "settled"):
            database.rows(f"DELETE FROM {name} WHERE {stale}", [rules.version])


def _keep(ledger: Ledger, pair: _Pair, found: Account, rules: Rules) -> None:
    database = ledger.database
    with database.transaction():
        database.insert(
            "promises", table("promises", (_promise(each.promise, pair) for each in found.settlements))
        )
        database.insert("outcomes", table("outcomes", (_outcome(each, pair) for each in found.settlements)))
        database.insert("claims", table("claims", (_claim(each, pair) for each in found.unannounced)))
        done = {"earlier": pair.earlier, "later": pair.later, "rules": rules.version}
        database.insert("settled", table("settled", [done]))


# --- settlements as rows, and back --------------------------------------------------------------------------


def _promise(promise: Promise, pair: _Pair) -> dict[str, Any]:
    target = promise.target
    return {
        "id": promise.id,
        "earlier": pair.earlier,
        "place": promise.place,
        "place_key": pair.place_key,
        "year": promise.year,
        "code": promise.code,
        "name": promise.name,
        "kind": promise.kind,
        **_numbers(target.value if target else None, target.high if target else None),
        "unit": target.unit if target else None,
        "qualifier": target.qualifier if target else None,
        "period": target.period if target else None,
        "relation": promise.relation,
        "against": promise.against,
        "section": promise.section,
        "evidence": evidence_rows(promise.evidence),
    }


def _outcome(settled: Settlement, pair: _Pair) -> dict[str, Any]:
    outcome = settled.outcome
    row = {
        "promise": settled.promise.id,
        "earlier": pair.earlier,
        "later": pair.later,
        "verdict": settled.verdict.value,
        "reasons": list(settled.reasons),
        "score": settled.score,
        "rules": settled.rules,
    }
    return row if outcome is None else {**row, **_reached(outcome)}


def _claim(claim: Unannounced, pair: _Pair) -> dict[str, Any]:
    return {
        "earlier": pair.earlier,
        "later": pair.later,
        "place": claim.place,
        "place_key": pair.place_key,
        "year": claim.year,
        "code": claim.code,
        "name": claim.name,
        "kind": claim.kind,
        "section": claim.section,
        **_reached(claim.outcome),
    }


def _reached(outcome: Outcome) -> dict[str, Any]:
    return {
        **_numbers(outcome.value, outcome.high),
        "unit": outcome.unit,
        "qualifier": outcome.qualifier,
        "status": outcome.status,
        "evidence": evidence_rows(outcome.evidence),
    }


def _numbers(value: Decimal | None, high: Decimal | None) -> dict[str, Any]:
    return {
        "value": None if value is None else float(value),
        "value_text": None if value is None else plain(value),
        "high": None if high is None else float(high),
        "high_text": None if high is None else plain(high),
    }


def _settlement(row: dict[str, Any]) -> Settlement:
    value = _decimal(row["value_text"])
    target = (
        None
        if value is None
        else Target(
            value=value,
            high=_decimal(row["high_text"]),
            unit=row["unit"],
            qualifier=row["qualifier"],
            period=row["period"],
        )
    )
    fields = ("id", "place", "year", "code", "name", "kind", "relation", "against", "section")
    promise = Promise(
        **{field: row[field] for field in fields}, target=target, evidence=evidence_of(row["evidence"])
    )
    settled = row["outcome"]
    return Settlement(
        promise=promise,
        outcome=_outcome_back(settled) if settled["evidence"] is not None else None,
        verdict=Verdict(settled["verdict"]),
        reasons=tuple(settled["reasons"]),
        score=settled["score"],
        rules=settled["rules"],
    )


def _claim_back(row: dict[str, Any]) -> Unannounced:
    fields = ("place", "year", "code", "name", "kind", "section")
    return Unannounced(**{field: row[field] for field in fields}, outcome=_outcome_back(row))


def _outcome_back(row: dict[str, Any]) -> Outcome:
    return Outcome(
        value=_decimal(row["value_text"]),
        high=_decimal(row["high_text"]),
        unit=row["unit"],
        qualifier=row["qualifier"],
        status=row["status"],
        evidence=evidence_of(row["evidence"]),
    )


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)
