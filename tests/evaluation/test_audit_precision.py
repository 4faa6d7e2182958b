"""The page on how right the audit is lists every finding that it has in the real reports, each with a verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evaluation import audit

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "audit-precision.md"
LISTED = re.compile(r"^\| `([0-9a-f]{8})` \|.*\| (right|wrong|not shown)\b.* \|$", re.MULTILINE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.corpus,
    pytest.mark.skipif(not audit.CORPUS.is_dir(), reason=f"no real reports at {audit.CORPUS}"),
]


@pytest.fixture(scope="module")
def done() -> audit.Audited:
    return audit.audited(audit.CORPUS)


def test_every_finding_has_a_verdict(done: audit.Audited) -> None:
    listed = dict(LISTED.findall(PAGE.read_text(encoding="utf-8")))
    assert {finding.id[:8] for _, finding in done.findings} == set(listed)


def test_at_least_four_in_five_are_right() -> None:
    verdicts = [verdict for _, verdict in LISTED.findall(PAGE.read_text(encoding="utf-8"))]
    assert verdicts.count("right") >= 0.8 * len(verdicts)
    assert f"**{verdicts.count('right')} are right**" in PAGE.read_text(encoding="utf-8")


def test_every_piece_of_evidence_is_what_stands_there(done: audit.Audited) -> None:
    texts = {sheet.document.sha256: sheet.document.text for sheet in done.sheets}
    spans = [each for _, finding in done.findings for each in finding.evidence]
    spans += [each for _, sum_ in done.sums for each in sum_.evidence]
    assert [each for each in spans if texts[each.document][each.start : each.end] != each.quote] == []


def test_a_changed_number_is_found_and_nothing_else_is_blamed(
    done: audit.Audited, capsys: pytest.CaptureFixture[str]
) -> None:
    audit.planted(done, 60)
    first = capsys.readouterr().out.splitlines()[0]
    changed, found, beside = map(int, re.findall(r"\d+", first))
    assert changed == 60
    assert found >= 30
    assert beside == 0
