"""Two consecutive reports of an invented city, made of the sentences that a test is about."""

from __future__ import annotations

import duban

__all__ = ["PLACE", "pair"]

PLACE = "澜川市"


def pair(
    plan: str, review: str, *, last: str = "", following: str = ""
) -> tuple[duban.Reading, duban.Reading]:
    """The reports of 2025 and 2026: what the one plans, what the other says was done."""
    return report(2025, review=last, plan=plan), report(2026, review=review, plan=following)


def report(year: int, *, review: str = "", plan: str = "") -> duban.Reading:
    """The report that a city gave in a year."""
    text = (
        f"{PLACE}{year}年政府工作报告\n一、{year - 1}年工作回顾\n过去一年，经济社会平稳发展。{review}\n"
        f"二、{year}年工作安排\n今年是重要的一年。{plan}\n"
    )
    return duban.read(text, place=PLACE, year=year)
