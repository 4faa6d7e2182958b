"""The documentation says what is: its commands run, its links lead somewhere, nothing is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import duban
from duban import catalogue, samples
from duban.catalogue import entries
from duban.cli import main
from duban.documents import model as documents
from duban.ledger.reconcile import Rules, reconcile
from duban.ledger.reconcile.knowledge import knowledge
from duban.ledger.reconcile.records import settlement_record
from duban.reading import model as reading
from duban.reading.formats.records import Recorder
from tests.docs.pages import REPOSITORY, holds, pages, run, run_python, sandbox, steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

REFERENCE = REPOSITORY / "docs" / "reference"
MAKE = re.compile(r"(?:`make |^make )([a-z][a-z-]*)(?=`| [A-Z]|\s*(?:#.*)?$)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def name(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


@pytest.mark.parametrize("path", pages(), ids=name)
def test_every_command_prints_what_the_page_shows(path: Path, tmp_path: Path) -> None:
    sandbox(tmp_path)
    for step in steps(path.read_text(encoding="utf-8")):
        printed = run(step.command, tmp_path)
        assert holds(step.shown, printed), f"$ {step.command}\n{printed}\nis not\n{step.shown}"


@pytest.mark.parametrize("path", pages(), ids=name)
def test_every_python_example_runs(path: Path, tmp_path: Path) -> None:
    sandbox(tmp_path)
    assert run_python(path.read_text(encoding="utf-8"), name(path), tmp_path) == ""


@pytest.mark.parametrize(
    "path", [*pages(), *REPOSITORY.glob("C*.md"), *REPOSITORY.glob("changelog.d/*.md")], ids=name
)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def commands(group: click.Group, above: str = "duban") -> Iterator[tuple[str, click.Command]]:
    for command in group.commands.values():
        yield f"{above} {command.name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {command.name}")


def test_the_reference_names_every_command_option_and_choice() -> None:
    page = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    for name, command in commands(main):
        assert f"## {name}" in page
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                wanted = [*parameter.opts]
                wanted += map(str, parameter.type.choices) if isinstance(parameter.type, click.Choice) else []
                assert [word for word in wanted if f"`{word}`" not in page] == []


def test_the_examples_in_the_help_stand_on_lines_of_their_own() -> None:
    printed = CliRunner().invoke(main, ["read", "--help"]).output
    assert "\\b" not in printed
    assert all(line.count("duban read") <= 1 for line in printed.splitlines())


def test_the_reference_names_no_option_that_is_not_there() -> None:
    page = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    there = {
        option for _, command in commands(main) for parameter in command.params for option in parameter.opts
    }
    assert set(re.findall(r"`(--?[a-z-]+)`", page)) - there <= {"-h", "--help", "--version"}


def fields(page: str, heading: str) -> set[str]:
    """The names in the first column of the table below a heading."""
    section = page.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = re.findall(r"^\|([^|]*)\|", section, re.MULTILINE)
    return {field for cell in cells for field in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("of", ["figures", "distinctions", "statements"])
def test_the_reference_names_every_field_of_a_record(of: str) -> None:
    page = (REFERENCE / "records.md").read_text(encoding="utf-8")
    recorder = Recorder(duban.read(samples.texts()[0]))
    record = next(recorder.records(of))  # type: ignore[arg-type]
    assert fields(page, "All records") | fields(page, of.capitalize()) == set(record)


@pytest.mark.parametrize("where", ["reference/records.md", "glossary.md"])
@pytest.mark.parametrize(
    "words",
    [
        reading.Kind,
        reading.Status,
        reading.Qualifier,
        reading.DistinctionType,
        reading.Action,
        documents.Part,
    ],
)
def test_every_word_that_a_field_can_hold_is_explained(where: str, words: type[StrEnum]) -> None:
    text = (REPOSITORY / "docs" / where).read_text(encoding="utf-8")
    assert [word.value for word in words if f"`{word.value}`" not in text] == []


def test_the_glossary_has_every_field_of_what_is_found() -> None:
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    found = (reading.Figure, reading.Distinction, reading.Statement)
    named = {field for kind in found for field in kind.__struct_fields__}
    assert {field for field in named if f"`{field}`" not in text} == set()


@pytest.mark.parametrize(
    "words", [entries.Type, entries.Direction, entries.Frequency, entries.Prices, catalogue.Reason]
)
def test_every_word_of_the_catalogue_is_explained(words: type[StrEnum]) -> None:
    page = (REFERENCE / "catalogue.md").read_text(encoding="utf-8")
    assert [word.value for word in words if f"`{word.value}`" not in page] == []


def test_the_reference_names_every_field_of_an_indicator() -> None:
    page = (REFERENCE / "catalogue.md").read_text(encoding="utf-8")
    filled_in = {"field"}
    assert fields(page, "What an entry is") == set(catalogue.Indicator.__struct_fields__) - filled_in


@pytest.mark.parametrize("group", ["verdicts", "reasons"])
def test_every_code_of_a_settlement_is_explained(group: str) -> None:
    page = (REFERENCE / "reconcile.md").read_text(encoding="utf-8")
    for code, words in knowledge("labels.yaml")[group].items():
        assert f"| `{code}` | {words['zh']} |" in page, code


def test_every_rule_of_reconciling_is_explained() -> None:
    page = (REFERENCE / "reconcile.md").read_text(encoding="utf-8")
    assert [
        name for name in Rules.__struct_fields__ if name != "version" and f"| `{name}` |" not in page
    ] == []


def test_the_reference_names_every_field_of_a_settlement() -> None:
    page = (REFERENCE / "reconcile.md").read_text(encoding="utf-8")
    settled = reconcile(*map(duban.read, samples.paths()))
    assert fields(page, "Records 记录") == set(settlement_record(settled[0]))


def test_the_reference_names_every_knowledge_file() -> None:
    page = (REFERENCE / "knowledge.md").read_text(encoding="utf-8")
    package = REPOSITORY / "src" / "duban"
    there = {str(path.relative_to(package)) for path in package.rglob("*.yaml")}
    # A pack's files are explained by the pages on packs.
    there = {path for path in there if not path.startswith(("packs/", "measures/template/"))}
    assert set(re.findall(r"`([\w/]+\.yaml)`", page)) == there


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    for page in [*pages(), REPOSITORY / "CONTRIBUTING.md"]:
        named = set(MAKE.findall(page.read_text(encoding="utf-8")))
        assert named <= targets, name(page)
