"""Links that people checked by hand (links.yaml): how many are right, and none of them lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from duban.catalogue import indicators, link

CHECKED = yaml.safe_load(Path(__file__).with_name("links.yaml").read_text(encoding="utf-8"))
LINKED, UNLINKED = CHECKED["linked"], CHECKED["unlinked"]


def linked(case: dict[str, Any]) -> str | None:
    return link(case["phrase"], case["unit"], case["kind"]).code


def test_every_code_is_in_the_catalogue() -> None:
    codes = {case["code"] for case in LINKED + UNLINKED if case["code"]}
    assert codes <= set(indicators())


def test_links_are_right() -> None:
    assert len(LINKED) == 300
    wrong = [case for case in LINKED if linked(case) not in {None, case["code"]}]
    made = sum(linked(case) is not None for case in LINKED)
    assert 1 - len(wrong) / made >= 0.98, wrong


def test_links_are_not_lost() -> None:
    lost = [case for case in LINKED if case["code"] and linked(case) is None]
    assert len(lost) <= 3, lost


def test_what_was_left_unlinked_is_still_not_forced() -> None:
    assert len(UNLINKED) == 100
    forced = [case for case in UNLINKED if linked(case) not in {None, case["code"]}]
    assert forced == []
