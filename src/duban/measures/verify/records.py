"""Outcomes as records: the contract that programs read, and the rows that people do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from duban.measures.verify.labels import label
from duban.reading.formats.records import section_paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.measures.definition import Measure
    from duban.measures.values import Value
    from duban.measures.verify.model import Claim, Outcome
    from duban.measures.verify.verification import Verification
    from duban.reading.formats.records import Record

__all__ = ["COLUMNS", "Recorder", "computed_text", "period_text", "remarks"]

COLUMNS = (
    *("number", "verdict", "name", "kind", "place", "period", "stated", "computed", "unit", "why", "remarks"),
    *("quote", "section", "measure", "definition", "source", "indicator", "definition_version", "vintage"),
)
"""The columns of a table for people."""
_CONTEXT = 16
"""Characters kept on either side of an anchor's quotation."""
_SHORT = 3
"""Characters of a unit that is said again."""
_MAGNITUDES = ((100_000_000, "亿"), (10_000, "万"))


class Recorder:
    """Turns the outcomes of one verification into records."""

    def __init__(self, verification: Verification) -> None:
        self._packs = verification.packs
        self._document = verification.reading.document
        self._paths = section_paths(self._document)

    def record(self, outcome: Outcome) -> Record:
        """The outcome with the names of the contract (docs: reference, cli)."""
        claim, computed = outcome.claim, outcome.computed
        measure = self.measure(outcome)
        document = self._document
        return {
            "type": "verification",
            "document": document.id,
            "start": claim.start,
            "end": claim.end,
            "text": claim.quote,
            "verdict": outcome.verdict.value,
            "reason": outcome.why.value,
            "indicator": claim.name,
            "code": claim.code,
            "kind": claim.kind,
            "place": claim.place,
            "period": str(claim.period) if claim.period else None,
            "stated": claim.value,
            "high": claim.high,
            "unit": claim.unit,
            "qualifier": claim.qualifier.value,
            "computed": outcome.shown,
            "pack": computed.way.pack if computed else None,
            "measure": measure.code if measure else None,
            "definition_version": measure.version if measure else None,
            "vintage": computed.sources[0][0].vintage if computed and computed.sources else None,
            "values": [_value(value) for value, _ in computed.sources] if computed else [],
            "remarks": [remark.en for remark in computed.remarks] if computed else [],
            "quote": claim.clause,
            "section": self._paths[claim.section],
            "region": document.place,
            "year": document.year,
            "anchor": {
                "prefix": document.text[max(0, claim.start - _CONTEXT) : claim.start],
                "suffix": document.text[claim.end : claim.end + _CONTEXT],
                "sha256": document.sha256,
            },
        }

    def row(self, outcome: Outcome, position: int, lang: str) -> dict[str, Any]:
        """The outcome by the columns of `COLUMNS`, codes by their words."""
        claim, computed = outcome.claim, outcome.computed
        measure = self.measure(outcome)
        sources: Sequence[object] = measure.sources if measure else ()
        return {
            "number": position,
            "verdict": label("verdicts", outcome.verdict.value, lang),
            "name": claim.name,
            "kind": label("kinds", claim.kind, lang),
            "place": claim.place,
            "period": str(claim.period) if claim.period else None,
            "stated": claim.quote,
            "computed": outcome.shown,
            "unit": claim.unit,
            "why": label("whys", outcome.why.value, lang),
            "remarks": remarks(outcome, lang),
            "quote": claim.clause,
            "section": self._paths[claim.section],
            "measure": f"{computed.way.pack} {computed.way.measure}" if computed else None,
            "definition": measure.text[lang] if measure else None,
            "source": "; ".join(map(str, sources)),
            "indicator": claim.code,
            "definition_version": measure.version if measure else None,
            "vintage": computed.sources[0][0].vintage[:12] if computed and computed.sources else None,
        }

    def measure(self, outcome: Outcome) -> Measure | None:
        """The measure that decided, or would have."""
        if outcome.computed is None:
            return None
        way = outcome.computed.way
        return self._packs[way.pack].measures[way.measure]


def remarks(outcome: Outcome, lang: str) -> str:
    """What more there is to say of why it cannot be told, and the value of another year that decides a record."""
    computed = outcome.computed
    if computed is None:
        return ""
    said = [remark[lang] for remark in computed.remarks]
    if outcome.claim.distinction is not None:
        said += [f"{value.period} {value.value} {value.unit}" for value, _ in computed.sources[1:]]
    return ("；" if lang == "zh" else "; ").join(said)


def _value(value: Value) -> Record:
    """A value that it rests on, as `duban measure` names things."""
    return {
        "measure": value.measure,
        "place": value.place,
        "period": value.period,
        "value": value.value if isinstance(value.value, Decimal) else None,
        "unit": value.unit,
        "valid": value.valid,
    }


def computed_text(outcome: Outcome) -> str:
    """The computed value, short: 1921.7亿元, -4.1%; of a long unit, which the claim has, the number alone: 30.2."""
    if outcome.shown is None:
        return ""
    size, word = next(((size, word) for size, word in _MAGNITUDES if word in outcome.claim.quote), (1, ""))
    digits = outcome.shown / size
    text = format(digits.normalize() if digits == digits.to_integral_value() else digits, "f")
    unit = outcome.claim.unit
    return f"{text}{word}{unit if len(unit) <= _SHORT else ''}"


def period_text(claim: Claim) -> str:
    """2025, 2025-Q1, or 2021–2025 for several years; nothing where it cannot be told."""
    if claim.period is None:
        return ""
    if claim.spans_years:
        return f"{claim.period.start.year}–{claim.period.end.year}"
    return str(claim.period)
