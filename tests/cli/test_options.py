"""The options that the command spells out, so that help loads nothing, are those the library knows."""

from __future__ import annotations

from typing import get_args

from duban import cli
from duban.reading.formats import FORMATS
from duban.reading.model import Action, DistinctionType, Kind, Status
from duban.reading.reading import Finding


def test_options_are_those_of_the_library() -> None:
    assert set(cli.FORMATS) == set(FORMATS)
    assert get_args(Finding) == cli.FINDINGS
    assert set(cli.KINDS) == {*Kind, *DistinctionType}
    assert set(cli.STATUSES) == {*Status, *Action}
