"""The words in labels.yaml are complete and belong to the contract."""

from __future__ import annotations

from typing import get_args

import pytest

from duban.documents.model import Part
from duban.reading.formats.labels import _labels, columns, heading
from duban.reading.formats.records import Recorder
from duban.reading.model import Action, DistinctionType, Kind, Qualifier, Status
from duban.reading.reading import Finding, Reading


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", set(Kind)),
        ("status", {*Status, *Action}),
        ("qualifier", set(Qualifier)),
        ("distinction", set(DistinctionType)),
        ("part", set(Part)),
    ],
)
def test_every_value_has_a_name(field: str, values: set[str]) -> None:
    assert set(_labels()["values"][field]) == values


@pytest.mark.parametrize("of", get_args(Finding))
def test_every_column_is_a_field_with_a_heading(reading: Reading, of: Finding) -> None:
    record = next(Recorder(reading).records(of))
    for field in columns(of):
        assert field in record
        assert heading(field, "zh")
        assert heading(field, "en")
