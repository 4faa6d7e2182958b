"""What the search page looks through: one script for both languages, which works from a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from duban.catalogue.entries import indicators
from duban.ledger.model import Verdict
from duban.ledger.site.addresses import account_page, indicator_page, place_page, report_page
from duban.ledger.site.scores import ORDER, SIGNS
from duban.ledger.site.words import one_line

if TYPE_CHECKING:
    from duban.ledger.model import Settlement
    from duban.ledger.site.records import Holdings

__all__ = ["search_index"]

_LONGEST = 60


def search_index(holdings: Holdings) -> str:
    """A script that sets `DUBAN`: places, indicators, reports and promises with their words and pages.

    An indicator's words are its Chinese name, its English name, then the others; a promise is its verdict (an index into
    `signs`), its anchor, its name and its clause.
    """
    codes = {each.code for each in holdings.observations}
    entries = [entry for code, entry in indicators().items() if code in codes]
    content = {
        "signs": [[verdict.value, SIGNS[verdict]] for verdict in ORDER],
        "places": [[place_page(place), place.name] for place in holdings.places],
        "indicators": [
            [indicator_page(entry.code), entry.name.zh, entry.name.en, " ".join((entry.code, *entry.names))]
            for entry in entries
        ],
        "reports": [
            [report_page(report.id), report.place.name, report.year, one_line(report.title, _LONGEST)]
            for report in holdings.reports
        ],
        "promises": [
            [
                account_page(account),
                account.place.name,
                account.year,
                [_promise(each) for each in account.settlements],
            ]
            for account in holdings.accounts
        ],
    }
    return f"var DUBAN = {_script(content)};\n"


def _promise(settled: Settlement) -> list[object]:
    promise = settled.promise
    name = one_line(promise.name, _LONGEST)
    clause = one_line(promise.evidence[min(1, len(promise.evidence) - 1)].quote, _LONGEST)
    shown = [ORDER.index(Verdict(settled.verdict)), f"p-{promise.id}", name]
    return shown if clause == name else [*shown, clause]


def _script(content: object) -> str:
    """JSON that is safe in a script: no line or paragraph separators, no halves of surrogate pairs."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
