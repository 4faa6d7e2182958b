"""Charts as static SVG: targets and results over the years, and of many places in one year.

Shape tells what a mark is, colour only repeats it: a result is a dot (hollow where it is an estimate) on a line, a target a
dash, a range a bar between two dashes, a bound (以上, 以内) an arrow. A chart is drawn at the size of its text, so that it can be
read on a phone; the page gives the same numbers as a table, so it is hidden from assistive technology.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

__all__ = ["Mark", "across", "over_years", "stacked"]

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 22, 22
_YEAR = 26
"""Pixels of a year."""
_NARROWEST, _HEIGHT = 340, 190
_NAME, _ROW = 108, 22
"""Pixels of a place's name, and of its row."""
_TICKS = 5
_BAR = 200
_SCALES = {
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "en": ((1e12, "trillion "), (1e9, "billion "), (1e6, "million "), (1e4, "thousand ")),
}
_WORTH = {"thousand ": 1e3}


class Mark(NamedTuple):
    """One value on a chart."""

    at: int | str
    """The year, or the place."""
    low: Decimal
    high: Decimal | None
    shape: str
    """actual, estimate or target."""
    bound: str
    """at_least, at_most or ""."""
    label: str
    """What is shown of it under the mouse."""
    href: str


def over_years(marks: Sequence[Mark], unit: str, lang: str) -> Markup:
    """One place: results joined by a line, targets beside them."""
    years = [int(mark.at) for mark in marks]
    first, last = min(years), max(years)
    width = max(_NARROWEST, _LEFT + _RIGHT + (last - first + 1) * _YEAR)
    step = (width - _LEFT - _RIGHT) / (last - first + 1)
    low, high, ticks = _axis(marks)

    def x(year: int) -> float:
        return _LEFT + (year - first + 0.5) * step

    def y(value: float) -> float:
        return _TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [_head(width, _HEIGHT), _unit(unit, ticks, lang)]
    for tick in ticks:
        zero = ' class="zero"' if tick == 0 else ""
        parts.append(f'<path{zero} d="M{_LEFT} {y(tick):.1f}H{width - _RIGHT}"/>')
        parts.append(
            f'<text x="{_LEFT - 6}" y="{y(tick) + 4:.1f}" text-anchor="end">{_number(tick, ticks, lang)}</text>'
        )
    every = max(1, math.ceil(34 / step))
    parts += [
        f'<text x="{x(year):.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{year}</text>'
        for year in range(last, first - 1, -every)
    ]
    parts.append(
        _line(
            [(x(int(each.at)), y(float(each.low)), int(each.at)) for each in marks if each.shape != "target"]
        )
    )
    for mark in marks:
        ends = [y(float(end)) for end in (mark.low, mark.high) if end is not None]
        parts.append(_linked(mark, _upright(mark, x(int(mark.at)), ends, min(9.0, step / 2 - 2))))
    return _closed(parts)


def across(marks: Sequence[Mark], unit: str, lang: str) -> Markup:
    """One year: a row for each place, in the order given."""
    names = list(dict.fromkeys(str(mark.at) for mark in marks))
    width, height = _NARROWEST + 20, _TOP + len(names) * _ROW + _BOTTOM
    low, high, ticks = _axis(marks)

    def x(value: float) -> float:
        return _NAME + 8 + (value - low) / (high - low) * (width - _NAME - 8 - _RIGHT)

    parts = [_head(width, height), _unit(unit, ticks, lang)]
    for tick in ticks:
        zero = ' class="zero"' if tick == 0 else ""
        parts.append(f'<path{zero} d="M{x(tick):.1f} {_TOP}V{height - _BOTTOM}"/>')
        parts.append(
            f'<text x="{x(tick):.1f}" y="{height - 6}" text-anchor="middle">{_number(tick, ticks, lang)}</text>'
        )
    for row, name in enumerate(names):
        y = _TOP + (row + 0.5) * _ROW
        shown = name if len(name) <= 8 else f"{name[:7]}…"
        parts.append(
            f'<text class="name" x="{_NAME}" y="{y + 4:.1f}" text-anchor="end">{escape(shown)}</text>'
        )
        for mark in (each for each in marks if each.at == name):
            ends = [x(float(end)) for end in (mark.low, mark.high) if end is not None]
            parts.append(_linked(mark, _lying(mark, y, ends)))
    return _closed(parts)


