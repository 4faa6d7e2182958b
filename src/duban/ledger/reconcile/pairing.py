"""Which two reports belong together: one place, two years in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duban.documents.model import Document
    from duban.ledger.reconcile.report import Report

__all__ = ["check_pair", "paired"]


def check_pair(earlier: Report, later: Report, *, any_years: bool = False) -> None:
    """Raise `InputError` for two reports of which the one cannot answer the other, saying why and what to do."""
    where = f"{earlier.document.id}, {later.document.id}"
    if earlier.place != later.place:
        raise InputError(
            f"the reports are of different places ({earlier.place} {earlier.year}, {later.place} {later.year})",
            where=where,
            expected="two reports of one place",
            todo="name two reports of one place, or give --place where a text tells its place wrongly",
        )
    if earlier.year == later.year:
        raise InputError(
            f"both reports are of {earlier.year}",
            where=where,
            expected="a report and the next one",
            todo="name the report of another year, or give --years where a text tells its year wrongly",
        )
    if earlier.year > later.year:
        raise InputError(
            f"the reports stand in the wrong order: {earlier.year} before {later.year}",
            where=where,
            todo="name the earlier report first",
        )
    if later.year != earlier.year + 1 and not any_years:
        raise InputError(
            f"the reports of {earlier.year} and {later.year} do not follow one another: the later one reviews "
            f"{later.year - 1} and says nothing of the targets for {earlier.year}",
            where=where,
            expected=f"a report of {earlier.year + 1}",
            todo="add --any to settle what was due until then, such as the targets of a five-year plan",
        )


def paired(earlier: Sequence[Document], later: Iterable[Document]) -> list[tuple[Document, Document]]:
    """The reports of one corpus with the next year's reports of another, by place, in the order of the earlier."""
    following = {(each.place, each.year): each for each in later}
    return [
        (each, following[each.place, each.year + 1])
        for each in earlier
        if each.year is not None and (each.place, each.year + 1) in following
    ]
