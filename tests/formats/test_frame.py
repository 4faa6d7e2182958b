"""Arrow, pandas, polars, Parquet and the notebook."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, get_args

import polars as pl
import pyarrow.parquet as pq
import pytest
from msgspec.structs import replace

from duban.reading.formats.frame import SCHEMAS
from duban.reading.reading import Finding, Reading

if TYPE_CHECKING:
    from tests.formats.conftest import Write


@pytest.mark.parametrize("of", get_args(Finding))
def test_columns_do_not_depend_on_the_text(reading: Reading, of: Finding) -> None:
    empty = Reading(document=reading.document)
    assert reading.to_frame(of).schema == empty.to_frame(of).schema == SCHEMAS[of]
    assert reading.to_frame(of).num_rows == len(getattr(reading, of))


def test_values_are_floats_and_exact_texts(reading: Reading) -> None:
    frame = reading.to_frame()
    assert frame["value"].to_pylist()[:3] == [5080000000.0, 6.5, -17.5]
    assert frame["value_text"].to_pylist()[:3] == ["5080000000", "6.5", "-17.5"]
    assert frame["high"].to_pylist()[3:5] == [None, 5.5]
    assert frame["place"].null_count == 6


def test_frames_go_on_to_polars_and_pandas(reading: Reading) -> None:
    frame = reading.to_frame()
    assert pl.from_arrow(frame)["indicator"].to_list() == [figure.indicator for figure in reading.figures]  # type: ignore[index]
    assert frame.to_pandas()["value"].sum() == pytest.approx(
        sum(float(figure.value) for figure in reading.figures)
    )


@pytest.mark.parametrize("of", get_args(Finding))
def test_parquet_holds_the_frame(reading: Reading, write: Write, of: Finding) -> None:
    table = pq.read_table(io.BytesIO(write("parquet", reading, reading, of=(of,))))
    assert table.num_rows == 2 * len(getattr(reading, of))
    assert table.slice(0, len(getattr(reading, of))).equals(reading.to_frame(of))
    assert write("parquet", reading, of=(of,)) == write("parquet", reading, of=(of,))


def test_parquet_of_nothing_has_its_columns(write: Write) -> None:
    assert pq.read_table(io.BytesIO(write("parquet"))).schema.equals(SCHEMAS["figures"])


def test_half_a_surrogate_pair_is_no_obstacle(reading: Reading) -> None:
    odd = replace(reading, figures=(replace(reading.figures[0], indicator="\ud800指标"),))
    assert odd.to_frame()["indicator"].to_pylist() == ["?指标"]


def test_a_notebook_shows_a_table(reading: Reading, snapshot: object) -> None:
    assert reading._repr_html_() == snapshot


def test_a_notebook_escapes_the_report(reading: Reading) -> None:
    odd = replace(reading.figures[0], indicator="<script>alert(1)</script>", place="<b>")
    shown = replace(reading, figures=(odd,) * 30)._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "10 more" in shown
