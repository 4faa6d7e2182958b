"""How hourly readings become the days of a city (HJ 663), and the days an index and a class (HJ 633).

hours → station days → city days. Means go on unrounded; a concentration is rounded where it is evaluated.
"""

from __future__ import annotations

from functools import partial, reduce
from itertools import pairwise
from operator import add, and_
from typing import TYPE_CHECKING, Any

import ibis

from duban.measures.rounding import half_even

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from duban.measures import Data

__all__ = ["city_days", "hours", "station_days"]

MEANS = ("pm25", "pm10", "so2", "no2", "co")
"""Pollutants of which the day has a mean. Ozone has a maximum of means of eight hours, and of its hours."""
DAILY = (*MEANS, "o3_8h", "o3_1h")
GASES = ("so2", "no2", "co", "o3_8h", "o3_1h")
NAMES = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3": "O3"}
CLASSES = {
    "excellent": "优",
    "good": "良",
    "light": "轻度污染",
    "moderate": "中度污染",
    "heavy": "重度污染",
    "severe": "严重污染",
}


def hours(data: Data) -> ir.Table:
    """A row a place, station and hour of the readings that count; `hour` 1 to 24 of its `day`."""
    readings = _by_day(data)
    return readings.join(_counted(data), "station").filter(_in_use).drop("since", "until")


def _by_day(data: Data) -> ir.Table:
    """The readings with the day they belong to: the hour to 00:00 is the 24th of the day before."""
    hourly = data.table("hourly")
    shift = ibis.interval(hours=1 if data.declared("hourly", "label") == "end" else 0)
    start = hourly["time"] - shift
    return hourly.mutate(day=start.date(), hour=start.hour().cast("int32") + 1)


def _counted(data: Data) -> ir.Table:
    """The stations that count for their places: none of the background (HJ 663-2013)."""
    stations = data.table("stations")
    background = stations["background"].fill_null(False)
    return stations.filter(~background).select("station", "place", "since", "until")


def _in_use(row: ir.Table) -> ir.BooleanValue:
    """Whether the station was in use on the day."""
    begun = row["since"].isnull() | (row["since"] <= row["day"])
    return begun & (row["until"].isnull() | (row["until"] >= row["day"]))


def station_days(data: Data) -> ir.Table:
    """A row a place, station and day: the daily values of GB 3095, null where too few hours are valid."""
    readings = _by_day(data)
    groups = readings.group_by(["station", "day"]).aggregate(
        **{f"{name}_mean": readings[name].mean() for name in MEANS},
        **{f"{name}_hours": readings[name].count() for name in MEANS},
        **{
            f"o{hour}": (readings["hour"] == hour).ifelse(readings["o3"], None).max() for hour in range(1, 25)
        },
    )
    days = _ozone(data, groups)
    enough = data.at("hours_of_day", days["day"])
    days = days.mutate(
        **{name: (days[f"{name}_hours"] >= enough).ifelse(days[f"{name}_mean"], None) for name in MEANS}
    )
    days = _given_in(data, days).select("station", "day", *DAILY)
    return days.join(_counted(data), "station").filter(_in_use).drop("since", "until")


def _ozone(data: Data, days: ir.Table) -> ir.Table:
    """With the day's maximum of the means of eight hours to 8, 9, … 24 o'clock, and that of its hours.

    Sums of eight are made of sums of four and of two: no window has to sort the hours.
    """
    sums = {hour: days[f"o{hour}"].fill_null(0.0) for hour in range(1, 25)}
    counts = {hour: days[f"o{hour}"].notnull().cast("int32") for hour in range(1, 25)}
    for width in (1, 2, 4):
        ends = range(2 * width, 25)
        days = days.mutate(
            **{f"s{width}_{end}": sums[end] + sums[end - width] for end in ends},
            **{f"c{width}_{end}": counts[end] + counts[end - width] for end in ends},
        )
        sums = {end: days[f"s{width}_{end}"] for end in ends}
        counts = {end: days[f"c{width}_{end}"] for end in ends}
    enough = data.at("hours_of_eight", days["day"])
    days = days.mutate(
        **{f"m{end}": (counts[end] >= enough).ifelse(sums[end] / counts[end], None) for end in sums}
    )
    means = [days[f"m{end}"] for end in sums]
    highest = ibis.greatest(*means)
    valid = reduce(add, [mean.notnull().cast("int32") for mean in means])
    limit = data.at("limits", days["day"], lambda value: float(value["day"]["o3_8h"]))
    counts_as = (valid >= data.at("ozone_means_of_day", days["day"])) | (highest > limit)
    hour = ibis.greatest(*[days[f"o{hour}"] for hour in range(1, 25)])
    return days.mutate(o3_8h=counts_as.ifelse(highest, None), o3_1h=counts_as.ifelse(hour, None))


def _given_in(data: Data, days: ir.Table) -> ir.Table:
    """Gases from the state that the source has them in to the one that it wants them given in."""
    has, wants = data.declared("hourly", "state"), data.declared("hourly", "give_in")
    if has == wants:
        return days

    def factor(in_force: float) -> float:
        return _kelvin(has, in_force) / _kelvin(wants, in_force)

    factors = data.at("reference_state", days["day"], factor)
    return days.mutate(**{name: days[name] * factors for name in GASES})


