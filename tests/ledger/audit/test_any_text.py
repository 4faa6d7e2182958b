"""Whatever numbers a report holds, the audit ends, and what it finds stands there."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

import duban
from duban import samples
from duban.ledger.audit import ReadingSeries, audit

EARLIER = duban.read(samples.paths()[0])
SERIES = ReadingSeries([EARLIER])
SENTENCES = [each for each in re.split("(?<=。)", samples.texts()[1]) if re.search("[0-9]", each)]
NUMBERS = st.one_of(
    st.sampled_from(["0", "0.0", "00", "1", "100", "9" * 30, "0.000001", "三", "1，234", "-5"]),
    st.decimals(min_value=0, max_value=10**7, places=2).map(str),
)


@st.composite
def reports(draw: st.DrawFn) -> str:
    """Sentences of the sample report with other numbers in them, in any order and number."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
    return re.sub(r"[0-9][0-9.,]*", lambda _: draw(NUMBERS), "".join(chosen))


@settings(max_examples=150, deadline=None)
@given(reports())
def test_the_audit_of_any_numbers_ends_and_points_at_them(text: str) -> None:
    report = duban.read(text, place="澜川市", year=2026)
    texts = {each.document.sha256: each.document.text for each in (report, EARLIER)}
    for finding in audit(report, series=SERIES):
        assert finding.sum
        assert finding.evidence
        assert all(texts[each.document][each.start : each.end] == each.quote for each in finding.evidence)
