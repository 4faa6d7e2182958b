"""How samples at sections become classes (GB 3838), and classes a judgement of rivers and lakes (环办〔2011〕22号).

samples → the months' means → the period's mean of them → a class for each item → the worst is the section's.
What the class is depends on the period, so the functions are told one.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import ibis

from duban.measures.rounding import half_even, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from duban.measures import Data, Period

__all__ = ["lakes", "readings", "rivers", "sections", "sources"]

NONE = "无"
"""Said of water that has no main pollutants."""
ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "劣Ⅴ")
LAKES = ("湖库", "湖泊", "水库", "lake")
NATIONAL = ("国控", "国考", "国家", "国家级", "国控断面", "国考断面")
SOURCE_ITEMS = ("sulfate", "chloride", "nitrate", "iron", "manganese")
ITEMS = (
    "ph", "do", "codmn", "cod", "bod5", "nh3n", "tp", "tn", "copper", "zinc", "fluoride", "selenium", "arsenic",
    "mercury", "cadmium", "chromium", "lead", "cyanide", "phenol", "oil", "surfactant", "sulfide", "coliforms",
    *SOURCE_ITEMS, "do_saturation", "chla", "sd",
)  # fmt: skip
REPORTED = ("do", "codmn", "cod", "bod5", "nh3n", "tp", "tn")
"""Items whose means over the sections are measures of their own."""


def readings(data: Data) -> ir.Table:
    """A row a place, section and sample of those that count."""
    samples = data.table("samples")
    rows = samples.mutate(day=samples["time"].date())
    return rows.join(_places(data), "section").filter(_in_use).drop("since", "until")


def _places(data: Data) -> ir.Table:
    """The sections by the places they are counted for, with whether they are lakes', national or sources."""
    rows = data.table("sections")
    named = rows.mutate(
        lake=rows["kind"].isin(LAKES).fill_null(False),
        national=rows["network"].isin(NATIONAL).fill_null(False),
        is_source=rows["source"].fill_null(False),
        wanted=_target(rows["target"]),
    ).select("section", "place", "water", "lake", "national", "is_source", "wanted", "since", "until")
    each = data.declared("sections", "each")
    once = named.distinct(on="section")
    further = []
    if each in {"section", "both"}:
        further.append(once.mutate(place=once["section"]))
    if each in {"water", "both"}:
        further.append(once.filter(once["water"].notnull()).mutate(place=once["water"]))
    return reduce(lambda one, other: one.union(other, distinct=True), further, named)


def _target(text: Any) -> ir.Value:
    """Ⅲ, III, Ⅲ类 or 3 as 3; null for what is none of these."""
    plain = text.upper().re_replace("[类級级\\s]", "")
    spelt = (
        ("Ⅰ", "I", "1", "一"),
        ("Ⅱ", "II", "2", "二"),
        ("Ⅲ", "III", "3", "三"),
        ("Ⅳ", "IV", "4", "四"),
        ("Ⅴ", "V", "5", "五"),
    )
    return ibis.cases(*[(plain.isin(each), number) for number, each in enumerate(spelt, 1)])


def _in_use(row: ir.Table) -> ir.BooleanValue:
    """Whether the section was in use on the day."""
    begun = row["since"].isnull() | (row["since"] <= row["day"])
    return begun & (row["until"].isnull() | (row["until"] >= row["day"]))


def _means(data: Data, period: Period) -> ir.Table:
    """A row a place and section: the means over the period of its months' means, and how many months there are."""
    return data.keep(("means", period), lambda: _means_of(data, period))


def _means_of(data: Data, period: Period) -> ir.Table:
    rows = readings(data)
    rows = rows.filter(rows["day"].between(period.start, period.end))
    keys = ["place", "section", "water", "lake", "national", "is_source", "wanted"]
    monthly = rows.group_by([*keys, rows["day"].truncate("M").name("month")]).aggregate(
        **{name: rows[name].mean() for name in ITEMS}
    )
    means = monthly.group_by(keys).aggregate(
        months=monthly.count(), **{name: monthly[name].mean() for name in ITEMS}
    )
    needed = data.on("months_needed", period).get(str(period.frequency), 1)
    return means.mutate(enough=means["months"] >= needed)


def _long(
    means: ir.Table, keys: Sequence[str], items: Sequence[str], decimals: Mapping[str, int]
) -> ir.Table:
    """A row a key and item that was measured; its `value` rounded as it is evaluated."""
    wide = means.select(*keys, *items, saturation=means["do_saturation"])
    long = wide.pivot_longer(list(items), names_to="item", values_to="value")
    long = long.filter(long["value"].notnull())
    power = ibis.cases(*[(long["item"] == name, 10.0 ** decimals[name]) for name in items])
    return long.mutate(value=half_even(long["value"] * power) / power)


