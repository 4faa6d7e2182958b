"""How a value came about: definition, clauses, numbers in force, and the rows down to the records."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from duban.measures.definition import Comparison
from duban.measures.periods import parse
from duban.measures.records import row

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from duban.measures.evaluate import Evaluation
    from duban.measures.values import Value

__all__ = ["explain"]

_TOP = 3
"""Days shown of a period."""
_WIDEST = 60
"""Characters shown of a parameter's value."""
_LONGEST = 24
"""Rows shown of a level below: the hours of a day."""
_WORDS = {
    "exact": {"zh": "修约前", "en": "unrounded"},
    "definition": {"zh": "口径（第{version}版，{since}）", "en": "definition (version {version}, {since})"},
    "sources": {"zh": "依据", "en": "by"},
    "in_force": {"zh": "其时施行：{name} {value}（自{day}，{source}）", "en": "in force: {name} {value} (from {day}, {source})"},
    "coverage": {"zh": "有效数据：{counted}，时期共{days}天", "en": "data: {counted} of {days} days"},
    "things": {"zh": "计入{counted}项，共{days}项", "en": "{counted} of {days} counted"},
    "needed": {"zh": "，需{needed}", "en": ", {needed} needed"},
    "rows": {"zh": "{name}（{count} 行），{column}最高的{shown}行", "en": "{name} ({count} rows), the {shown} with the highest {column}"},
    "behind": {"zh": "其中 {where} 的 {name}", "en": "of these, {name} of {where}"},
    "all": {"zh": "全部记录：加 --rows 文件名", "en": "all the records: add --rows FILE"},
    "compared": {"zh": "由 {now} 的 {now_value} 与 {then} 的 {then_value} 计算", "en": "of {now_value} in {now} and {then_value} in {then}"},
    "vintage": {"zh": "数据版本 {vintage}：{files}", "en": "data {vintage}: {files}"},
}  # fmt: skip


def explain(evaluation: Evaluation, value: Value, lang: str = "zh") -> str:
    """The way from a value to its rows and to the clause of the standard, as text."""
    return "\n".join(_lines(evaluation, value, lang)) + "\n"


def _lines(evaluation: Evaluation, value: Value, lang: str) -> Iterator[str]:
    pack = evaluation.pack
    measure = pack.measures[value.measure]
    shown = row(value, pack, lang)
    exact = f"  ({_word('exact', lang)} {value.exact:.6g})" if value.exact is not None else ""
    yield f"{value.place} {value.period} {shown['name']}: {shown['value']} {shown['unit']}".rstrip() + exact
    for reason in value.reasons:
        yield f"  ! {reason.message(lang)}"
    title = _word("definition", lang, version=measure.version, since=measure.since)
    yield f"  {title}: {measure.text[lang]}"
    yield f"  {_word('sources', lang)}: {'; '.join(map(str, measure.sources))}"
    yield from _in_force(evaluation, value, lang)
    if isinstance(measure.how, Comparison):
        yield from _compared(evaluation, value, measure.how, lang)
    elif value.coverage and value.coverage.counted:
        needed = value.coverage.needed
        more = _word("needed", lang, needed=needed) if needed else ""
        word = "things" if measure.counted.each_period else "coverage"
        yield "  " + _word(word, lang, counted=value.coverage.counted, days=value.coverage.days) + more
        yield from _rows(evaluation, value, lang)
    files = ", ".join(f"{each.table} {each.sha256[:12]}" for each in evaluation.data.inputs)
    yield f"  {_word('vintage', lang, vintage=value.vintage[:12], files=files)}"


def _word(word: str, lang: str, /, **fields: object) -> str:
    return _WORDS[word][lang].format_map(fields)


def _in_force(evaluation: Evaluation, value: Value, lang: str) -> Iterator[str]:
    """The numbers that the measure hangs on, as in force in the period; more than one where they changed."""
    period = parse(value.period)
    for name in evaluation.pack.measures[value.measure].parameters:
        parameter = evaluation.pack.parameter(name)
        for version in parameter.versions:
            later = [each.in_force for each in parameter.versions if each.in_force > version.in_force]
            if version.in_force <= period.end and (not later or min(later) > period.start):
                yield "  " + _word(
                    "in_force", lang, name=parameter.text[lang], value=_short(version.value),
                    day=version.in_force, source=version.source,
                )  # fmt: skip


