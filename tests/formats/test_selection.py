"""Filters let through what has the field and one of the values asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from duban.reading.reading import Reading
    from tests.formats.conftest import Write


@pytest.mark.parametrize(
    ("asked", "figures", "distinctions", "statements"),
    [
        ({}, 7, 1, 9),
        ({"of": ("figures",)}, 7, 0, 0),
        ({"kinds": {"growth"}}, 3, 0, 0),
        ({"kinds": {"record_high"}}, 0, 1, 0),
        ({"statuses": {"target"}}, 3, 0, 0),
        ({"statuses": {"planned", "target"}}, 3, 0, 3),
        ({"kinds": {"growth"}, "statuses": {"target"}}, 1, 0, 0),
    ],
)
def test_filters(
    *,
    reading: Reading,
    write: Write,
    asked: dict[str, object],
    figures: int,
    distinctions: int,
    statements: int,
) -> None:
    types = [json.loads(line)["type"] for line in write("jsonl", reading, **asked).splitlines()]
    assert types.count("figure") == figures
    assert types.count("distinction") == distinctions
    assert types.count("statement") == statements
