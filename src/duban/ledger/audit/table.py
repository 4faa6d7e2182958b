"""What `duban audit` prints on a terminal: each finding with its sum and the sentences it rests on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from duban.ledger.audit.labels import label, message, style
from duban.ledger.model import Gravity
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console
    from rich.text import Text

    from duban.ledger.audit.output import Result
    from duban.ledger.audit.records import Places
    from duban.ledger.model import Evidence, Finding

__all__ = ["print_result"]

_BEFORE, _BEHIND = 24, 12
"""Characters of the sentence shown on either side of what is quoted."""
_TOGETHER = 30
"""Characters between two quotations that are shown as one."""
_LONGEST = 60
_STOPS = "。！？；\n"


def print_result(result: Result, places: Places, *, lang: str, console: Console | None = None) -> None:
    """A title with the findings counted, then each finding: gravity, check, sum, place, sentences."""
    from rich.console import Console as Made
    from rich.table import Table

    console = console or Made(highlight=False)
    console.print(_title(result, lang))
    for finding in result.findings:
        console.print()
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True, min_width=4)
        table.add_column(overflow="fold")
        for first, second in _lines(finding, result, places, lang):
            table.add_row(first, second)
        console.print(table)
    console.print()


def _title(result: Result, lang: str) -> Text:
    from rich.text import Text

    document = result.document
    name = " ".join(str(part) for part in (document.place, document.year) if part) or document.id
    title = Text(clean(name), style="bold")
    counts = Counter(finding.gravity for finding in result.findings)
    for gravity in reversed(Gravity):
        if counts[gravity]:
            title.append(
                f"  {label('gravities', gravity.value, lang)} {counts[gravity]}", style(gravity.value)
            )
    if not result.findings:
        title.append(f"  {message('none', lang)}", "green")
    return title.append(f"  {message('sums', lang, count=result.sums)}", style="dim")


def _lines(finding: Finding, result: Result, places: Places, lang: str) -> Iterator[tuple[Text, Text]]:
    """The lines of one finding, each with what stands before it."""
    from rich.text import Text

    gravity = finding.gravity.value
    yield (
        Text(label("gravities", gravity, lang), style=style(gravity)),
        Text(label("checks", finding.check, lang), "bold"),
    )
    yield Text(), Text(clean(finding.sum))
    yield Text(), Text(f"{label('headings', 'tolerance', lang)} {clean(finding.tolerance)}", style="dim")
    own = result.document.sha256
    section = next((places.section(each) for each in finding.evidence if each.document == own), "")
    if section:
        yield Text(), Text(clean(section), style="dim")
    for group in _grouped(finding.evidence):
        document = places.document(group[0])
        yield Text(str(document.year or ""), style="dim"), _sentence(group, document.text)


def _grouped(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Quotations that stand near one another in one document, together."""
    groups: list[list[Evidence]] = []
    for each in sorted(
        evidence, key=lambda each: (evidence[0].document != each.document, each.document, each.start)
    ):
        last = groups[-1][-1] if groups else None
        if last and last.document == each.document and each.start - last.end <= _TOGETHER:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _sentence(group: Sequence[Evidence], text: str) -> Text:
    """The words round the quotations, these set off."""
    from rich.text import Text

    start, end = group[0].start, max(each.end for each in group)
    first = max(start - _BEFORE, *(text.rfind(stop, 0, start) + 1 for stop in _STOPS), 0)
    stops = [at for stop in _STOPS if (at := text.find(stop, end)) >= 0]
    last = min([end + _BEHIND, len(text), *(at + 1 for at in stops)])
    line = Text("" if first == 0 or text[first - 1] in _STOPS else "…")
    at = first
    for each in group:
        if each.start >= at:
            line.append(_flat(text[at : each.start]))
            line.append(_flat(_shortened(text[each.start : each.end])), style="bold")
            at = each.end
    line.append(_flat(text[at:last]))
    return line if last >= len(text) or text[last - 1] in _STOPS else line.append("…")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _flat(text: str) -> str:
    return clean(" ".join(text.split("\n")))
