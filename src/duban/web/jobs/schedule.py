"""Which round of each job is due. Pure: the clock and the calendar are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from duban.supervision import official_calendar
from duban.web.base.language import Lang

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Job", "due_slot", "jobs"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A line of `jobs.yaml`."""

    name: str
    every: str
    at: time
    hours: tuple[int, int]
    """For what is done each hour or minute: from this hour of the day to that."""
    workdays: bool
    chunk: int
    """How many cases a part has; 0 where the job does not go through cases."""
    text: dict[Lang, str]


@cache
def jobs() -> dict[str, Job]:
    """Every job, in the order of the file."""
    table = yaml.safe_load(files(__package__).joinpath("jobs.yaml").read_text(encoding="utf-8"))
    return {
        name: Job(
            name=name,
            every=entry["every"],
            at=time.fromisoformat(entry.get("at", "00:00")),
            hours=tuple(entry.get("hours", (0, 23))),
            workdays=entry.get("workdays", False),
            chunk=entry.get("chunk", 0),
            text={"zh": entry["zh"], "en": entry["en"]},
        )
        for name, entry in table.items()
    }


def due_slot(job: Job, now: datetime) -> str:
    """The latest round of the job that has come by now (a local time); "" if none is to be done.

    Rounds before it are not named: whatever was missed is done once, by the latest. What belongs to a working day is
    not made up for on a day of rest.

    >>> from datetime import datetime
    >>> due_slot(jobs()["lights"], datetime(2026, 11, 26, 0, 30)), due_slot(jobs()["lights"], datetime(2026, 11, 26, 1, 0))
    ('2026-11-25', '2026-11-26')
    >>> due_slot(jobs()["ladder"], datetime(2026, 11, 28, 12, 0))
    ''
    """
    if job.workdays and not official_calendar().is_working(now.date()):
        return ""
    if not job.hours[0] <= now.hour <= job.hours[1]:
        return ""
    if job.every == "day":
        if now.time() >= job.at:
            return f"{now:%Y-%m-%d}"
        return "" if job.workdays else f"{now - timedelta(days=1):%Y-%m-%d}"
    return f"{now:%Y-%m-%dT%H}" if job.every == "hour" else f"{now:%Y-%m-%dT%H:%M}"
