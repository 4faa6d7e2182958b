"""The pages of a site in one language, one after the other, each with the file it goes into."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from duban import __version__
from duban.catalogue.entries import fields, indicators, sources
from duban.ledger.model import Verdict
from duban.ledger.site.addresses import Addresses, account_page, indicator_page, place_page, report_page
from duban.ledger.site.charts import across, over_years, stacked
from duban.ledger.site.report_text import report_text
from duban.ledger.site.scores import SIGNS, Score, score, total
from duban.ledger.site.series import KINDS, Row, by_place, in_one_unit, lines
from duban.ledger.site.views import Views, grouped
from duban.ledger.site.words import Words
from duban.reading.formats.page.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Environment

    from duban.catalogue.entries import Indicator, Text
    from duban.ledger.site.records import Account, Holdings, Observation, Place, Report

__all__ = ["Pages", "root_page"]

_TEMPLATES = (
    *(
        "base",
        "parts",
        "home",
        "place",
        "indicator",
        "report",
        "promises",
        "indicators",
        "reports",
        "search",
        "root",
    ),
)
_YEARS = 8
"""Columns of the scoreboard; what is earlier is summed up in one more."""
_CHARTS = 8
"""Charts of a place."""
_HEADLINES = 24
"""Indicators on the first page."""
_LONG = 3
"""Years from which on a place has a chart of its own."""
_MANY = 3
"""Places from which on they are compared."""
_COMPARED = 2
"""Years that places are compared in."""


class Chart(NamedTuple):
    """A chart with its words, and the rows behind it."""

    code: str
    kind: str
    name: dict[str, str]
    title: str
    says: str
    svg: Markup
    rows: list[Row]


class Counted(NamedTuple):
    """An indicator in a list, with how many values there are of it."""

    code: str
    name: dict[str, str]
    values: int
    anchor: str = ""


class Pages:
    """Makes the pages of one language."""

    def __init__(self, holdings: Holdings, lang: str) -> None:
        self._holdings = holdings
        self._t = Words(lang)
        self._other = "en" if lang == "zh" else "zh"
        self._addresses = Addresses(holdings)
        self._views = Views(holdings, self._addresses, self._t)
        self._made = {account.earlier.id: account for account in holdings.accounts}
        self._answered = {account.later.id: account for account in holdings.accounts}
        self._scores = {account.earlier.id: score(account.settlements) for account in holdings.accounts}
        self._by_code: dict[str, list[Observation]] = defaultdict(list)
        for each in holdings.observations:
            self._by_code[each.code].append(each)
        self._rows = {code: lines(found) for code, found in self._by_code.items()}
        self._names = {code: _both(indicators()[code].name) for code in self._rows}
        self._environment = self._made_ready()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Path below the language's folder, and the page."""
        yield from self._lists()
        for place in self._holdings.places:
            yield self._place(place)
        for code in self._rows:
            yield self._indicator(code)
        for report in self._holdings.reports:
            yield self._report(report)
        for account in self._holdings.accounts:
            yield self._promises(account)

    def __len__(self) -> int:
        holdings = self._holdings
        return (
            _LISTS + len(holdings.places) + len(self._rows) + len(holdings.reports) + len(holdings.accounts)
        )

    def _made_ready(self) -> Environment:
        environment = _environment()
        environment.globals |= {
            "t": self._t,
            "han": Markup("" if self._t.lang == "zh" else ' lang="zh-Hans"'),  # noqa: S704 - our own words
            "other": self._other,
            "version": __version__,
            "rules": "、".join(
                sorted({each.rules for account in self._holdings.accounts for each in account.settlements})
            ),
            "signs": {verdict.value: sign for verdict, sign in SIGNS.items()},
            "views": self._views,
            "bar": _bar,
            "counts": _counts,
            "account_page": account_page,
            "indicator_page": indicator_page,
            "place_page": place_page,
            "report_page": report_page,
        }
        return environment

    def _page(self, template: str, path: str, **values: Any) -> tuple[str, str]:
        up = "../" * path.count("/")
        return path, self._environment.get_template(f"{template}.html.jinja").render(
            path=path, up=up, **values
        )

    # --- lists ----------------------------------------------------------------------------------------------

    def _lists(self) -> Iterator[tuple[str, str]]:
        yield self._home()
        yield self._page("indicators", "indicators.html", fields=self._fields())
        reports: dict[Place, list[Report]] = defaultdict(list)
        for report in self._holdings.reports:
            reports[report.place].append(report)
        yield self._page("reports", "reports.html", places=list(reports.items()))
        yield self._page("search", "search.html")

    def _home(self) -> tuple[str, str]:
        holdings = self._holdings
        every = sorted({account.year for account in holdings.accounts}, reverse=True)
        latest = max((report.year for report in holdings.reports), default=0)
        years = ([latest] if every and latest > every[0] else []) + every[:_YEARS]
        overall = total(self._scores.values())
        totals = {
            "places": len(holdings.places),
            "reports": len(holdings.reports),
            "figures": sum(len(report.figures) for report in holdings.reports),
            "promises": sum(len(account.settlements) for account in holdings.accounts),
            "indicators": len(self._rows),
        }
        shown = [self._of_matrix(place, years, every[_YEARS:]) for place in holdings.places]
        most = sorted(self._counted(self._rows), key=lambda each: -each.values)[:_HEADLINES]
        return self._page(
            "home", "index.html", places=shown, years=years, earlier=every[_YEARS:], overall=overall,
            totals=list(totals.items()), indicators=most,
        )  # fmt: skip

    def _of_matrix(self, place: Place, years: Sequence[int], earlier: Sequence[int]) -> dict[str, Any]:
        """A row of the scoreboard."""
        reports = {report.year: report for report in self._holdings.reports if report.place == place}
        before = [
            self._scores[reports[year].id]
            for year in earlier
            if year in reports and reports[year].id in self._made
        ]
        return {
            "place": place,
            "cells": [self._cell(reports.get(year), last=year == max(reports)) for year in years],
            "earlier": total(before) if before else None,
        }

    def _cell(self, report: Report | None, *, last: bool) -> dict[str, Any]:
        if report is None:
            return {"score": None, "href": None}
        account = self._made.get(report.id)
        if account is not None:
            return {"score": self._scores[report.id], "href": account_page(account)}
        return {"score": None, "href": report_page(report.id), "word": "awaiting" if last else "no_pair"}

    def _fields(self) -> list[dict[str, Any]]:
        """The indicators that have values, field by field."""
        found: dict[str, list[Counted]] = defaultdict(list)
        for each in self._counted(code for code in indicators() if code in self._rows):
            found[indicators()[each.code].field].append(each)
        return [
            {"field": field, "name": _both(name), "indicators": found[field]}
            for field, name in fields().items()
            if field in found
        ]

    def _counted(self, codes: Iterable[str]) -> list[Counted]:
        return [Counted(code, self._names[code], len(self._by_code[code])) for code in codes]

    # --- a place --------------------------------------------------------------------------------------------

    def _place(self, place: Place) -> tuple[str, str]:
        holdings = self._holdings
        own = {code: [row for row in rows if row.place == place] for code, rows in self._rows.items()}
        counts = Counter({code: sum(len(row.found) for row in rows) for code, rows in own.items() if rows})
        order = list(indicators())
        ranked = sorted(counts, key=lambda code: (-counts[code], order.index(code)))
        charts = []
        for code in ranked:
            chart = self._main_chart(code, own[code], place)
            if chart is not None:
                charts.append(chart)
            if len(charts) == _CHARTS:
                break
        drawn = {chart.code for chart in charts}
        others = [
            Counted(code, self._names[code], counts[code], own[code][0].kind)
            for code in order
            if counts[code] and code not in drawn
        ]
        scores: list[dict[str, Any]] = [
            {"year": account.year, "href": account_page(account), "score": self._scores[account.earlier.id]}
            for account in reversed(holdings.accounts)
            if account.place == place
        ]
        return self._page(
            "place", place_page(place), place=place, charts=charts, indicators=others, scores=scores,
            overall=total(row["score"] for row in scores),
            reports=[report for report in reversed(holdings.reports) if report.place == place],
        )  # fmt: skip

    def _main_chart(self, code: str, rows: Sequence[Row], place: Place) -> Chart | None:
        """The kind with the most years on a chart, growth first."""
        drawn = [self._over_years(code, kind, rows, place) for kind in KINDS[:2]]
        found = [chart for chart in drawn if chart is not None]
        return max(found, key=lambda chart: len(chart.rows), default=None)

    # --- an indicator ---------------------------------------------------------------------------------------

    def _indicator(self, code: str) -> tuple[str, str]:
        entry, rows = indicators()[code], self._rows[code]
        source = sources()[entry.source]
        kinds = []
        for kind in KINDS:
            of_kind = [row for row in rows if row.kind == kind]
            if of_kind:
                kinds.append({"kind": kind, "rows": of_kind, "charts": self._charts(code, kind, of_kind)})
        return self._page(
            "indicator", indicator_page(code), entry=entry, name=_both(entry.name), definition=_both(entry.definition),
            body=_both(source.body), document=_both(source.document), issued=source.issued, kinds=kinds,
            related=self._related(entry),
        )  # fmt: skip

    def _related(self, entry: Indicator) -> list[Counted]:
        """What it is part of, made from, adds to; and what is part of it, as far as there are pages."""
        up = [entry.part_of, entry.of, entry.per, entry.adds_to]
        down = [each.code for each in indicators().values() if entry.code in {each.part_of, each.adds_to}]
        return self._counted(dict.fromkeys(code for code in [*up, *down] if code in self._rows and code))

    def _charts(self, code: str, kind: str, rows: Sequence[Row]) -> list[Chart]:
        compared = self._across(code, kind, rows)
        single = [self._over_years(code, kind, found, place) for place, found in by_place(rows).items()]
        return [*compared, *(chart for chart in single if chart is not None)]

    def _over_years(self, code: str, kind: str, rows: Sequence[Row], place: Place) -> Chart | None:
        unit, kept = in_one_unit(row for row in rows if row.kind == kind)
        years = [row.year for row in kept]
        if len(set(years)) < _LONG:
            return None
        t, last = self._t, kept[-1]
        name = self._names[code]
        title = t(
            "chart_of",
            name=name[t.lang],
            kind=t.kind(kind),
            place=place.name,
            first=min(years),
            last=max(years),
        )
        says = t(
            "chart_says", results=sum(row.result is not None for row in kept),
            targets=sum(row.target is not None for row in kept), year=last.year,
        )  # fmt: skip
        told = [
            f"{t(word)} {self._views.value(each)}"
            for word, each in (("target", last.target), ("result", last.result))
            if each
        ]
        svg = over_years(self._views.marks(kept, by="year"), unit, t.lang)
        return Chart(code, kind, name, title, f"{says} {', '.join(told)}", svg, kept)

    def _across(self, code: str, kind: str, rows: Sequence[Row]) -> list[Chart]:
        """Places of one rank beside one another, in the latest years that have many."""
        ranks = Counter(_rank(place) for place in by_place(rows))
        rank = max(ranks, key=lambda each: (ranks[each], each))
        if ranks[rank] < _MANY or kind == "rank":
            return []
        unit, kept = in_one_unit(row for row in rows if _rank(row.place) == rank)
        found = []
        for year in sorted({row.year for row in kept}, reverse=True):
            of_year = [row for row in kept if row.year == year]
            if len(of_year) >= _MANY:
                found.append(self._of_year(code, kind, of_year, year, unit))
        return found[:_COMPARED]

    def _of_year(self, code: str, kind: str, rows: list[Row], year: int, unit: str) -> Chart:
        t, name = self._t, self._names[code]
        ordered = sorted(rows, key=lambda row: (-(row.result or row.found[0]).value, row.place.order))
        title = t("chart_across", name=name[t.lang], kind=t.kind(kind), first=year)
        svg = across(self._views.marks(ordered, by="place"), unit, t.lang)
        return Chart(code, kind, name, title, "", svg, ordered)

    # --- a report, and its promises -------------------------------------------------------------------------

    def _report(self, report: Report) -> tuple[str, str]:
        views = self._views
        made, answered = self._made.get(report.id), self._answered.get(report.id)
        pages = {
            code: f"../{indicator_page(code)}"
            for code in set(report.codes)
            if code is not None and code in self._rows
        }
        text = report_text(
            report, self._addresses.stretches(report), views.signs(made, answered), pages, self._t
        )
        return self._page(
            "report", report_page(report.id), report=report, document=report.reading.document, text=text,
            heading=self._t("report_of", place=report.place.name, year=report.year),
            before=answered.earlier if answered else None, after=made.later if made else None,
            outline=outline(report.reading.document),
            findings=views.findings(report, self._holdings.findings.get(report.id, ())),
            score=self._scores.get(report.id),
            made=_to_tell(views.promises(made)) if made else [],
            promises_href=account_page(made) if made else None,
            answered=[each for each in _to_tell(views.promises(answered)) if each.answered] if answered else [],
            answers_href=account_page(answered) if answered else None,
        )  # fmt: skip

    def _promises(self, account: Account) -> tuple[str, str]:
        found = grouped(self._views.promises(account))
        return self._page(
            "promises", account_page(account), account=account,
            heading=self._t("promises_of", place=account.place.name, year=account.year),
            score=self._scores[account.earlier.id],
            groups={verdict.value: found.get(verdict.value, []) for verdict in SIGNS},
            claims=self._views.claims(account),
            before=self._answered.get(account.earlier.id), after=self._made.get(account.later.id), codes=self._names,
        )  # fmt: skip


