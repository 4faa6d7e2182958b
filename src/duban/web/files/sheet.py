"""The rows of a workbook that people fill in: found by its headings, told by line, with what is wrong in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from duban.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Columns", "Issue", "Severity", "day_in", "read_sheet"]

MOST = 5000


class Severity(StrEnum):
    ERROR = "error"
    """Nothing can be taken over before it is mended."""
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """What is wrong or odd, and where: `column` in the workbook's own heading."""

    severity: Severity
    line: int
    column: str
    what: str
    todo: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What the columns of a workbook are called."""

    fields: dict[str, str]
    """Heading → field."""
    shown: dict[str, str]
    """Field → its first heading."""
    needed: Sequence[str]

    @classmethod
    def of(cls, table: dict[str, Any]) -> Columns:
        """From a file's `columns`: field → its names, and whether it is needed."""
        return cls(
            fields={name: key for key, column in table.items() for name in column["names"]},
            shown={key: column["names"][0] for key, column in table.items()},
            needed=tuple(key for key, column in table.items() if column.get("needed")),
        )


def read_sheet(path: Path, columns: Columns, most: int = MOST) -> list[tuple[int, dict[str, str]]]:
    """The rows of the first sheet that say anything: line of the workbook, field → text.

    Raises InputError for a file that is no workbook, has none of the headings, nothing below them, or too many rows.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        cells = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise InputError(_("the workbook cannot be read"), todo=_("save it again as .xlsx")) from error
    head_at, fields = _heading(cells, columns)
    body = cells[head_at + 1 :]
    if len(body) > most:
        raise InputError(_("the workbook has too many rows"), expected=str(most))
    rows = []
    for number, line in enumerate(body, start=head_at + 2):
        texts = {fields[at]: _text(cell) for at, cell in enumerate(line) if at in fields}
        if any(texts.values()):
            rows.append((number, texts))
    if not rows:
        raise InputError(_("the workbook has a heading and nothing below it"))
    return rows


def _heading(cells: list[list[Any]], columns: Columns) -> tuple[int, dict[int, str]]:
    """The line of the headings, and which column holds what."""
    for number, line in enumerate(cells[:10]):
        fields = {
            at: columns.fields[_text(cell).lower()]
            for at, cell in enumerate(line)
            if _text(cell).lower() in columns.fields
        }
        if set(columns.needed) <= set(fields.values()) and len(fields) > 1:
            return number, fields
    raise InputError(
        _("no line of headings was found"),
        expected=" ".join(columns.shown.values()),
        todo=_("start from the template"),
    )


def _text(cell: Any) -> str:
    if isinstance(cell, (date, datetime)):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def day_in(text: str) -> date | None:
    """The day that a cell says, however it parts year, month and day; None if it says none.

    >>> day_in("2026年3月1日"), day_in("2026/3/1"), day_in("3月")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), None)
    """
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    parts = plain.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
