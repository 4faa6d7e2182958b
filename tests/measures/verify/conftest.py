"""A small pack of the catalogue's indicators, its records, and reports that claim something of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import duban
from duban.measures.pack import Pack, read
from duban.measures.scaffold import new
from duban.measures.verify import Verification, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Verify = Callable[..., Verification]

TITLE = "澜川市2025年政府工作报告\n——2025年1月9日在澜川市人民代表大会上\n一、2024年工作回顾\n"
CODES = {
    "hotline.requests": "GOV.HOTLINE.REQUESTS",
    "hotline.settled_in_time": "GOV.HOTLINE.SOLVED_RATE",
}
"""The template's indicators, and the catalogue's that they stand for here."""
HEADINGS = "number,place,received,settled"


@pytest.fixture(scope="session")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack that `duban pack new` makes, of indicators that reports speak of (受理群众诉求, 群众诉求办结率)."""
    folder = new("calls", tmp_path_factory.mktemp("packs"))
    file = folder / "measures.yaml"
    text = file.read_text(encoding="utf-8")
    for ours, theirs in CODES.items():
        text = text.replace(f"indicator: {ours.replace('hotline', 'calls')}", f"indicator: {theirs}")
        text = text.replace(f"indicator: {ours}", f"indicator: {theirs}")
    file.write_text(text, encoding="utf-8")
    return read(str(folder))


def requests(folder: Path, **years: int) -> Path:
    """`requests.csv` with so many requests of 澜川市 a year (`y2024=12`), nine in ten settled the next day."""
    rows = [HEADINGS]
    for year, count in years.items():
        for number in range(count):
            month, day = number % 12 + 1, number // 12 % 28 + 1
            received = f"{year[1:]}-{month:02}-{day:02}"
            settled = received if number % 10 else ""
            rows.append(f"{year}{number},澜川市,{received},{settled}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "requests.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def held(calls: Pack, tmp_path: Path) -> Iterator[Verify]:
    """Verifies a review of 2024 in 澜川市 against records of 2023 and 2024."""
    opened: list[Verification] = []

    def run(review: str, **years: int) -> Verification:
        records = requests(tmp_path / "calls", **(years or {"y2023": 100, "y2024": 120}))
        found = verify(duban.read(TITLE + review), [calls], records.parent)
        opened.append(found)
        return found

    yield run
    for each in opened:
        each.__exit__(None, None, None)