def _short(value: Any) -> str:
    """A parameter's value on one line, cut off where it is a table."""
    if isinstance(value, dict):
        value = ", ".join(f"{name} {each}" for name, each in value.items())
    text = str(value)
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"


def _compared(evaluation: Evaluation, value: Value, how: Comparison, lang: str) -> Iterator[str]:
    from duban.measures.compare import periods_of

    later, base = periods_of(parse(value.period), how.to)
    found = {
        each.period: each
        for each in evaluation.compared
        if each.measure == how.measure and each.place == value.place
    }
    now, then = found.get(str(later)), found.get(str(base))
    if now and then:
        yield "  " + _word(
            "compared", lang, now=now.period, now_value=now.value, then=then.period, then_value=then.value
        )
        yield from (f"    {line}" for each in (now, then) for line in _lines(evaluation, each, lang))


def _rows(evaluation: Evaluation, value: Value, lang: str) -> Iterator[str]:
    """The rows that were counted, then of the foremost of them those behind it, level by level."""
    measure = evaluation.pack.measures[value.measure]
    column, name = measure.counted.column, measure.counted.rows
    rows = evaluation.rows(value).filter(lambda t: t[column].notnull())
    count = int(rows.count().to_pyarrow().as_py())
    things = measure.counted.each_period
    keys_of = _names(rows, column) if things else ["day"]
    most = _LONGEST if things else _TOP
    foremost = rows.order_by(rows[column].desc(), *keys_of).limit(most).select(*keys_of, column)
    found = foremost.to_pyarrow().to_pylist()
    yield "  " + _word("rows", lang, name=name, count=count, column=column, shown=len(found))
    yield from _grid(found)
    keys = {key: found[0][key] for key in keys_of[:1]} if found else {}
    for level in evaluation.pack.behind.get(name, ()) if found else ():
        table = evaluation.rows(value, level)
        for key, wanted in keys.items():
            table = table.filter(table[key] == wanted) if key in table.columns else table
        below = _column(table, column)
        shown = table.select(*_keys(table, keys), *below)
        ordered = shown.order_by(*_keys(table, keys)).limit(_LONGEST).to_pyarrow().to_pylist()
        where = " ".join(_cell(each) for each in keys.values())
        yield "  " + _word("behind", lang, where=where, name=level)
        yield from _grid(ordered)
        best = max(ordered, key=lambda each: each[below[0]] or 0, default=None)
        keys |= {key: best[key] for key in _keys(table, keys) if best and key == "station"}
    yield "  " + _word("all", lang)


def _column(table: ir.Table, column: str) -> list[str]:
    """What to show of a level below: the same column, or what it is called there, or all the numbers."""
    if column in table.columns:
        return [column]
    stem = column.split("_", maxsplit=1)[0]
    if stem in table.columns:
        return [stem]
    return [name for name in table.columns if table[name].type().is_floating()]


def _names(table: ir.Table, column: str) -> list[str]:
    """The columns that say which thing of the period a row is, and what is said of it in words."""
    return [
        name for name in table.columns if name not in {"place", column} and table[name].type().is_string()
    ]


def _keys(table: ir.Table, fixed: dict[str, Any]) -> list[str]:
    """The columns that tell the rows of a level apart."""
    return [
        name
        for name in table.columns
        if name not in {"place", "known_since", *fixed}
        and not (table[name].type().is_floating() or table[name].type().is_boolean())
    ]


def _grid(rows: list[dict[str, Any]]) -> Iterator[str]:
    """The rows below one another; columns in which nothing stands are left out."""
    names = [name for name in rows[0] if any(each[name] is not None for each in rows)] if rows else []
    cells = [names, *([_cell(each[name]) for name in names] for each in rows)]
    widths = [max(cell_len(line[index]) for line in cells) for index in range(len(names))]
    for line in cells if names else ():
        padded = (" " * (width - cell_len(text)) + text for text, width in zip(line, widths, strict=True))
        yield "      " + "  ".join(padded)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return "–" if value is None else str(value)
