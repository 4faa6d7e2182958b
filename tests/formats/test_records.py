"""The JSON contract, and that anchors find their place again."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.reading.formats.records import dumps, plain, section_paths

if TYPE_CHECKING:
    from duban.reading.reading import Reading
    from tests.formats.conftest import Write


def test_jsonl_is_read_as_it_stands(reading: Reading, write: Write, snapshot: object) -> None:
    assert write("jsonl", reading).decode() == snapshot


def test_every_record_is_tied_to_its_characters(reading: Reading, write: Write) -> None:
    text = reading.document.text
    for line in write("jsonl", reading).splitlines():
        record = json.loads(line)
        start, end, anchor = record["start"], record["end"], record["anchor"]
        assert text[start:end] == record["text"]
        assert text.index(anchor["prefix"] + record["text"] + anchor["suffix"]) == start - len(
            anchor["prefix"]
        )
        assert len(anchor["prefix"]) >= min(4, start)
        assert len(anchor["suffix"]) >= min(4, len(text) - end)


def test_statements_point_at_their_figures_by_index(reading: Reading, write: Write) -> None:
    records = [json.loads(line) for line in write("jsonl", reading).splitlines()]
    figures = {record["index"]: record for record in records if record["type"] == "figure"}
    for record in records:
        for index in record.get("figures", []):
            assert figures[index]["statement"] == record["index"]
            assert figures[index]["quote"] == record["text"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("5.08E+9", "5080000000"),
        ("1E+7", "10000000"),
        ("329", "329"),
        ("329.0", "329"),
        ("2.5", "2.5"),
        ("33.33", "33.33"),
        ("-17.5", "-17.5"),
        ("-0", "0"),
        ("1E-7", "0.0000001"),
    ],
)
def test_numbers_have_no_exponent(number: str, expected: str) -> None:
    assert plain(Decimal(number)) == expected


def test_numbers_keep_digits_that_a_float_would_lose() -> None:
    assert dumps({"value": Decimal("12345678901234567.89")}) == '{"value":12345678901234567.89}'


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]+", fullmatch=True),
        st.none() | st.integers() | st.text() | st.lists(st.integers()),
    )
)
def test_any_record_is_json_of_itself(record: dict[str, object]) -> None:
    line = dumps(record)
    assert "\n" not in line
    assert json.loads(line) == record


def test_sections_are_named_with_those_above(reading: Reading) -> None:
    assert section_paths(reading.document)[3] == "二、2023年工作安排 / （一）稳定经济增长"
