"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("duban", deadline=None)  # no test is a timed test
settings.load_profile("duban")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder this checkout stands in; skips where the tests run without their repository."""
    if not (REPOSITORY / "pyproject.toml").is_file():
        pytest.skip("needs the whole repository, not the installed package alone")
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and annotations beside the repository; skips where it is missing."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real reports in ../shared, which are not part of this repository")
    return folder
