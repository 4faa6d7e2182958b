"""The report as one page with the verdicts in it: the reading's page with a panel more, the rows behind each on opening."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from duban.measures.node import Text
from duban.measures.verify.behind import Rows
from duban.measures.verify.labels import label, labels, message
from duban.measures.verify.model import Verdict
from duban.measures.verify.records import Recorder, computed_text, period_text, remarks
from duban.reading.formats.numbers import value_as_written
from duban.reading.formats.page import Addition, Cell, Mark, Panel, Row
from duban.reading.formats.page import render as render_reading
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from duban.measures.verify.behind import Behind
    from duban.measures.verify.model import Outcome
    from duban.measures.verify.verification import Verification

__all__ = ["render"]

_LANGUAGES = ("zh", "en")
_COLUMNS = ("stated", "computed", "verdict", "indicator", "kind", "period", "why")
_OWN_HEADINGS = ("stated", "computed", "verdict", "why", "remarks")
"""Those that the reading's page has not."""
_ROWS = 400
"""Rows shown behind one value: a year of days."""


def render(verification: Verification, outcomes: Sequence[Outcome], *, lang: str = "zh") -> str:
    """One HTML file that needs nothing else: report, verdicts, and the rows they rest on."""
    made = _Page(verification, lang)
    rows = [made.row(index, outcome) for index, outcome in enumerate(outcomes)]
    marks = [
        Mark(
            start=outcome.claim.start,
            end=outcome.claim.end,
            name=f"v{index}",
            classes=f"verdict {outcome.verdict.value}",
        )
        for index, outcome in enumerate(outcomes)
    ]
    addition = Addition(
        panel=Panel(letter="v", name="verdicts", columns=_COLUMNS, rows=rows),
        marks=marks,
        legend=[(f"verdict {verdict.value}", f"verdict.{verdict.value}") for verdict in Verdict],
        words=made.words,
        style=_asset("page.css"),
    )
    return render_reading(verification.reading, lang=lang, addition=addition)


class _Page:
    """Makes the rows, and gathers the words that they are made of, in both languages."""

    def __init__(self, verification: Verification, lang: str) -> None:
        self._recorder = Recorder(verification)
        self._rows = Rows(_ROWS)
        self._lang = lang
        self.words: dict[str, dict[str, str]] = {each: dict(_words(each)) for each in _LANGUAGES}

    def row(self, index: int, outcome: Outcome) -> Row:
        """The claim's line in the table, with what opens below it."""
        claim = outcome.claim
        written = value_as_written({"text": claim.quote, "value": claim.value}, "zh")
        return Row(
            f"v{index}",
            {"verdict": outcome.verdict.value, "why": outcome.why.value},
            (
                Cell(written),
                Cell(computed_text(outcome), order="" if outcome.shown is None else plain(outcome.shown)),
                Cell(key=f"verdict.{outcome.verdict.value}"),
                Cell(claim.name),
                Cell(key=f"kind.{claim.kind}"),
                Cell(period_text(claim)),
                Cell(key=f"why.{outcome.why.value}"),
            ),
            self._detail(index, outcome),
        )

    def _detail(self, index: int, outcome: Outcome) -> Markup | None:
        """Definition, clauses, the values counted, and their rows; nothing where there is no measure."""
        computed, measure = outcome.computed, self._recorder.measure(outcome)
        if computed is None or measure is None:
            return None
        name = f"measure.{computed.way.pack}.{measure.code}"
        self._say(f"{name}.name", measure.name)
        self._say(f"{name}.text", measure.text)
        self._say(f"remarks.{index}", Text(remarks(outcome, "zh"), remarks(outcome, "en")))
        blocks = []
        for position, each in enumerate(self._rows.behind(computed)):
            key = f"rows.{index}.{position}"
            self._say(key, Text(_title(each, "zh"), _title(each, "en")))
            blocks.append((key, each.columns, [[_cell(cell) for cell in row] for row in each.rows]))
        made = _template().render(
            t=self.words[self._lang],
            name=name,
            remarks=f"remarks.{index}",
            sources="; ".join(map(str, measure.sources)),
            version=measure.version,
            vintage=computed.sources[0][0].vintage[:12] if computed.sources else "",
            blocks=blocks,
        )
        return Markup(made)  # noqa: S704 - the template escapes

    def _say(self, key: str, text: Text) -> None:
        for lang in _LANGUAGES:
            self.words[lang][key] = text[lang]


def _title(behind: Behind, lang: str) -> str:
    """What a table of rows is of, and how many of them there are."""
    value = behind.value
    title = message(
        "rows_of", lang, name=behind.name[lang], place=value.place, period=value.period,
        value="–" if value.value is None else value.value, unit=value.unit, column=behind.column,
        total=behind.total,
    )  # fmt: skip
    shown = len(behind.rows)
    return title + message("rows_shown", lang, shown=shown) if shown < behind.total else title


def _cell(cell: object) -> str:
    return "" if cell is None else str(cell)


def _words(lang: str) -> Iterator[tuple[str, str]]:
    """The verification's words under the keys that the page has."""
    groups = {"verdicts": "verdict", "whys": "why", "kinds": "kind", "page": "verify"}
    for group, prefix in groups.items():
        yield from ((f"{prefix}.{code}", label(group, code, lang)) for code in labels()[group])
    yield from ((f"heading.{code}", label("headings", code, lang)) for code in _OWN_HEADINGS)
    yield "sheet.verdicts", label("sheets", "claims", lang)


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("detail.html.jinja"))
