"""The page of the work types and their schema, written anew from the files: `make work-types`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban.supervision.words import label, term_in
from duban.supervision.work_types.load import NAMES, layer_of
from duban.supervision.work_types.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duban.supervision.work_types.rules import (
        ActRule,
        Dated,
        ExtensionRule,
        Layer,
        LegalTerm,
        Norm,
        Rung,
    )

__all__ = ["PAGE", "SCHEMA", "page", "written_schema"]

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs" / "reference" / "work-types.md"
SCHEMA = REPOSITORY / "src" / "duban" / "supervision" / "work_types" / "schema.json"

_HEAD = """# Work types

Written from the files of `duban/supervision/work_types` by `make work-types`; a test holds the page to them. What is in a
file, and how a city lays its own over it: [how to supervise](../how-to/supervise.md).

Every rule says the day from which it holds and where it comes from. A law (法律) or a regulation (法规) binds; a notice of
one place (地方或单位文件) and a published design (公开设计) are examples, and what is ours (本系统) is marked so: **the
city's own document decides**. The day a case is registered on says which version of a rule holds for it.

The fields are those of `work_types/schema.json` (JSON Schema 2020-12), which an editor can check a file by.
"""


def page() -> str:
    """The page as it should be."""
    sections = [_HEAD, *_documents(), *_type("base")]
    for name in NAMES:
        sections += _type(name)
    return "\n".join(sections).rstrip() + "\n"


def written_schema() -> str:
    """The schema as its file should be."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _documents() -> Iterator[str]:
    yield "## Where the rules come from\n"
    rows = []
    for name in ("base", *NAMES):
        for key, document in layer_of(name).documents.items():
            title = f"[{document.title}]({document.url})" if document.url else document.title
            number = f" {document.number}" if document.number else ""
            kind = label("document", document.kind)
            rows.append([f"`{key}`", f"{title}{number}", kind, str(document.in_force), document.note])
    yield from _table(["id", "document", "kind", "in force", "note"], rows)


def _type(name: str) -> Iterator[str]:
    layer = layer_of(name)
    if name == "base":
        yield "## What all have in common\n"
    else:
        text, about = layer.text, layer.about
        yield f"## {text.zh if text else name} `{name}`\n"
        yield f"{about.zh if about else ''} · {about.en if about else ''}. As `{layer.base}`, but for what follows.\n"
    if layer.kinds:
        kinds = " · ".join(f"`{kind}` {text.zh} {text.en}" for kind, text in layer.kinds.items())
        yield f"Kinds: {kinds}\n"
    yield from _rules("Acts", ["act", "when", "by", "needs", "also"], layer.acts, _act)
    yield from _rules("Clocks", ["clock", "starts", "stops"], layer.clocks, _clock)
    yield from _rules("Service norms", ["clock", "term", "paused"], layer.norms, _norm)
    yield from _rules("Legal terms", ["clock", "term", "paused"], layer.legal, _norm)
    yield from _rules("Extensions", ["clock", "times", "at most", "by"], layer.extensions, _extension)
    yield from _suspension(layer)
    yield from _rules(
        "Results", ["result", "solved", "followed"], layer.results, lambda key, rule: [f"`{key}` {rule.text.zh} {rule.text.en}", _yes(rule.solved), _yes(rule.follow_up)]
    )  # fmt: skip
    yield from _rules("Lights", ["light", "turns"], layer.lights, _light)
    yield from _rules("Reporting", ["report", ""], {"": layer.reporting}, _reporting)
    yield from _rules("Ladder", ["rung", "act", "to", "when"], layer.ladder, _rung)
    yield from _rules("How often a unit is asked", ["acts", "at most"], {"": layer.asks}, _asks)
    yield from _rules(
        "Rates", ["rate", "of", "counted"], layer.rates, lambda key, rule: [f"`{key}` {rule.text.zh} {rule.text.en}", f"`{rule.of}`", f"`{rule.counts}`"]
    )  # fmt: skip


def _rules(
    title: str, columns: Sequence[str], rules: Mapping[Any, Sequence[Any]], cells: Any
) -> Iterator[str]:
    rows = [
        [*cells(key, rule), str(rule.in_force), _source(rule)]
        for key, versions in rules.items()
        for rule in versions
    ]
    if rows:
        yield f"### {title}\n"
        yield from _table([*columns, "from", "source"], rows)


