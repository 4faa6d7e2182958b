"""What a number promised and a number reached come to: a table, as an office would write it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.ledger.model import Verdict
from duban.ledger.reconcile.rules import default_rules
from duban.ledger.reconcile.verdicts import Better, Number, Sought, judge
from duban.reading.model import Qualifier

EXACT, ABOUT, NEARLY = Qualifier.EXACT, Qualifier.ABOUT, Qualifier.NEARLY
OVER, AT_LEAST, AT_MOST = Qualifier.OVER, Qualifier.AT_LEAST, Qualifier.AT_MOST
MORE, LESS, NEITHER = Better.MORE, Better.LESS, Better.NEITHER
MET, EXCEEDED, PARTLY, MISSED = Verdict.MET, Verdict.EXCEEDED, Verdict.PARTLY, Verdict.MISSED


def number(text: str, qualifier: Qualifier = EXACT) -> Number:
    low, _, high = text.partition("~")
    return Number(Decimal(low), Decimal(high) if high else None, qualifier)


RATES = [  # what is promised, how, which side is better; what is reached, how; verdict, deciding reason
    ("5", ABOUT, MORE, "4.8", EXACT, MET, "within_margin"),
    ("5", ABOUT, MORE, "5", EXACT, MET, "reached"),
    ("5", ABOUT, MORE, "5.4", EXACT, EXCEEDED, "better_than_margin"),
    ("6", ABOUT, MORE, "5.6", EXACT, MISSED, "beyond_margin"),
    ("2", ABOUT, MORE, "1.8", EXACT, MET, "within_margin"),
    ("2", ABOUT, MORE, "1.7", EXACT, MISSED, "beyond_margin"),
    ("5.5", ABOUT, LESS, "5.2", EXACT, EXCEEDED, "better_than_margin"),
    ("5.5", ABOUT, LESS, "5.7", EXACT, MET, "within_margin"),
    ("5.5", ABOUT, LESS, "5.8", EXACT, MISSED, "beyond_margin"),
    ("2", ABOUT, NEITHER, "0.2", EXACT, MISSED, "off_target"),
    ("2", ABOUT, NEITHER, "2.9", EXACT, MISSED, "off_target"),
    ("8", AT_LEAST, MORE, "8.4", EXACT, MET, "bound_kept"),
    ("8", AT_LEAST, MORE, "8", EXACT, MET, "bound_kept"),
    ("8", AT_LEAST, MORE, "7.9", EXACT, MISSED, "bound_broken"),
    ("8", AT_LEAST, MORE, "8", NEARLY, MISSED, "bound_broken"),
    ("2", AT_MOST, NEITHER, "0.2", EXACT, MET, "bound_kept"),
    ("5.5", AT_MOST, LESS, "5.6", EXACT, MISSED, "bound_broken"),
    ("5.5", EXACT, MORE, "5.5", EXACT, MET, "reached"),
    ("5.5", EXACT, MORE, "5.6", EXACT, EXCEEDED, "surpassed"),
    ("8", EXACT, MORE, "7.8", EXACT, MISSED, "fell_short"),
    ("5~5.5", EXACT, MORE, "5.2", EXACT, MET, "in_range"),
    ("5~5.5", EXACT, MORE, "5.5", EXACT, MET, "in_range"),
    ("5~5.5", EXACT, MORE, "5.6", EXACT, EXCEEDED, "beyond_range"),
    ("5~5.5", EXACT, MORE, "4.9", EXACT, MISSED, "outside_range"),
    ("-3.2", EXACT, LESS, "-2.6", EXACT, MISSED, "fell_short"),
    ("-3.2", EXACT, LESS, "-3.4", EXACT, EXCEEDED, "surpassed"),
    ("-5", AT_LEAST, LESS, "-5.6", EXACT, MET, "bound_kept"),
    ("-5", AT_LEAST, LESS, "-4.9", EXACT, MISSED, "bound_broken"),
    ("-3", ABOUT, LESS, "-2.8", EXACT, MET, "within_margin"),
    ("-5", AT_LEAST, LESS, "1", EXACT, MISSED, "bound_broken"),
    ("-5~-3", EXACT, LESS, "-4", EXACT, MET, "in_range"),
]


@pytest.mark.parametrize(("aim", "aimed", "better", "result", "said", "verdict", "reason"), RATES)
def test_rates(
    aim: str, aimed: Qualifier, better: Better, result: str, said: Qualifier, verdict: Verdict, reason: str
) -> None:
    sought = Sought(number=number(aim, aimed), better=better, year=2025, rate=True)
    found = judge(sought, number(result, said), default_rules())
    assert (found.verdict, found.reasons[0]) == (verdict, reason)


AMOUNTS = [  # promised, how, of work, from where; reached, how; verdict, deciding reason
    ("120", EXACT, True, None, "126", EXACT, EXCEEDED, "surpassed"),
    ("20", EXACT, True, None, "12.6", EXACT, PARTLY, "part_of_the_work"),
    ("20", EXACT, True, None, "9.9", EXACT, MISSED, "fell_short"),
    ("1.3", EXACT, False, None, "1.15", EXACT, MISSED, "fell_short"),
    ("15", AT_LEAST, True, None, "10", EXACT, PARTLY, "part_of_the_work"),
    ("10", ABOUT, True, None, "11", EXACT, EXCEEDED, "better_than_margin"),
    ("10", ABOUT, True, None, "9.6", EXACT, MET, "within_margin"),
    ("30~40", EXACT, True, None, "36", EXACT, MET, "in_range"),
    ("30~40", EXACT, True, None, "20", EXACT, PARTLY, "part_of_the_work"),
    ("8", EXACT, True, "14", "9", EXACT, PARTLY, "part_of_the_way"),
    ("8", EXACT, True, "14", "8", EXACT, MET, "reached"),
    ("8", EXACT, True, "14", "12", EXACT, MISSED, "fell_short"),
    ("120", EXACT, False, None, "120", OVER, EXCEEDED, "surpassed"),
    ("500", OVER, False, None, "500", OVER, MET, "bound_kept"),
    ("500", OVER, False, None, "486", EXACT, MISSED, "bound_broken"),
    ("1000", NEARLY, False, None, "960", EXACT, MET, "within_margin"),
    ("1000", NEARLY, False, None, "1001", EXACT, EXCEEDED, "better_than_margin"),
]


@pytest.mark.parametrize(("aim", "aimed", "work", "base", "result", "said", "verdict", "reason"), AMOUNTS)
def test_amounts(
    aim: str, aimed: Qualifier, work: bool, base: str | None, result: str, said: Qualifier, verdict: Verdict,
    reason: str,
) -> None:  # fmt: skip
    sought = Sought(
        number=number(aim, aimed),
        better=LESS if base else MORE,
        year=2025,
        work=work,
        base=Decimal(base) if base else None,
    )
    found = judge(sought, number(result, said), default_rules())
    assert (found.verdict, found.reasons[0]) == (verdict, reason)


STRETCH = [  # 增长7%以上、力争达到8%
    ("8.2", EXCEEDED, "stretch_reached"),
    ("8", EXCEEDED, "stretch_reached"),
    ("7.5", MET, "bound_kept"),
    ("6.9", MISSED, "bound_broken"),
]


@pytest.mark.parametrize(("result", "verdict", "reason"), STRETCH)
def test_a_stretch_goal_adds_and_takes_nothing_away(result: str, verdict: Verdict, reason: str) -> None:
    sought = Sought(number=number("7", AT_LEAST), better=MORE, year=2025, rate=True, stretch=Decimal(8))
    found = judge(sought, number(result), default_rules())
    assert (found.verdict, found.reasons[0]) == (verdict, reason)


GOOD = [MISSED, PARTLY, MET, EXCEEDED]
numbers = st.decimals(min_value=0, max_value=1000, places=1)


@given(
    aim=numbers, low=numbers, more=numbers, how=st.sampled_from([EXACT, ABOUT, NEARLY, OVER, AT_LEAST]),
    rate=st.booleans(), work=st.booleans(),
)  # fmt: skip
def test_more_of_what_is_good_is_never_judged_worse(
    aim: Decimal, low: Decimal, more: Decimal, how: Qualifier, rate: bool, work: bool
) -> None:
    sought = Sought(number=Number(aim, None, how), better=MORE, year=2025, rate=rate, work=work)
    poorer, richer = (judge(sought, Number(value), default_rules()) for value in (low, low + more))
    assert GOOD.index(poorer.verdict) <= GOOD.index(richer.verdict)


@given(aim=numbers, how=st.sampled_from(list(Qualifier)), better=st.sampled_from(list(Better)))
def test_what_was_promised_to_the_digit_is_met(aim: Decimal, how: Qualifier, better: Better) -> None:
    sought = Sought(number=Number(aim, None, how), better=better, year=2025)
    assert judge(sought, Number(aim), default_rules()).verdict is MET
