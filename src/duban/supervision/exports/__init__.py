"""What leaves supervision for other programs: deadlines as a calendar, tasks as rows of a table."""

from __future__ import annotations

from duban.supervision.exports.feed import calendar_feed
from duban.supervision.exports.rows import HEADINGS, TaskRow, commitment_rows, headings, task_rows

__all__ = ["HEADINGS", "TaskRow", "calendar_feed", "commitment_rows", "headings", "task_rows"]
