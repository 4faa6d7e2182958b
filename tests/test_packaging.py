"""What pyproject.toml says, what the code imports, and what the lock holds, are the same."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Distributions whose import name is another.
IMPORTED_AS = {
    "ahocorasick-rs": "ahocorasick_rs",
    "charset-normalizer": "charset_normalizer",
    "dj-database-url": "dj_database_url",
    "django-ninja": "ninja",
    "django-otp": "django_otp",
    "django-tasks": "django_tasks",
    "django-tasks-db": "django_tasks_db",
    "chinesecalendar": "chinese_calendar",
    "ibis-framework": "ibis",
    "pillow": "PIL",
    "pydantic-core": "pydantic_core",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "pyyaml": "yaml",
}
# Needed without being imported by us: rapidocr's engine, and what Ibis writes its queries with.
INDIRECT = {"argon2-cffi", "django-htmx", "onnxruntime", "psycopg", "sqlglot"}


@pytest.fixture(scope="module")
def project(repository: Path) -> dict[str, Any]:
    pyproject: dict[str, Any] = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, Any] = pyproject["project"]
    return table


def names(requirements: list[str]) -> set[str]:
    """Normalised names of a list of requirements."""
    found = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in requirements)
    return {re.sub(r"[-_.]+", "-", match.group()).lower() for match in found if match}


def imported(folder: Path) -> Iterator[str]:
    """Every top-level module that the code below the folder imports, anywhere in it."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_what_is_imported_is_declared_and_the_other_way_round(
    project: dict[str, Any], repository: Path
) -> None:
    extras = [
        name for extra, group in project["optional-dependencies"].items() if extra != "dev" for name in group
    ]
    declared = {IMPORTED_AS.get(name, name) for name in names(project["dependencies"] + extras) - INDIRECT}
    used = set(imported(repository / "src")) - set(sys.stdlib_module_names) - {"duban"}
    assert used == declared


@pytest.mark.parametrize("part", ["core", "dev", "ocr", "spark", "web"])
def test_the_lock_has_what_is_declared(part: str, project: dict[str, Any], repository: Path) -> None:
    lock = (repository / "requirements" / f"{part}.txt").read_text(encoding="utf-8")
    pinned = names(re.findall(r"^[A-Za-z0-9._-]+(?===)", lock, re.MULTILINE))
    assert names(project["dependencies"] + project["optional-dependencies"].get(part, [])) <= pinned


@pytest.mark.parametrize("part", ["core", "dev", "ocr", "spark", "web"])
def test_the_lock_is_hashed_and_names_no_index(part: str, repository: Path) -> None:
    lock = (repository / "requirements" / f"{part}.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock
    for pinned in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in pinned, pinned.splitlines()[0]


def test_every_command_of_the_project_can_be_imported(project: dict[str, Any]) -> None:
    from importlib import import_module

    for target in project["scripts"].values():
        module, _, attribute = target.partition(":")
        assert callable(getattr(import_module(module), attribute))
