"""The page and the schema of the work types are those of the files."""

from __future__ import annotations

from duban.supervision.work_types.load import NAMES, layer_of
from tools.work_types import PAGE, SCHEMA, page, written_schema


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make work-types writes it anew"


def test_the_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == written_schema(), "make work-types writes it anew"


def test_every_rule_of_every_file_is_on_the_page() -> None:
    text = page()
    for name in ("base", *NAMES):
        layer = layer_of(name)
        for field in (
            "acts",
            "clocks",
            "norms",
            "legal",
            "extensions",
            "results",
            "lights",
            "ladder",
            "rates",
        ):
            for versions in getattr(layer, field).values():
                for rule in versions:
                    key, _, place = rule.source.partition(" ")
                    assert f"| {rule.in_force} | `{key}`{f' {place}' if place else ''}" in text
