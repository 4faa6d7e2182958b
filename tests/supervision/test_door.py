"""The door: every name is there, comes from one place, and costs only what it needs."""

from __future__ import annotations

import pytest

import duban.supervision as door
from tests.test_startup import loaded_by


def test_every_name_of_the_door_is_there_and_no_module_hides_one() -> None:
    for name in door.__all__:
        found = getattr(door, name)
        assert type(found).__name__ != "module", name
        assert getattr(found, "__doc__", None), name
    assert set(dir(door)) >= set(door.__all__)


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'magic'"):
        door.magic  # noqa: B018


@pytest.mark.parametrize(
    "code", ["import duban.supervision", "import duban.supervision.command", "from duban.supervision import replay, work_type, evaluate"]
)  # fmt: skip
def test_the_rules_load_no_more_than_they_need(code: str) -> None:
    heavy = {
        "icalendar",
        "rfc8785",
        "chinese_calendar",
        "pyarrow",
        "duckdb",
        "django",
        "numpy",
        "lxml",
        "sqlite3",
    }
    assert loaded_by(code) & heavy == set()
