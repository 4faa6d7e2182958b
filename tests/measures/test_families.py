"""Families of measures: one declaration, as many measures as there are things."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duban.errors import PackError
from duban.measures.families import expand
from duban.measures.node import Text
from duban.measures.parameters import Citation, Parameter, Version

THINGS = {"gdp": {"zh": "生产总值", "digits": 1}, "jobs": {"zh": "就业", "digits": 2, "note": "人"}}
PARAMETERS = {
    "things": Parameter(
        name="things",
        text=Text("物", "things"),
        unit=None,
        versions=(
            Version(
                in_force=date(2020, 1, 1),
                issued=date(2020, 1, 1),
                source=Citation("甲", ""),
                value=THINGS,
                note="",
            ),
        ),
    )
}


def expanded(**measures: Any) -> dict[str, Any]:
    return dict(
        expand({name.replace("S", "{subject}"): each for name, each in measures.items()}, PARAMETERS, "p")
    )


def test_a_family_is_a_measure_a_thing() -> None:
    family = {
        "for": "things",
        "name": {"zh": "{zh}增长"},
        "digits": "{digits}",
        "periods": ["year", "{subject}"],
    }
    assert expanded(plain={"digits": 0}, S_growth=family) == {
        "plain": {"digits": 0},
        "gdp_growth": {"name": {"zh": "生产总值增长"}, "digits": 1, "periods": ["year", "gdp"]},
        "jobs_growth": {"name": {"zh": "就业增长"}, "digits": 2, "periods": ["year", "jobs"]},
    }


def test_only_some() -> None:
    assert list(expanded(S_growth={"for": "things", "only": ["jobs"]})) == ["jobs_growth"]


@pytest.mark.parametrize(
    ("family", "message"),
    [
        ({"for": "nothing"}, "there is no parameter “nothing”"),
        ({"for": "things", "only": ["gnp"]}, "there is no “gnp” in “things”"),
        ({"for": "things", "unit": "{note}"}, "“gdp” has no “note”"),
    ],
)
def test_what_is_not_there_is_told(family: dict[str, Any], message: str) -> None:
    with pytest.raises(PackError, match=message):
        expanded(S=family)
