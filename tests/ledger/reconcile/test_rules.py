"""Rules are dated, say what they rest on, and a file of one's own is checked when it is read."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from duban.catalogue import indicators
from duban.errors import InputError
from duban.ledger.reconcile import default_rules, load_rules, reconcile
from duban.ledger.reconcile.rules import Rule, in_force
from tests.ledger.reconcile.reports import pair

if TYPE_CHECKING:
    from pathlib import Path

OURS = files("duban.ledger.reconcile").joinpath("rules.yaml").read_text(encoding="utf-8")


def all_rules() -> list[Rule]:
    return [rule for name in default_rules().__struct_fields__[1:] for rule in getattr(default_rules(), name)]


def test_every_rule_says_what_it_rests_on() -> None:
    assert all(len(rule.source) > 5 for rule in all_rules())
    assert {rule.rests_on for rule in all_rules()} <= {"statement", "practice", "arithmetic", "convention"}


def test_rules_name_codes_of_the_catalogue() -> None:
    rules = default_rules()
    codes = {code for rule in rules.ceiling for code in rule.codes} | {
        code for rule in rules.work for code in rule.never
    }
    assert codes <= set(indicators())


@pytest.mark.parametrize(("year", "one_sided"), [(1990, True), (2024, True), (2025, False), (2030, False)])
def test_the_rule_of_the_targets_year_is_in_force(year: int, one_sided: bool) -> None:
    assert in_force(default_rules().ceiling, year).one_sided is one_sided


def test_a_file_of_ones_own_changes_the_verdict(tmp_path: Path) -> None:
    path = tmp_path / "strict.yaml"
    path.write_text(OURS.replace('version: "2026.1"', 'version: "strict"').replace('points: "0.2"', 'points: "0.05"').replace('share: "0.05"', 'share: "0"'), encoding="utf-8")  # fmt: skip
    earlier, later = pair("地区生产总值增长5%左右。", "地区生产总值增长4.8%。")
    (ours,), (strict,) = reconcile(earlier, later), reconcile(earlier, later, rules=load_rules(path))
    assert (ours.verdict.value, ours.rules) == ("met", "2026.1")
    assert (strict.verdict.value, strict.rules) == ("missed", "strict")


BROKEN: list[tuple[str, dict[str, Any] | str, str]] = [
    ("no YAML", "about: [", "these are no rules"),
    ("a rule left out", {"faster": None}, "these are no rules"),
    ("a word that means nothing", {"generous": True}, "unknown field `generous`"),
    ("a margin that is no number", {"about": [{"from": 1949, "share": "a little", "points": "0.2", "rests_on": "convention", "source": "ours"}]}, "$.about[0].share"),
    ("what it rests on is not said", {"nearly": [{"from": 1949, "share": "0.05", "source": "ours"}]}, "rests_on"),
    ("years out of order", {"nearly": [{"from": year, "share": "0.05", "rests_on": "convention", "source": "ours"} for year in (2025, 1949)]}, "a later `from`"),
]  # fmt: skip


@pytest.mark.parametrize(("_what", "change", "message"), BROKEN)
def test_a_broken_file_is_told_of(
    tmp_path: Path, _what: str, change: dict[str, Any] | str, message: str
) -> None:
    path = tmp_path / "rules.yaml"
    text = (
        change
        if isinstance(change, str)
        else yaml.safe_dump({**yaml.safe_load(OURS), **change}, allow_unicode=True)
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_rules(path)
    assert message in str(error.value)
    assert "rules.yaml" in str(error.value)


def test_a_missing_file_is_told_of() -> None:
    with pytest.raises(InputError, match="the rules cannot be read"):
        load_rules("nowhere.yaml")


def test_rules_are_frozen() -> None:
    with pytest.raises(AttributeError):
        default_rules().version = "mine"  # type: ignore[misc]
    assert msgspec.structs.fields(Rule)[0].encode_name == "from"
