"""Every case of every installed pack: the standards' own numbers, and results that were published."""

from __future__ import annotations

import pytest

from duban.measures.cases import Case, cases, run
from duban.measures.pack import Pack, installed, read

PACKS = {name: read(name) for name in installed()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pack", "case"),
    [
        pytest.param(pack, case, id=f"{name} {case.name}")
        for name, pack in PACKS.items()
        for case in cases(pack)
    ],
)
def test_case(pack: Pack, case: Case) -> None:
    assert [str(failure) for failure in run(pack, case)] == []


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_every_function_that_is_named_is_there(pack: Pack) -> None:
    for measure in pack.measures.values():
        if measure.kind == "level":
            assert callable(pack.rows(measure.counted.rows))
    for name, behind in pack.behind.items():
        assert all(callable(pack.rows(each)) for each in (name, *behind))