def _class(value: Any, limits: Sequence[Any]) -> ir.Value:
    """The first class whose limit the value keeps; 6 if it keeps none."""
    return ibis.cases(*[(value <= limit, number) for number, limit in enumerate(limits, 1)], else_=len(ROMAN))


def _evaluated(data: Data, period: Period, means: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Each item of each key with its class, and how many times it is over class Ⅲ. `lake` has to be among the keys.

    That pH is within a range and oxygen above a limit is said as: how far from the middle, and less than none.
    """
    items, limits = data.on("items", period), data.on("limits", period)
    of_lakes, rule = data.on("limits_of_lakes", period), data.on("pollutants", period)
    rows = _long(means, keys, items, data.on("decimals", period))
    item, value = rows["item"], rows["value"]
    low, high = limits["ph"]
    levels = {name: limits[name] for name in items} | {"ph": [(high - low) / 2] * (len(ROMAN) - 1)}
    levels |= {"do": [-limit for limit in limits["do"]]}
    by_class = [
        ibis.cases(
            *[(rows["lake"] & (item == name), float(each[number])) for name, each in of_lakes.items()],
            *[(item == name, float(each[number])) for name, each in levels.items()],
        )
        for number in range(len(ROMAN) - 1)
    ]
    compared = ibis.cases(
        (item == "ph", (value - (low + high) / 2).abs()), (item == "do", -value), else_=value
    )
    rows = rows.mutate(
        compared=compared, **{f"limit_{number}": each for number, each in enumerate(by_class, 1)}
    )
    grade = _class(rows["compared"], [rows[f"limit_{number}"] for number in range(1, len(ROMAN))])
    saturated = (rows["item"] == "do") & (rows["saturation"] >= limits["do_saturation"]).fill_null(False)
    beyond = rows[f"limit_{rule['beyond']}"]
    over = rows["item"].isin(rule["without_times"]).ifelse(None, rows["value"] / beyond - 1)
    return rows.mutate(grade=saturated.ifelse(1, grade), over=over)


def _worst(evaluated: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Of each key the class of its worst item, and how many items there were."""
    return evaluated.group_by(keys).aggregate(grade=evaluated["grade"].max(), items=evaluated.count())


def _pollutants(data: Data, period: Period, evaluated: ir.Table, keys: Sequence[str]) -> ir.Table:
    """Of each key the main pollutants with how many times over class Ⅲ they are; only of those with any."""
    rule = data.on("pollutants", period)
    bad = evaluated.filter(evaluated["grade"] > rule["beyond"])
    bad = bad.mutate(first=bad["item"].isin(rule["first"]), order=_order(data, period, bad))
    window = ibis.window(
        group_by=list(keys),
        order_by=[
            bad["first"].desc(),
            bad["grade"].desc(),
            bad["over"].desc(nulls_first=False),
            bad["order"],
        ],
    )
    ranked = bad.mutate(
        rank=ibis.row_number().over(window), label=_named(data, bad["item"]) + _times(bad["over"])
    )
    return _listed(ranked, keys, rule["number"])


def _order(data: Data, period: Period, rows: ir.Table) -> ir.Value:
    """The place of the item in the list, so that equals come in one order."""
    return ibis.cases(
        *[(rows["item"] == name, number) for number, name in enumerate(data.on("items", period))]
    )


def _named(data: Data, item: Any) -> ir.StringValue:
    """The item as the standard calls it."""
    columns = data.pack.tables["samples"].columns
    named: ir.StringValue = ibis.cases(*[(item == name, columns[name].text.zh) for name in ITEMS], else_=item)
    return named


def _times(over: Any) -> ir.StringValue:
    """（1.2）; with two decimals where one would be nothing, and no bracket where times are not counted."""
    shown = (half_even(over, 1) > 0).ifelse(written(over, 1), written(over, 2))
    text: ir.StringValue = over.notnull().ifelse("（" + shown + "）", "")
    return text


def _listed(ranked: ir.Table, keys: Sequence[str], number: int) -> ir.Table:
    """The labels of each key's first ranks, one after the other."""
    made = ranked.group_by(keys).aggregate(
        **{f"l{rank}": ranked["label"].max(where=ranked["rank"] == rank) for rank in range(number)}
    )
    further = [("、" + made[f"l{rank}"]).fill_null("") for rank in range(1, number)]
    text = reduce(lambda one, other: one + other, further, made["l0"])
    return made.select(*keys, pollutants=text)


def _by_section(data: Data, period: Period) -> ir.Table:
    """Each item of each section with its class."""
    keys = ["place", "section", "lake", "is_source"]
    return data.keep(("by_section", period), lambda: _evaluated(data, period, _means(data, period), keys))


def sections(data: Data, period: Period) -> ir.Table:
    """A row a place and section (sources apart): its class, whether that is good and meets its target, its pollutants.

    `enough` says whether there were as many months as the notice asks for.
    """
    every = _every_section(data, period)
    return every.filter(~every["is_source"]).drop("is_source")


def _every_section(data: Data, period: Period) -> ir.Table:
    """The same with the sources of drinking water among them."""
    return data.keep(("sections", period), lambda: _of_sections(data, period))


def _of_sections(data: Data, period: Period) -> ir.Table:
    keys = ["place", "section", "lake", "is_source"]
    means, evaluated = _means(data, period), _by_section(data, period)
    worst = _worst(evaluated, keys).join(_pollutants(data, period, evaluated, keys), keys, how="left")
    worst = worst.select(*keys, "grade", "items", pollutants=worst["pollutants"].fill_null(NONE))
    further = means.select(
        "place", "section", "water", "national", "wanted", "months", "enough", *REPORTED, "chla", "sd"
    )
    rows = worst.join(further, ["place", "section"])
    grade: Any = rows["grade"]
    good = grade <= 3
    classes = {f"class_{number}": grade == number for number in range(1, 6)}
    return rows.mutate(
        class_name=_roman(grade),
        quality=_quality(data, period, grade),
        good=good,
        good_national=rows["national"].ifelse(good, None),
        inferior=grade > 5,
        inferior_national=rows["national"].ifelse(grade > 5, None),
        on_target=grade <= rows["wanted"],
        one=ibis.literal(1),
        **classes,
    )


def _roman(grade: Any) -> ir.Value:
    return ibis.cases(*[(grade == number, name) for number, name in enumerate(ROMAN, 1)])


def _quality(data: Data, period: Period, grade: Any) -> ir.Value:
    names = data.on("grades", period)
    return ibis.cases(*[(grade == number, name) for number, name in enumerate(names, 1)])


def rivers(data: Data, period: Period) -> ir.Table:
    """A row a place with sections on rivers: what its water is called, and its main pollutants.

    From five sections on by the shares of classes, the pollutants by the share of sections over class Ⅲ; below
    by the class of the mean over the sections, the pollutants section by section.
    """
    means = _means(data, period)
    means = means.filter(~means["is_source"] & ~means["lake"])
    of_sections = sections(data, period)
    of_sections = of_sections.filter(~of_sections["lake"])
    rule = data.on("quality_by_shares", period)
    shares = of_sections.group_by("place").aggregate(
        sections=of_sections.count(),
        good=of_sections["good"].cast("int64").sum() * 100.0 / of_sections.count(),
        inferior=of_sections["inferior"].cast("int64").sum() * 100.0 / of_sections.count(),
        enough=of_sections["enough"].all(),
    )
    mean = means.group_by("place").aggregate(**{name: means[name].mean() for name in ITEMS})
    mean = mean.mutate(lake=ibis.literal(value=False))
    worst = _worst(_evaluated(data, period, mean, ["place", "lake"]), ["place"]).drop("items")
    rows = shares.join(worst, "place", how="left").drop("place_right")
    many = rows["sections"] >= rule["sections"]
    rows = rows.mutate(
        class_name=many.ifelse(None, _roman(rows["grade"])),
        quality=many.ifelse(_by_shares(rows, rule), _quality(data, period, rows["grade"])),
    )
    return _with_pollutants(data, period, rows, of_sections)


def _by_shares(rows: ir.Table, rule: Mapping[str, float]) -> ir.Value:
    good, inferior = rows["good"], rows["inferior"]
    return ibis.cases(
        (good >= rule["excellent"], "优"),
        (good >= rule["good"], "良好"),
        (inferior < rule["moderate"], "轻度污染"),
        ((inferior >= rule["heavy"]) & (good < rule["heavy_good"]), "重度污染"),
        else_="中度污染",
    )


def _with_pollutants(data: Data, period: Period, rows: ir.Table, of_sections: ir.Table) -> ir.Table:
    """With the text of the main pollutants of each place."""
    rule = data.on("quality_by_shares", period)
    evaluated = _by_section(data, period)
    by_rate = _by_rate(data, period, evaluated.filter(~evaluated["is_source"] & ~evaluated["lake"]))
    polluted = of_sections.filter(of_sections["pollutants"] != NONE)
    labelled = polluted.mutate(label=polluted["section"] + "：" + polluted["pollutants"])
    window = ibis.window(group_by="place", order_by="section")
    ranked = labelled.mutate(rank=ibis.row_number().over(window))
    made = ranked.group_by("place").aggregate(
        **{f"s{n}": ranked["label"].max(where=ranked["rank"] == n) for n in range(rule["sections"] - 1)}
    )
    one_by_one = [("；" + made[f"s{n}"]).fill_null("") for n in range(1, rule["sections"] - 1)]
    made = made.select("place", by_section=reduce(lambda one, other: one + other, one_by_one, made["s0"]))
    joined = rows.left_join(by_rate, "place").drop("place_right").left_join(made, "place").drop("place_right")
    many = joined["sections"] >= rule["sections"]
    return joined.mutate(pollutants=many.ifelse(joined["by_rate"], joined["by_section"]).fill_null(NONE))


def _by_rate(data: Data, period: Period, evaluated: ir.Table) -> ir.Table:
    """Of each place the items by the share of sections at which they are worse than class Ⅲ, the first three."""
    rule = data.on("pollutants", period)
    rates = evaluated.group_by(["place", "item"]).aggregate(
        rate=(evaluated["grade"] > rule["beyond"]).cast("int64").sum() * 100.0 / evaluated.count(),
        over=evaluated["over"].max(),
    )
    rates = rates.filter(rates["rate"] > 0)
    window = ibis.window(
        group_by="place",
        order_by=[rates["rate"].desc(), rates["over"].desc(nulls_first=False), _order(data, period, rates)],
    )
    shown = "（" + written(rates["rate"], 1) + "%）"
    ranked = rates.mutate(rank=ibis.row_number().over(window), label=_named(data, rates["item"]) + shown)
    return _listed(ranked, ["place"], rule["number"]).rename(by_rate="pollutants")


def lakes(data: Data, period: Period) -> ir.Table:
    """A row a place and lake: the class of the mean over its points, and its trophic state.

    A point that belongs to no named lake is one itself.
    """
    means = _means(data, period)
    means = means.filter(means["lake"] & ~means["is_source"])
    means = means.mutate(water=means["water"].fill_null(means["section"]))
    keys = ["place", "water"]
    mean = means.group_by(keys).aggregate(
        points=means.count(), enough=means["enough"].all(), **{name: means[name].mean() for name in ITEMS}
    )
    mean = mean.mutate(lake=ibis.literal(value=True))
    evaluated = _evaluated(data, period, mean, [*keys, "lake"])
    worst = _worst(evaluated, keys).join(_pollutants(data, period, evaluated, keys), keys, how="left")
    worst = worst.select(*keys, "grade", pollutants=worst["pollutants"].fill_null(NONE))
    further = mean.select(*keys, "points", "enough", tn_mean="tn", tli=_trophic_index(data, period, mean))
    rows = worst.join(further, keys)
    nitrogen = half_even(rows["tn_mean"], data.on("decimals", period)["tn"])
    of_nitrogen = (
        rows["tn_mean"].notnull().ifelse(_class(nitrogen, data.on("reference_limits", period)["tn"]), None)
    )
    return rows.mutate(
        class_name=_roman(rows["grade"]),
        quality=_quality(data, period, rows["grade"]),
        state=_state(rows["tli"], data.on("trophic_states", period)),
        nitrogen_class=_roman(of_nitrogen),
    )


def _trophic_index(data: Data, period: Period, mean: ir.Table) -> ir.Value:
    """The index of the five items, null where one is missing or not above zero."""
    rule = data.on("trophic_index", period)
    weights = sum(each["r"] ** 2 for each in rule.values())
    parts: list[Any] = []
    for name, each in rule.items():
        logarithm = (mean[name] > 0).ifelse(mean[name], None).ln()
        parts.append((logarithm * each["b"] + each["a"]) * 10 * (each["r"] ** 2 / weights))
    found: ir.Value = reduce(lambda one, other: one + other, parts)
    return found


def _state(index: Any, bounds: Mapping[str, float]) -> ir.Value:
    return ibis.cases(
        (index < bounds["oligotrophic"], "贫营养"),
        (index <= bounds["mesotrophic"], "中营养"),
        (index <= bounds["light"], "轻度富营养"),
        (index <= bounds["moderate"], "中度富营养"),
        (index.notnull(), "重度富营养"),
    )


def sources(data: Data, period: Period) -> ir.Table:
    """A row a place and source of drinking water: whether it is of class Ⅲ and within the limits of the further items."""
    means = _means(data, period)
    means = means.filter(means["is_source"])
    rows = _every_section(data, period).select("place", "section", "class_name", "good", "enough")
    limits, decimals = data.on("limits_of_sources", period), data.on("decimals", period)
    within = reduce(
        lambda one, other: one & other,
        [(half_even(means[name], decimals[name]) <= limit).fill_null(True) for name, limit in limits.items()],
    )
    further = means.select("place", "section", within=within)
    joined = rows.join(further, ["place", "section"])
    return joined.mutate(up_to_standard=joined["good"] & joined["within"], one=ibis.literal(1))