def _source(rule: Dated) -> str:
    key, _, place = rule.source.partition(" ")
    said = f"`{key}` {place}".strip()
    return f"{said}. {rule.note}" if rule.note else said


def _act(key: str, rule: ActRule) -> list[str]:
    also = []
    if rule.within is not None:
        also.append(f"within {term_in(rule.within.term, 'en')} of {_words('act', rule.within.of)}")
    if rule.not_same_as:
        also.append(f"not who did {_words('act', rule.not_same_as)}")
    stages = _words("stage", rule.stages) or "any stage"
    when = f"{stages} → {label('stage', rule.to)}" if rule.to is not None else stages
    needs = ", ".join(f"`{need}`" for need in rule.needs).replace("|", "` or `")
    return [f"`{key}` {label('act', key)}", when, _words("role", rule.who), needs, "; ".join(also)]


def _clock(key: str, rule: Any) -> list[str]:
    name = f"`{key}` {rule.text.zh} {rule.text.en}" + (" (main)" if rule.main else "")
    runs_on = f"; not by what is {_words('act', rule.runs_on)}" if rule.runs_on else ""
    return [name, _words("act", rule.starts), _words("act", rule.stops) + runs_on]


def _norm(key: str, rule: Norm | LegalTerm) -> list[str]:
    terms = [f"{kind} {term_in(term)}" for kind, term in rule.terms.items()]
    if rule.term is not None:
        terms.append(term_in(rule.term))
    if getattr(rule, "named", False):
        terms.append("or the day named")
    return [f"`{key}`", ", ".join(terms), _yes(rule.pauses)]


def _extension(key: str, rule: ExtensionRule) -> list[str]:
    most = term_in(rule.at_most) if rule.at_most else ""
    limit = (
        f"{most} beyond the legal term" if rule.beyond_legal else most or "the legal term, if there is one"
    )
    return [f"`{key}`", str(rule.times), limit, _words("role", rule.decided_by)]


def _suspension(layer: Layer) -> Iterator[str]:
    for rule in layer.suspension:
        yield "### What the clocks may be stopped for\n"
        yield (
            " · ".join(f"`{code}` {text.zh} {text.en}" for code, text in rule.reasons.items())
            + f" ({_source(rule)})\n"
        )


def _light(key: str, rule: Any) -> list[str]:
    said = []
    for field in rule.__struct_fields__:
        value = getattr(rule, field)
        if field in ("in_force", "source", "note", "ended") or value in (None, (), 0):
            continue
        said.append(f"`{field}` {_value(value)}")
    return [f"`{key}` {label('dimension', key)}", ", ".join(said)]


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return _words("evidence", value)
    return f"{value}%" if isinstance(value, int) else term_in(value)


def _reporting(_key: str, rule: Any) -> list[str]:
    return ["每月" if rule.by_day else "定期", f"{rule.by_day}日前" if rule.by_day else term_in(rule.every)]


def _rung(key: str, rule: Rung) -> list[str]:
    clock = f"{rule.clock}: " if rule.clock else ""
    if rule.after is not None:
        when = f"{term_in(rule.after)} after the start"
    elif rule.left is not None:
        when = f"{rule.left}% of the time left"
    elif rule.overdue is not None:
        when = "late" if rule.overdue == "same day" else f"{term_in(rule.overdue)} late"
    else:
        when = (
            f"late, {label('act', rule.unanswered or '')} unanswered for {term_in(rule.for_ or 'same day')}"
        )
    held = "" if rule.held else "; never held back"
    return [
        f"`{key}` {rule.text.zh} {rule.text.en}",
        label("act", rule.act),
        label("role", rule.to),
        f"{clock}{when}{held}",
    ]


def _asks(_key: str, rule: Any) -> list[str]:
    return [_words("act", rule.acts), f"{rule.at_most} in {term_in(rule.per)}"]


def _words(kind: str, words: Iterable[str]) -> str:
    return "、".join(label(kind, word) for word in words)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""


def main() -> None:
    """Write both."""
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(written_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
