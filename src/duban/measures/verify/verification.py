"""A report held to the records: every claim that a measure computes, with what was computed and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from duban.errors import InputError
from duban.measures.backends import DuckDB
from duban.measures.pack import Pack
from duban.measures.sources import DATABASES
from duban.measures.verify.claims import claims
from duban.measures.verify.computing import Records
from duban.measures.verify.matching import covered, ways
from duban.measures.verify.model import Computed, Outcome, Verdict, Why
from duban.measures.verify.records_so_far import KINDS, against, so_far
from duban.measures.verify.verdicts import judge, shown, times
from duban.reading.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from duban.measures.backends import Backend
    from duban.measures.verify.model import Claim, Way

__all__ = ["Verification", "folders", "verify"]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What the verification of a report came to; the rows behind are there until it is closed."""

    reading: Reading
    outcomes: tuple[Outcome, ...]
    """Those of the claims that a measure of the packs is of, in the order of the text."""
    uncovered: tuple[Outcome, ...]
    """The other figures of what was: no measure of any pack is of them."""
    packs: Mapping[str, Pack]
    records: Records

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(outcome.verdict for outcome in self.outcomes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.records.__exit__(kind, error, trace)


def folders(packs: Mapping[str, Pack], data: Path | str) -> dict[str, Path]:
    """Pack → where its records are: `data/<pack>/`, or `data` itself if there is one pack and no such folder.

    Packs without records are left out. Raises `InputError` if there is no folder, or none of any pack.
    """
    place = Path(data)
    if not place.exists():
        raise InputError("the folder of records does not exist", where=str(place), todo="check --data")
    found = {name: place / name for name in packs if (place / name).is_dir()}
    found |= {
        name: file
        for name in packs
        for ending in DATABASES
        if name not in found and (file := place / f"{name}{ending}").is_file()
    }
    if not found and len(packs) == 1:
        return {next(iter(packs)): place}
    if not found:
        raise InputError(
            "there are no records of any pack",
            where=str(place),
            expected=f"a folder for each: {', '.join(f'{name}/' for name in packs)}",
            todo="name the one pack that the files are of with --pack",
        )
    return found


def verify(
    reading: Reading,
    packs: Sequence[Pack],
    data: Path | str,
    *,
    backend: Callable[[], Backend] = DuckDB,
) -> Verification:
    """The claims of a report held to the records of the packs. Use it in a `with` statement.

    Raises `InputError` where there are no records at all; records of one pack that cannot be evaluated are
    told of in `Verification.records.problems`.
    """
    by_name = {pack.name: pack for pack in packs}
    every = claims(reading)
    of_packs = [claim for claim in every if covered(claim, by_name)]
    found = {
        id(claim): [] if claim.obstacle else ways(claim, by_name) for claim in of_packs
    }  # claims are no keys: two may be equal in all but where they stand
    records = Records(by_name, folders(by_name, data))
    try:
        needed = [way for claim in of_packs for way in _needed(claim, found[id(claim)])]
        records.evaluate(needed, backend)
        outcomes = tuple(_settled(claim, found[id(claim)], records) for claim in of_packs)
    except BaseException:
        records.__exit__(None, None, None)
        raise
    return Verification(
        reading=reading,
        outcomes=outcomes,
        uncovered=tuple(
            _cannot_tell(claim, Why.NO_MEASURE)
            for claim in every
            if not covered(claim, by_name) and claim.kind not in KINDS
        ),
        packs=by_name,
        records=records,
    )


def _needed(claim: Claim, found: Sequence[Way]) -> list[Way]:
    return [*found, *(each for way in found for each in against(claim, way))]


def _cannot_tell(claim: Claim, why: Why, computed: Computed | None = None) -> Outcome:
    return Outcome(claim=claim, verdict=Verdict.CANNOT_TELL, why=why, computed=computed)


def _settled(claim: Claim, found: Sequence[Way], records: Records) -> Outcome:
    """The verdict of the first way that bears it out, else of the first that contradicts it, else why none can tell."""
    if claim.obstacle:
        return _cannot_tell(claim, claim.obstacle)
    if not found:
        return _cannot_tell(claim, Why.OTHER_PERIOD)
    outcomes = [_outcome(claim, way, records) for way in found]
    return min(outcomes, key=lambda outcome: list(Verdict).index(outcome.verdict))


def _outcome(claim: Claim, way: Way, records: Records) -> Outcome:
    computed = records.compute(way, claim.place)
    if computed.why_not is not None or computed.number is None:
        return _cannot_tell(claim, computed.why_not or Why.NO_RECORDS, computed)
    factor = times(computed.unit, claim.unit)
    if factor is None:
        return _cannot_tell(claim, Why.OTHER_UNIT, computed)
    number = computed.number * factor
    if claim.kind in KINDS:
        before = [records.compute(each, claim.place) for each in against(claim, way)]
        found, computed = so_far(claim, computed, before)
    else:
        found = judge(claim, number)
    return Outcome(
        claim=claim,
        verdict=found.verdict,
        why=found.why,
        computed=computed,
        shown=shown(claim, number, found.why),
    )