def _kelvin(state: str, in_force: float) -> float:
    return float(in_force if state == "in_force" else state)


def city_days(data: Data) -> ir.Table:
    """A row a place and day: the mean of its stations' daily values, sub-indices, index and class.

    A value needs the share of stations that HJ 663 asks for. `aqi` is null on a day without any value.
    """
    stations = station_days(data)
    days = stations.group_by(["place", "day"]).aggregate(
        **{f"{name}_mean": stations[name].mean() for name in DAILY},
        **{f"{name}_stations": stations[name].count() for name in DAILY},
    )
    days = days.join(_stations_in_use(data, days), ["place", "day"])
    needed = data.at("stations_of_city", days["day"], lambda value: _needed(days, value))
    days = days.mutate(
        **{name: (days[f"{name}_stations"] >= needed).ifelse(days[f"{name}_mean"], None) for name in DAILY}
    )
    return _indexed(data, days.select("place", "day", "stations", *DAILY))


def _stations_in_use(data: Data, days: ir.Table) -> ir.Table:
    """How many stations each place had on each day."""
    every = days.select("day").distinct().cross_join(_counted(data)).filter(_in_use)
    return every.group_by(["place", "day"]).aggregate(stations=every.count())


def _needed(days: ir.Table, value: dict[str, Any]) -> ir.NumericValue:
    few = days["stations"] < value["few"]
    return days["stations"] * few.ifelse(value["share_of_few"], value["share"])


def _indexed(data: Data, days: ir.Table) -> ir.Table:
    """With the sub-index of each pollutant, the index, the primary pollutants and the class."""
    day = days["day"]

    def rounded(name: str, digits: str) -> ir.Value:
        found: ir.Value = data.at("digits", day, lambda value: half_even(days[name], value[digits]))
        return found

    daily = {name: rounded(name, name) for name in (*MEANS, "o3_8h")} | {"o3_1h": rounded("o3_1h", "o3")}
    days = days.mutate(
        **{f"iaqi_{name}": data.at("breakpoints", day, partial(_step, daily[name], name)) for name in MEANS},
        iaqi_o3=data.at("breakpoints", day, lambda value: _ozone_step(daily["o3_8h"], daily["o3_1h"], value)),
    )
    parts = {name: days[f"iaqi_{name}"] for name in NAMES}
    highest = ibis.greatest(*parts.values())
    complete = reduce(and_, [part.notnull() for part in parts.values()])
    aqi = data.at(
        "incomplete_day",
        day,
        lambda rule: highest if rule == "counted" else (complete | (highest > 100)).ifelse(highest, None),
    )
    days = days.mutate(aqi=aqi)
    return _classed(data, days).mutate(primary=_primary(days))


def _step(concentration: Any, name: str, value: dict[str, list[int]]) -> ir.Value:
    """The sub-index of a rounded concentration by HJ 633 formula (1), carried up to a whole number.

    In tenths, whole numbers all along, so that 100 stays 100. Above the table it is that of the last step.
    """
    points, steps = value[name], value["steps"]
    tenths = (concentration * 10).round().cast("int64")
    branches = []
    for (low, high), (under, over) in zip(pairwise(points), pairwise(steps), strict=False):
        width = (high - low) * 10
        part = ((tenths - low * 10) * (over - under) + width - 1) // width
        branches.append((tenths <= high * 10, part + under))
    highest = ibis.literal(steps[len(points) - 1], "int64")
    return ibis.cases(*branches, (tenths.notnull(), highest)).cast("int64")


def _ozone_step(eight: Any, hour: Any, value: dict[str, list[int]]) -> ir.Value:
    """Ozone's sub-index: of eight hours; before 2026 of the highest hour too, alone where eight exceed the table."""
    by_eight = _step(eight, "o3_8h", value)
    if "o3_1h" not in value:
        return by_eight
    within = (eight <= value["o3_8h"][-1]).ifelse(by_eight, None)
    found: ir.Value = ibis.greatest(within, _step(hour, "o3_1h", value))
    return found


def _primary(days: ir.Table) -> ir.Value:
    """The pollutants with the highest sub-index, on a day whose index is above 50."""
    named = [
        (days[f"iaqi_{name}"].fill_null(-1) == days["aqi"]).ifelse(f"、{title}", "")
        for name, title in NAMES.items()
    ]
    joined = reduce(add, named)
    return (days["aqi"] > 50).ifelse(joined.substr(1), None)


def _classed(data: Data, days: ir.Table) -> ir.Table:
    """With a column that is true for each class, for its days up to standard and for the worst two."""

    def between(name: str, value: dict[str, int]) -> ir.BooleanValue:
        bounds = list(value.values())
        number = list(value).index(name)
        above = days["aqi"] > bounds[number - 1] if number else days["aqi"] >= 0
        return above & (days["aqi"] <= bounds[number])

    days = days.mutate(
        **{
            english: data.at("classes", days["day"], partial(between, name))
            for english, name in CLASSES.items()
        }
    )
    return days.mutate(
        up_to_standard=days["excellent"] | days["good"], heavy_or_worse=days["heavy"] | days["severe"]
    )
