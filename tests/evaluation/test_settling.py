"""The pairs checked by hand: they are counted as they were judged, and real reports keep what was reached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from evaluation import national
from evaluation.settling import Checked, found_pairs, load_checked, score

if TYPE_CHECKING:
    from pathlib import Path

REPORT = "{place}{year}年政府工作报告\n一、{past}年工作回顾\n{review}\n二、{year}年工作安排\n{plan}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of two reports of an invented city."""
    made = [
        (2025, "经济平稳发展。", "建成霁湖国家湿地公园。推动远澜新材料基地二期建成投产。"),
        (2026, "霁湖国家湿地公园建成开放。远澜新材料基地二期加快建设。", "继续努力。"),
    ]
    lines = [
        {
            "id": f"l-{year}",
            "region": "澜川市",
            "year": year,
            "text": REPORT.format(place="澜川市", year=year, past=year - 1, review=review, plan=plan),
        }
        for year, review, plan in made
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (tmp_path / "city.jsonl").write_text(text, encoding="utf-8")
    return tmp_path


def judged(folder: Path, *verdicts: tuple[bool, str]) -> list[Checked]:
    """The pairs found, judged so in their order."""
    (_, _, settled), *_ = found_pairs(folder, [("l-2025", "l-2026")])
    made = []
    for each, (same, verdict) in zip(settled, verdicts, strict=False):
        assert each.outcome is not None
        promise, answer = each.promise.evidence[0], each.outcome.evidence[0]
        made.append(
            Checked(
                set="blind", earlier="l-2025", later="l-2026", promise=(promise.start, promise.end),
                answer=(answer.start, answer.end), same=same, verdict=verdict,
            )
        )  # fmt: skip
    return made


def test_pairs_are_counted_as_they_were_judged(folder: Path) -> None:
    found = score(folder, judged(folder, (True, "met"), (False, "under_way")))["blind"]
    assert (found.found, found.checked, found.same, found.right) == (2, 2, 1, 1)
    assert found.unchecked == ()


def test_a_wrong_verdict_on_the_same_thing_is_not_right(folder: Path) -> None:
    found = score(folder, judged(folder, (True, "met"), (True, "met")))["blind"]
    assert (found.same, found.right) == (2, 1)


def test_what_was_not_checked_is_told_of(folder: Path) -> None:
    found = score(folder, judged(folder, (True, "met")))["blind"]
    assert (found.found, found.checked) == (2, 1)
    assert [each.promise.name for each in found.unchecked] == ["推动远澜新材料基地二期建成投产"]


def test_at_least_a_hundred_pairs_were_checked_and_none_twice() -> None:
    checked = load_checked()
    assert sum(each.set == "tuned" for each in checked) >= 100
    assert len({(each.earlier, each.promise, each.answer) for each in checked}) == len(checked)


@pytest.mark.slow
@pytest.mark.corpus
def test_real_reports_keep_what_was_reached(shared: Path) -> None:
    found = score(shared / "corpus", load_checked())
    for name, same, right in (("tuned", 0.97, 0.9), ("seen", 0.93, 0.88), ("blind", 0.85, 0.75)):
        assert found[name].same / found[name].checked >= same, name
        assert found[name].right / found[name].checked >= right, name
        assert len(found[name].unchecked) <= 0.1 * found[name].found, name


@pytest.mark.slow
@pytest.mark.corpus
def test_the_page_of_national_targets_is_what_the_reports_say(shared: Path, repository: Path) -> None:
    page = repository / "docs" / "reference" / "national-targets.md"
    assert page.read_text(encoding="utf-8") == national.page(shared / "corpus")
