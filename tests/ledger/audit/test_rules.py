"""Numbers and words are data: each is used, each has its reason, and a broken file says where."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from duban import catalogue
from duban.errors import InputError
from duban.ledger.audit import load, rules

PACKAGE = Path(str(files("duban.ledger.audit")))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))


def quoted(name: str) -> bool:
    return f'"{name}"' in CODE


def test_every_number_and_word_is_used_and_has_a_reason() -> None:
    used = rules()
    assert [name for name in (*used.parameters, *used.words, *used.codes) if not quoted(name)] == []
    assert all(
        each.why
        for group in (used.parameters, used.words, used.codes, used.scopes)
        for each in group.values()
    )


def test_no_code_asks_for_a_number_that_is_not_there() -> None:
    asked = set(re.findall(r'number\(\s*"([a-z_.]+)"', CODE)) | set(
        re.findall(r'else "([a-z_]+\.[a-z_]+)"', CODE)
    )
    assert asked <= set(rules().parameters)


def test_every_code_is_one_of_the_catalogue() -> None:
    known = catalogue.indicators()
    used = rules()
    codes = {code for group in used.codes.values() for code in group.since}
    codes |= {code for each in used.decompositions for code in (each.total, *each.parts)}
    assert [
        code for code in codes if code not in known and not any(one.startswith(f"{code}.") for one in known)
    ] == []


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("version: [", "rules cannot be used"),
        ("version: '1'", "parameters"),
        ("version: '1'\nparameters: {rounding.below: {value: half, why: x}}", "value"),
        ("version: '1'\nparameters: {}\nthresholds: {}", "thresholds"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong_and_where(
    tmp_path: Path, broken: str, message: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        load(path)
    assert str(path) in str(error.value)
    assert "copy that file" in str(error.value)


def test_rules_of_ones_own(tmp_path: Path) -> None:
    text = (PACKAGE / "rules.yaml").read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace('version: "1"', 'version: "own"'), encoding="utf-8")
    assert load(path).version == "own"
