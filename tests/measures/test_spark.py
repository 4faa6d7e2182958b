"""Spark gives what DuckDB gives: cases of every pack, and the sample city's records, value by value and row by row."""

from __future__ import annotations

import os
import shutil
import sys
from math import isclose
from typing import TYPE_CHECKING, Any

import pytest

from duban import samples
from duban.errors import MissingDependencyError
from duban.measures import cases as told
from duban.measures.evaluate import Evaluation, evaluate
from duban.measures.pack import Pack, installed, read
from duban.measures.periods import parse

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.backends import Backend
    from tests.measures.conftest import Records

PACKS = {name: read(name) for name in installed()}
SAMPLES = [name for name in PACKS if samples.records_path(name).is_dir()]
EVERY = int(os.environ.get("SPARK_EVERY", "8"))
"""Of the cases one in so many: each takes Spark seconds on one machine. SPARK_EVERY=1 runs them all."""
PERIOD = {"air": "2025-03"}
"""A period of the sample records with all that can happen in it; a year takes Spark minutes on one machine."""


def spark() -> Backend:
    pytest.importorskip("pyspark", reason="needs pyspark (extra spark)")
    if shutil.which("java") is None:
        pytest.skip("needs Java: apt-get install openjdk-17-jre-headless")
    from duban.measures.spark import Spark

    return Spark()


def same(one: Any, other: Any) -> bool:
    """Whether two cells are equal, floats but for the order in which they were added up."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=1e-12)
    return bool(one == other)


def assert_same(one: Evaluation, other: Evaluation) -> None:
    """Values equal as published, and but for the last bits before that; the rows behind each likewise."""
    assert [(v.measure, v.place, v.period, v.value, v.valid, v.reasons, v.coverage) for v in one.values] == [
        (v.measure, v.place, v.period, v.value, v.valid, v.reasons, v.coverage) for v in other.values
    ]
    assert all(same(a.exact, b.exact) for a, b in zip(one.values, other.values, strict=True))
    assert [issue.message() for issue in one.data.issues] == [issue.message() for issue in other.data.issues]
    for a, b in zip(one.values, other.values, strict=True):
        mine, theirs = rows(one, a), rows(other, b)
        assert len(mine) == len(theirs)
        for left, right in zip(mine, theirs, strict=True):
            assert left.keys() == right.keys()
            assert [name for name in left if not same(left[name], right[name])] == []


def rows(evaluation: Evaluation, value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = evaluation.rows(value).to_pyarrow().to_pylist()
    return sorted(found, key=lambda row: [str(row.get("day")), *(f"{cell!s:.12}" for cell in row.values())])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pack", "case"),
    [
        pytest.param(pack, case, id=f"{name} {case.name}")
        for name, pack in PACKS.items()
        for case in told.cases(pack)[::EVERY]
    ],
)
def test_cases_of_every_pack_hold_on_spark(pack: Pack, case: told.Case) -> None:
    assert [str(failure) for failure in told.run(pack, case, backend=spark())] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_records_give_the_same_values_and_rows(name: str) -> None:
    periods = [parse(PERIOD.get(name, "2025"))]
    folder = samples.records_path(name)
    with (
        evaluate(PACKS[name], folder, periods) as one,
        evaluate(PACKS[name], folder, periods, backend=spark()) as other,
    ):
        assert one.values
        assert_same(one, other)


@pytest.mark.slow
def test_bad_text_is_told_of_in_the_same_words(hotline: Pack, records: Records) -> None:
    folder = records(
        "1,甲市,2025-03-01,2025年3月16日", "2,甲市,20250331,2025/4/5", "3,甲市,2025-05-01,后天", ",甲市,2025-05-01,",
        "4,乙市,2024-02-29,", "4,乙市,2024-02-29,", "5,乙市,2025-01-01,2025-01-02", "5,乙市,2025-01-01,2025-01-03",
        encoding="gb18030",
    )  # fmt: skip
    with (
        evaluate(hotline, folder, [parse("2025")]) as one,
        evaluate(hotline, folder, [parse("2025")], backend=spark()) as other,
    ):
        assert one.data.issues
        assert_same(one, other)


def test_without_java_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from duban.measures.spark import Spark

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingDependencyError, match=r"needs Java.*Java 17 or 21.*--engine duckdb"):
        Spark()


def test_without_pyspark_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from duban.measures.spark import Spark

    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'duban\[spark\]'"):
        Spark()
