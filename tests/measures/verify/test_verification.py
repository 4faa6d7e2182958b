"""A report held to records: every verdict and every reason why none can be given."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import duban
from duban.errors import InputError
from duban.measures.verify import Verdict, folders, verify
from duban.measures.verify.behind import Rows, counted
from tests.measures.verify.conftest import TITLE, requests

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.pack import Pack
    from tests.measures.verify.conftest import Verify

CASES: list[tuple[str, str, str]] = [
    # review of 2024, of which there are 120 requests after 100 in 2023; nine in ten were settled
    ("受理群众诉求120件。", "borne_out", "same"),
    ("受理群众诉求121件。", "contradicted", "differs"),
    ("受理群众诉求超100件。", "borne_out", "within"),
    ("受理群众诉求增长20%。", "borne_out", "same"),
    ("受理群众诉求增长两成。", "borne_out", "same"),
    ("受理群众诉求增长25%。", "contradicted", "differs"),
    ("受理群众诉求增加20件。", "borne_out", "same"),
    ("受理群众诉求增加30件。", "contradicted", "differs"),
    ("群众诉求办结率90%。", "borne_out", "same"),
    ("群众诉求办结率95.5%。", "contradicted", "differs"),
    ("群众诉求办结率提高1个百分点。", "contradicted", "differs"),
    ("上半年，受理群众诉求60件。", "borne_out", "same"),
    ("全国受理群众诉求120件。", "cannot_tell", "other_place"),
    ("按可比口径计算，受理群众诉求增长20%。", "cannot_tell", "other_scope"),
    ("春节期间，受理群众诉求12件。", "cannot_tell", "other_period"),
    ("受理群众诉求120件，创历史新高。", "cannot_tell", "holds_so_far"),
]


@pytest.mark.parametrize(("review", "verdict", "why"), CASES)
def test_each_claim_has_its_verdict(held: Verify, review: str, verdict: str, why: str) -> None:
    outcome = held(review).outcomes[-1]
    assert (outcome.verdict.value, outcome.why.value) == (verdict, why)


def test_a_record_is_denied_by_an_earlier_year(held: Verify) -> None:
    found = held("受理群众诉求120件，创历史新高。", y2021=130, y2023=100, y2024=120)
    outcome = found.outcomes[-1]
    assert (outcome.verdict, outcome.why.value) == (Verdict.CONTRADICTED, "denied")
    assert outcome.computed is not None
    assert [value.period for value, _ in outcome.computed.sources] == ["2024", "2021"]


def test_growth_over_years_is_made_of_the_two_levels(calls: Pack, tmp_path: Path) -> None:
    records = requests(tmp_path / "calls", y2020=100, y2025=161)
    text = TITLE.replace("2025", "2026") + "“十四五”时期，受理群众诉求年均增长10%。\n"
    with verify(duban.read(text, year=2026), [calls], records.parent) as found:
        outcome = found.outcomes[0]
        assert (outcome.claim.kind, outcome.verdict, outcome.shown) == (
            "avg_growth", Verdict.BORNE_OUT, Decimal(10),
        )  # fmt: skip
        assert outcome.computed is not None
        assert [value.period for value, _ in counted(outcome.computed)] == ["2025", "2020"]


def test_without_records_of_the_period_nothing_can_be_told(held: Verify) -> None:
    outcome = held("受理群众诉求120件。", y2021=5).outcomes[0]
    assert (outcome.verdict, outcome.why.value) == (Verdict.CANNOT_TELL, "no_records")


def test_claims_of_no_measure_are_counted_apart(held: Verify) -> None:
    found = held("受理群众诉求120件，新建学校3所。")
    assert [outcome.claim.quote for outcome in found.uncovered] == ["3所"]
    assert [outcome.claim.quote for outcome in found.outcomes] == ["120件"]
    assert found.uncovered[0].why.value == "no_measure"


def test_the_rows_behind_a_value_are_those_it_was_counted_from(held: Verify) -> None:
    found = held("受理群众诉求增长20%。")
    computed = found.outcomes[0].computed
    assert computed is not None
    behind = Rows(50).behind(computed)
    assert [(each.value.period, each.total, len(each.rows)) for each in behind] == [
        ("2024", 120, 50),
        ("2023", 100, 50),
    ]
    assert behind[0].columns[0] == "day"
    assert behind[0].columns[-1] == "one"


def test_two_runs_give_the_same(held: Verify) -> None:
    one, other = held("受理群众诉求120件。"), held("受理群众诉求120件。")
    assert one.outcomes[0].claim == other.outcomes[0].claim
    assert one.outcomes[0].shown == other.outcomes[0].shown


# --- where records are, and what is wrong with them ----------------------------------------------------------


def test_records_are_a_folder_a_pack_or_the_one_pack_s_files(calls: Pack, tmp_path: Path) -> None:
    flat = requests(tmp_path / "flat", y2024=3)
    below = requests(tmp_path / "all" / "calls", y2024=3)
    assert folders({"calls": calls}, flat) == {"calls": flat}
    assert folders({"calls": calls, "other": calls}, below.parent) == {"calls": below}


@pytest.mark.parametrize(("name", "what"), [("nowhere", "does not exist"), ("", "no records of any pack")])
def test_no_records_at_all_is_an_error(calls: Pack, tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        folders({"calls": calls, "other": calls}, tmp_path / name)


def test_records_that_cannot_be_read_are_told_of(calls: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    (folder / "requests.csv").write_bytes(b"\xff\xfe\x00 no table")
    with verify(duban.read(TITLE + "受理群众诉求120件。"), [calls], tmp_path) as found:
        assert found.outcomes[0].why.value == "failed"
        assert list(found.records.problems) == ["calls"]


@pytest.mark.parametrize("text", ["", "没有数字。", "\x00", "1" * 400])
def test_any_text_is_taken(calls: Pack, tmp_path: Path, text: str) -> None:
    records = requests(tmp_path / "calls", y2024=1)
    with verify(duban.read(text or " ", place="澜川市", year=2025), [calls], records.parent) as found:
        assert not found.counts[Verdict.CONTRADICTED]
