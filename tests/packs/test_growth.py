"""Growth: the sample city bears its reports out but where it is meant not to, and periods are known by their names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from duban import samples
from duban.measures.evaluate import evaluate
from duban.measures.pack import read
from duban.measures.periods import parse

if TYPE_CHECKING:
    from pathlib import Path

GROWTH = read("growth")
STATED = {
    "2024": {
        "gdp": "1819.8", "gdp_real_growth": "5.8", "revenue": "98.6", "revenue_growth": "4.3", "tax": "69.0", "tax_share": "70.0",
        "industry_growth": "7.8", "investment_real_growth": "5.2", "retail": "612.5", "retail_growth": "5.1",
        "income_urban": "41860", "income_urban_growth": "4.6", "income_rural": "21350", "income_rural_growth": "6.8",
        "visitors": "2860", "visitors_growth": "15.3", "tourism": "243.1", "tourism_growth": "18.2", "loans": "2460",
        "loans_manufacturing": "395", "rd": "43.7", "rd_share": "2.4", "rd_share_change": "0.3", "high_tech_firms": "412",
        "high_tech_firms_change": "56", "patents": "8.6", "contracts": "38.5", "contracts_growth": "179.0", "entities": "33.0",
        "trade": "186.3", "trade_growth": "9.6", "exports": "131.5", "exports_growth": "11.2", "fdi": "1.20", "cargo": "3260",
        "cargo_growth": "8.7", "containers": "42.5", "containers_growth": "12.4", "urbanisation": "63.9", "urbanisation_change": "0.8",
        "grain": "168.3", "power_new": "21.6", "power_new_share": "18.0", "livelihood": "308.8", "livelihood_share": "80.0",
        "jobs": "3.62",
    },
    "2025": {
        "gdp": "1921.7", "gdp_real_growth": "5.6", "gdp_per_capita": "61514", "industry_growth": "8.4", "investment_real_growth": "2.1",
        "retail": "646.2", "retail_growth": "5.5", "revenue": "103.1", "revenue_growth": "4.6", "tax_share": "71.5",
        "income_urban": "43869", "income_urban_growth": "4.8", "income_rural": "22823", "income_rural_growth": "6.9",
        "visitors": "3146", "visitors_growth": "10.0", "rd": "50.0", "rd_growth": "14.4", "rd_share": "2.6", "rd_share_change": "0.2",
        "high_tech_firms": "468", "high_tech_firms_change": "56", "patents": "9.3", "contracts": "46.2", "contracts_growth": "20.0",
        "entities": "35.6", "entities_growth": "7.9", "trade": "203.6", "trade_growth": "9.3", "exports": "143.9",
        "exports_growth": "9.4", "imports": "59.7", "imports_growth": "8.9", "fdi": "1.15", "grain": "169.6", "power_new": "26.4",
        "power_new_growth": "22.2", "power_new_share": "21.0", "livelihood": "323.1", "livelihood_share": "80.5", "jobs": "3.71",
        "urbanisation": "64.7",
    },
    "2021-2025": {
        "gdp_real_mean_growth": "5.7", "trade_mean_growth": "8.4", "revenue_mean_growth": "5.2", "income_urban_mean_growth": "5.1",
        "income_rural_mean_growth": "7.2", "jobs": "18.30", "fdi": "5.60",
    },
}  # fmt: skip
"""Period → measure → what the reports of 2025 and 2026 state; 技术合同成交额增长1.8倍 is 179.0 %."""
PLANTED = {
    "2024": {"loans_growth": ("8.1", "7.6")},
    "2025": {
        "tourism": ("272.3", "268.9"),
        "tourism_growth": ("12.0", "10.6"),
        "containers": ("48.3", "47.9"),
        "containers_growth": ("13.6", "12.7"),
    },
}
"""The same where the records have something else: stated, computed."""


@pytest.mark.slow
@pytest.mark.parametrize("period", STATED)
def test_the_sample_city_s_records_bear_out_its_reports(period: str) -> None:
    expected = {measure: Decimal(value) for measure, value in STATED[period].items()}
    contradicted = {measure: Decimal(value) for measure, (_, value) in PLANTED.get(period, {}).items()}
    measures = [*expected, *contradicted]
    with evaluate(GROWTH, samples.records_path("growth"), [parse(period)], measures=measures) as found:
        assert {value.measure: value.value for value in found.values} == expected | contradicted
        assert all(value.valid for value in found.values)


def test_the_sample_records_are_those_that_are_made(tmp_path: Path) -> None:
    from tests.samples.make_growth import write

    write(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (samples.records_path("growth") / path.name).read_bytes()


@pytest.mark.parametrize(
    ("period", "names"),
    [
        ("2024", {"2024", "2024年", "2024年1-12月"}),
        ("2024-Q1", {"2024-Q1", "2024Q1", "2024年1-3月", "2024年一季度", "2024年第一季度"}),
        ("2024-Q4", {"2024年四季度", "2024年10-12月"}),
        ("2024-S1", {"2024H1", "2024年上半年", "2024年1-6月"}),
        ("2024-03", {"2024-03", "2024年3月", "2024年03月", "2024.03"}),
        ("2024-01", {"2024年1-1月", "2024年1月"}),
        ("2024-01-01/P9M", {"2024年前三季度", "2024年1-9月"}),
        ("2021-2025", {"2021-2025"}),
    ],
)
def test_a_period_has_many_names(period: str, names: set[str]) -> None:
    from duban.packs.growth.measures import spellings

    assert names <= set(spellings(parse(period)))


def test_no_two_periods_have_a_name_in_common() -> None:
    from duban.measures.periods import Period
    from duban.packs.growth.measures import spellings

    seen: dict[str, Period] = {}
    for month in range(2024 * 12, 2025 * 12):
        for length in range(1, 13):
            period = Period(month, length)
            for name in spellings(period):
                assert seen.setdefault(name, period) == period


def test_subjects_are_known_by_one_name_each() -> None:
    subjects = GROWTH.parameter("subjects").versions[-1].value
    names = [
        n for key, each in subjects.items() for n in {key, each["indicator"], each["zh"], *each["names"]}
    ]
    assert len(names) == len(set(names))
    for each in subjects.values():
        assert each.get("whole", "gdp") in subjects


def test_the_catalogue_has_the_indicators() -> None:
    from duban.catalogue import indicators

    known = set(indicators())
    subjects = GROWTH.parameter("subjects").versions[-1].value
    assert {each["indicator"] for each in subjects.values()} <= known
