"""The files of rules: schema, sources, dates, layers, and what is said of a bad one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from duban.errors import InputError
from duban.supervision.knowledge import knowledge
from duban.supervision.model import Act
from duban.supervision.work_types.load import NAMES, layer_of, read_layer, work_type
from duban.supervision.work_types.rules import Dated, DocumentKind
from duban.supervision.work_types.schema import schema

FOLDER = Path(__file__).resolve().parents[2] / "src" / "duban" / "supervision" / "work_types"
LAYERS = Path(__file__).with_name("layers")
TODAY = date(2026, 3, 2)


def as_json(path: Path) -> Any:
    """A YAML file as JSON would hold it: dates as text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize(
    "path", [*sorted(FOLDER.glob("*.yaml")), *sorted(LAYERS.glob("*.yaml"))], ids=lambda p: p.name
)
def test_every_file_keeps_to_the_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(schema()).validate(as_json(path))


@pytest.mark.parametrize("name", NAMES)
def test_a_work_type_is_whole(name: str) -> None:
    found = work_type(name, on=TODAY)
    assert found.main in found.norms or found.main in found.legal
    assert found.results
    assert set(found.acts) >= {
        Act.REGISTER,
        Act.PLAN,
        Act.HAND_OVER,
        Act.SIGN,
        Act.CLAIM,
        Act.VERIFY,
        Act.CLOSE,
    }
    assert found.acts[Act.CLOSE].not_same_as
    assert {"closing", "on-time"} <= set(found.rates)
    assert found.text.zh
    assert found.about.en


@pytest.mark.parametrize("name", ["base", *NAMES])
def test_every_version_has_its_day_and_its_source_in_order(name: str) -> None:
    layer = layer_of(name)
    for field in layer.__struct_fields__:
        value = getattr(layer, field)
        for versions in value.values() if isinstance(value, dict) else [value]:
            if isinstance(versions, tuple) and versions and isinstance(versions[0], Dated):
                days = [version.in_force for version in versions]
                assert days == sorted(set(days)), field
                assert all(version.source for version in versions)


def test_our_own_numbers_say_that_they_are_ours() -> None:
    found = work_type("task", on=TODAY)
    assert found.document(found.norms["check"]).kind is DocumentKind.HOUSE
    assert found.document(found.asks).kind is DocumentKind.REGULATION if found.asks else False


def test_the_rule_in_force_on_the_day_holds() -> None:
    eve, day = date(2022, 4, 30), date(2022, 5, 1)
    assert work_type("petition", on=eve).legal["settle"].source.startswith("petition-rules-2005")
    assert work_type("petition", on=day).legal["settle"].source.startswith("petition-regulation")


def test_the_same_rules_have_the_same_version() -> None:
    one, other = work_type("task", on=TODAY), work_type("task", on=TODAY + timedelta(days=1))
    assert one.version == other.version
    assert work_type("petition", on=date(2022, 4, 30)).version != work_type("petition", on=TODAY).version


def test_a_city_lays_its_own_rules_over_ours() -> None:
    city = read_layer(LAYERS / "lanchuan.yaml")
    ours, theirs = work_type("petition", on=TODAY), work_type("petition", on=TODAY, layers=[city])
    assert "settle" not in ours.norms
    assert theirs.norms["settle"].term == "30 days"
    assert theirs.document(theirs.norms["settle"]).issuer == "澜川市人民政府办公室"
    assert theirs.version != ours.version


def test_every_act_has_its_words() -> None:
    assert set(knowledge("words.yaml")["act"]) == {act.value for act in Act}


def write(folder: Path, text: str) -> Path:
    path = folder / "city.yaml"
    path.write_text(text.replace("RULE", RULE), encoding="utf-8")
    return path


RULE = "in_force: 2026-01-01, source: house"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: task\nnorms: {settle: [{term: 5 weeks, RULE}]}", r"city.yaml: norms.settle: Expected `str` matching"),
        ("id: task\nnorms: {settle: [{term: 5 days, source: house}]}", r"norms.settle: Object missing required field `in_force`"),
        ("id: task\nacts: {fly: []}", r"acts.fly: Invalid enum value 'fly'"),
        ("id: task\nacts: {sign: [{who: [mayor], RULE}]}", "acts.sign: Expected `str` matching regex"),
        ("id: task\nacts: {sign: [{who: [lead], needs: [stamp], RULE}]}", "acts.sign.0..needs: an event has no field “stamp”"),
        ("id: task\nnorm: {}", "norm: Object contains unknown field `norm`"),
        ("id: task\n  x: [", "city.yaml, line 2: this is no YAML"),
        (
            "id: task\ndocuments: {law: {title: 法, kind: law, in_force: 2026-01-01}}\nnorms: {settle: [{term: 5 days, in_force: 2025-01-01, source: law 第一条}]}",
            "norms.settle.0.: the rule is in force from 2025-01-01, its source only from 2026-01-01",
        ),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_the_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_layer(write(tmp_path, text))
    assert "city.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: task\nnorms: {settle: [{term: 5 days, in_force: 2026-01-01, source: ours 第一条}]}", "the source “ours” is no document"),
        ("id: task\nnorms: {nap: [{term: 5 days, RULE}]}", "norms speaks of nap, which is not there"),
        ("id: task\nnorms: {settle: [{terms: {urgent: 5 days}, RULE}]}", "terms of settle speaks of urgent"),
        ("id: petition\nnorms: {settle: [{term: 90 days, RULE}]}", "longer than the legal term of 60 days .petition-regulation"),
        ("id: task\nclocks: {sign: [{text: {zh: 签, en: s}, starts: [plan], stops: [sign], main: true, RULE}]}", "2 clocks are the main one"),
        ("id: task\nacts: {close: [{who: [office], RULE}]}", "acts.close does not need “result”"),
    ],
)  # fmt: skip
def test_layers_that_do_not_fit_are_refused(text: str, message: str, tmp_path: Path) -> None:
    layer = read_layer(write(tmp_path, text))
    with pytest.raises(InputError, match=message):
        work_type(layer.id, on=TODAY, layers=[layer])


def test_an_unknown_work_type_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="there is no work type “errand”; expected task, livelihood"):
        work_type("errand", on=TODAY)


def test_a_city_adds_a_work_type_of_its_own(tmp_path: Path) -> None:
    text = (
        "id: errand\nbase: base\ntext: {zh: 交办件, en: errand}\n"
        f"norms: {{settle: [{{term: 3 days, {RULE}}}]}}\n"
        f"results: {{done: [{{text: {{zh: 完成, en: done}}, solved: true, {RULE}}}]}}\n"
    )
    found = work_type("errand", on=TODAY, layers=[read_layer(write(tmp_path, text))])
    assert found.text.zh == "交办件"
    assert found.norms["settle"].term == "3 days"


def test_a_rule_can_end(tmp_path: Path) -> None:
    text = f"id: task\nladder: {{due-board: [{{text: {{zh: 无, en: none}}, act: board, to: leader, ended: true, {RULE}}}]}}"
    layer = read_layer(write(tmp_path, text))
    assert "due-board" in work_type("task", on=TODAY).ladder
    assert "due-board" not in work_type("task", on=TODAY, layers=[layer]).ladder
    assert "due-board" in work_type("task", on=date(2025, 12, 31), layers=[layer]).ladder