_LISTS = 4


def root_page() -> str:
    """The page at the top, which leads to the languages."""
    return _environment().get_template("root.html.jinja").render(zh=Words("zh"))


def _to_tell(promises: Iterable[Any]) -> list[Any]:
    return [each for each in promises if each.verdict != Verdict.NOT_CHECKABLE]


def _rank(place: Place) -> str:
    """How high a place stands, so that like is compared with like."""
    code = place.code or ""
    return (
        "nation"
        if code == "CN"
        else "province"
        if code.endswith("0000")
        else "city"
        if code.endswith("00")
        else "other"
    )


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _bar(found: Score) -> Markup:
    """What became of the answered promises; below it, thin, how many were answered at all."""
    answered = stacked([(verdict.value, count) for verdict, count in found.shown], "bar")
    share = stacked([("answered", found.answered), ("no_answer", found[Verdict.NO_ANSWER])], "bar thin")
    return answered + share


def _counts(found: Score) -> list[tuple[str, int]]:
    shown = [*found.shown, (Verdict.NO_ANSWER, found[Verdict.NO_ANSWER])]
    return [(verdict.value, count) for verdict, count in shown if count]


def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader(_templates()),
    )


@cache
def _templates() -> dict[str, str]:
    folder = files(__package__).joinpath("templates")
    names = [f"{name}.html.jinja" for name in _TEMPLATES]
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}