def stacked(counts: Sequence[tuple[str, int]], name: str) -> Markup:
    """One bar of the class `name`: for each class as much of its width as its share; nothing where all are nought."""
    everything = sum(count for _, count in counts)
    if not everything:
        return Markup()
    parts = [f'<svg class="{name}" viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" aria-hidden="true">']
    at = 0.0
    for each, count in counts:
        wide = _BAR * count / everything
        parts.append(f'<rect class="v-{each}" x="{at:.1f}" width="{wide:.1f}" height="10"/>')
        at += wide
    return _closed(parts)


# --- marks --------------------------------------------------------------------------------------------------


def _upright(mark: Mark, x: float, ends: Sequence[float], half: float) -> str:
    """A mark of a chart whose values go up."""
    if mark.shape != "target":
        return f'<circle cx="{x:.1f}" cy="{ends[0]:.1f}" r="3.6"/>'
    path = "".join(f"M{x - half:.1f} {y:.1f}h{2 * half:.1f}" for y in ends)
    if len(ends) > 1:
        path += f"M{x:.1f} {ends[0]:.1f}V{ends[1]:.1f}"
    return f'<path d="{path}"/>' + _arrow(x, ends[0], 0, {"at_least": -1, "at_most": 1}.get(mark.bound, 0))


def _lying(mark: Mark, y: float, ends: Sequence[float]) -> str:
    """A mark of a chart whose values go to the right."""
    if mark.shape != "target":
        return f'<circle cx="{ends[0]:.1f}" cy="{y:.1f}" r="4"/>'
    path = "".join(f"M{x:.1f} {y - 7:.1f}v14" for x in ends)
    if len(ends) > 1:
        path += f"M{ends[0]:.1f} {y:.1f}H{ends[1]:.1f}"
    return f'<path d="{path}"/>' + _arrow(ends[0], y, {"at_least": 1, "at_most": -1}.get(mark.bound, 0), 0)


def _arrow(x: float, y: float, right: int, down: int) -> str:
    """From a bound to the side that is meant; nothing for neither."""
    if not (right or down):
        return ""
    tip_x, tip_y = x + 10 * right, y + 10 * down
    wing_x, wing_y = (-4 * right, 4) if right else (4, -4 * down)
    other_x, other_y = (-4 * right, -4) if right else (-4, -4 * down)
    head = f"M{tip_x + wing_x:.1f} {tip_y + wing_y:.1f}L{tip_x:.1f} {tip_y:.1f}L{tip_x + other_x:.1f} {tip_y + other_y:.1f}"
    return f'<path class="bound" d="M{x:.1f} {y:.1f}L{tip_x:.1f} {tip_y:.1f}{head}"/>'


def _linked(mark: Mark, drawn: str) -> str:
    """With its label, leading to its sentence; the table beside it is what the keyboard reaches."""
    return f'<a class="{mark.shape}" href="{escape(mark.href)}" tabindex="-1"><title>{escape(mark.label)}</title>{drawn}</a>'


def _line(points: list[tuple[float, float, int]]) -> str:
    """Through the results of years in a row; where one is missing the line is broken."""
    path, before = "", None
    for x, y, year in sorted(points, key=lambda point: point[2]):
        path += f"{'L' if before == year - 1 else 'M'}{x:.1f} {y:.1f}"
        before = year
    return f'<path class="line" d="{path}"/>' if path else ""


# --- axes ---------------------------------------------------------------------------------------------------


def _axis(marks: Sequence[Mark]) -> tuple[float, float, list[float]]:
    """The ends of the axis and its ticks: round numbers that hold all values."""
    values = [float(end) for mark in marks for end in (mark.low, mark.high) if end is not None]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - abs(low or 1) / 2, high + abs(high or 1) / 2
    step = _round_step((high - low) / _TICKS)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [round(step * at, 10) for at in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5 × 10ⁿ.

    >>> _round_step(0.3), _round_step(1.7), _round_step(30)
    (0.5, 2.0, 50.0)
    """
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return float(round(step * power, 10))


def _scale(ticks: Sequence[float], lang: str) -> tuple[float, str]:
    """What the axis counts in: ones, 万, 亿…"""
    most = max(abs(ticks[0]), abs(ticks[-1]))
    return next(((_WORTH.get(word, worth), word) for worth, word in _SCALES[lang] if most >= worth), (1, ""))


def _number(tick: float, ticks: Sequence[float], lang: str) -> str:
    worth, _ = _scale(ticks, lang)
    return f"{tick / worth:,.10g}".replace("-", "−")


def _unit(unit: str, ticks: Sequence[float], lang: str) -> str:
    return f'<text x="2" y="12">{escape(_scale(ticks, lang)[1] + unit)}</text>'


def _head(width: int, height: int) -> str:
    return f'<svg class="chart" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'


def _closed(parts: Sequence[str]) -> Markup:
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - every text in it was escaped
