"""The page on how right the reading is says what the reader scores today."""

from __future__ import annotations

import re
from statistics import mean
from typing import TYPE_CHECKING

import pytest

from evaluation import page
from evaluation.annotated import ANNOTATIONS, annotated_reports
from evaluation.score import evaluate

if TYPE_CHECKING:
    from pathlib import Path

TEXT = page.PAGE.read_text(encoding="utf-8")


def test_every_annotated_report_has_its_row() -> None:
    names = {path.name.removesuffix(".figures.jsonl") for path in ANNOTATIONS.glob("*.figures.jsonl")}
    today = TEXT.split("<!-- today -->")[1]
    assert {name for name in names if f"| {name} |" not in today} == set()


def test_every_first_look_was_at_an_annotated_report() -> None:
    looks = [each["report"] for each in page.first_looks()]
    assert len(looks) == len(set(looks))
    for name in looks:
        assert (ANNOTATIONS / f"{name}.figures.jsonl").is_file()
        assert f"| {name} |" in TEXT.split("<!-- first -->")[1].split("<!-- end -->")[0]


@pytest.mark.slow
def test_the_mean_is_what_the_reader_scores(shared: Path) -> None:
    scores = [evaluate(report) for report in annotated_reports(shared) if report.real]
    found = re.search(r"\| \*\*mean\*\* \|.*\| \.(\d{3}) \| \.(\d{3}) \|", TEXT)
    assert found is not None
    assert int(found[1]) / 1000 == pytest.approx(mean(each.figures["claim_f1"] for each in scores), abs=0.005)
