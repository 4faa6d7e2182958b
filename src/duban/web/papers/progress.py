"""The workbook in which a unit reports its progress: handed out, filled in anywhere, looked at, taken over whole or not.

A task has a row for each of its targets, the first of which also takes the words. Hidden columns say which task and
target a row is of, and the number of the last event that the unit saw when it took the workbook.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from duban.errors import DubanError, InputError
from duban.supervision import Act, Details, Standing, label
from duban.web.access import Role
from duban.web.base.problems import ConflictError
from duban.web.cases import service as cases
from duban.web.papers.sheets import opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from django.db.models import QuerySet

    from duban.supervision import State
    from duban.web import access
    from duban.web.accounts.service import User
    from duban.web.cases.service import Case

__all__ = ["Entry", "Outcome", "Said", "apply", "foresee", "mine", "read", "workbook"]

MARK = "duban-progress-1"
"""What stands in the first cell of a workbook that is ours."""
SHEET = "进展填报"
_HEADINGS = (
    ("case", "", 0), ("seq", "", 0), ("target", "", 0),
    ("key", "编号", 13), ("title", "重点任务", 44), ("due", "完成时限", 12), ("light", "灯", 7),
    ("name", "目标", 24), ("goal", "目标值", 12), ("latest", "上次填报", 12),
    ("value", "本次数值", 13), ("text", "进展情况", 44), ("percent", "完成百分比", 11), ("problems", "存在问题", 30),
    ("next_steps", "下一步措施", 30),
)  # fmt: skip
_AT = {key: at for at, (key, _heading, _width) in enumerate(_HEADINGS)}
_FILLED = ("value", "text", "percent", "problems", "next_steps")
_FIRST_ROW = 3
"""Rows above the tasks: the mark and what to do, the heading of groups, the headings."""
_MOST_ROWS = 5000


# --- handing it out ---------------------------------------------------------------------------------------------------


def mine(standing: access.Standing) -> QuerySet[Case]:
    """The tasks on whose progress somebody can report: open, signed for or to be, led by a unit of theirs."""
    own = {held.unit for held in standing.held if held.role in {Role.HEAD, Role.LIAISON}}
    return cases.open_cases().filter(lead__in=own).exclude(state={}).order_by("due", "key")


def workbook(found: Iterable[Case], unit: str) -> bytes:
    """The workbook of these tasks, to be filled in."""
    stream = io.BytesIO()
    book, forms = opened(stream)
    sheet = book.add_worksheet(SHEET)
    fill = book.add_format(
        {
            "font_name": "宋体",
            "font_size": 11,
            "text_wrap": True,
            "border": 1,
            "bg_color": "#FFF9E0",
            "locked": False,
        }
    )
    note = book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "vcenter"})
    sheet.write_string(0, 0, MARK)
    sheet.merge_range(0, 3, 0, len(_HEADINGS) - 1, "", note)
    forms.write(sheet, 0, 3, f"{unit}　{timezone.localtime():%Y-%m-%d %H:%M}　{_HELP}", note)
    sheet.set_row(0, 48)
    sheet.set_row(1, 4)
    for at, (_key, heading, width) in enumerate(_HEADINGS):
        sheet.set_column(at, at, width or 8, None, {} if width else {"hidden": True})
        forms.write(sheet, 2, at, heading, forms.heading)
    down = _FIRST_ROW
    for case in found:
        for row in _rows_of(case):
            for at, (key, _heading, _width) in enumerate(_HEADINGS):
                if key in _FILLED:
                    locked = (key != "value" and not row["first"]) or (key == "value" and not row["target"])
                    sheet.write_blank(down, at, None, forms.heading if locked else fill)
                else:
                    forms.write(sheet, down, at, str(row.get(key, "")))
            down += 1
    _guard(sheet, down)
    book.close()
    return stream.getvalue()


_HELP = (
    "只填黄色单元格：本次数值填截至今天的累计数，完成百分比填0—100的整数；没有变化的任务留空。"
    "不要增加行，不要改动其他单元格；填好后在“填报进展”页面上传，先核对，再提交。"
)


def _rows_of(case: Case) -> Iterator[dict[str, Any]]:
    state = cases.kept_state(case)
    frame = {"case": case.key, "seq": case.seq, "key": case.key, "title": case.title, "due": _last_day(case),
             "light": label("colour", case.light)}  # fmt: skip
    latest = {value.target: value.value for report in state.reports for value in report.values}
    targets = state.targets or (None,)
    for number, target in enumerate(targets):
        first = {"first": number == 0}
        if target is None:
            yield frame | first | {"target": ""}
        else:
            goal = f"{target.value.normalize():f}{target.unit}"
            last = latest.get(target.key)
            yield frame | first | {
                "target": target.key, "name": target.name, "goal": goal,
                "latest": "" if last is None else f"{last.normalize():f}",
            }  # fmt: skip


def _last_day(case: Case) -> str:
    """The last day of the term: an end is the first moment after it."""
    return timezone.localtime(case.due - timedelta(seconds=1)).date().isoformat() if case.due else ""


def _guard(sheet: Any, rows: int) -> None:
    """Cells that are not to be filled in are locked, without a password: against slips, not against people."""
    percent, value = _AT["percent"], _AT["value"]
    last = max(rows - 1, _FIRST_ROW)
    sheet.data_validation(
        _FIRST_ROW, percent, last, percent,
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100, "error_message": "填0—100的整数"},
    )  # fmt: skip
    sheet.data_validation(
        _FIRST_ROW, value, last, value,
        {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, "error_message": "填数字，不带单位"},
    )  # fmt: skip
    sheet.protect(
        "", {"format_columns": True, "format_rows": True, "autofilter": True, "select_locked_cells": True}
    )
    sheet.freeze_panes(_FIRST_ROW, _AT["due"])
    sheet.autofilter(2, _AT["key"], last, len(_HEADINGS) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C第 &P 页，共 &N 页")


# --- reading it -------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class Said:
    """What a unit filled in for one task."""

    line: int
    """The row of the workbook, as it counts them."""
    case: str
    seq: int
    title: str = ""
    text: str = ""
    problems: str = ""
    next_steps: str = ""
    percent: int | None = None
    values: dict[str, Decimal] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        told = (self.text, self.problems, self.next_steps, self.values, self.wrong)
        return self.percent is None and not any(told)


def read(path: Path) -> list[Said]:
    """What was filled in, task by task, with what is wrong with it by itself.

    Raises InputError: no workbook, or none that was made for this.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        rows = book.get_sheet_by_index(book.sheet_names.index(SHEET)).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise InputError(
            _("it is no workbook of progress"), todo=_("download one here and fill that in")
        ) from error
    if not rows or _words(rows[0][0]) != MARK:
        raise InputError(_("it is no workbook of progress"), todo=_("download one here and fill that in"))
    if len(rows) > _MOST_ROWS:
        raise InputError(_("it has more than %(most)d rows") % {"most": _MOST_ROWS})
    try:
        formulas = _formulas(path)
    except (etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise InputError(_("it is no workbook of progress"), todo=_("save it again as .xlsx")) from error
    found: dict[str, Said] = {}
    strays: list[Said] = []
    for line, cells in enumerate(rows[_FIRST_ROW:], start=_FIRST_ROW + 1):
        padded = [*cells, *[""] * (len(_HEADINGS) - len(cells))]
        _take_row(line, dict(zip(_AT, padded, strict=False)), formulas, found, strays)
    return [said for said in found.values() if not said.is_empty] + strays


def _take_row(
    line: int, cells: dict[str, Any], formulas: frozenset[str], found: dict[str, Said], strays: list[Said]
) -> None:
    calculated = {name for name in _FILLED if f"{_letter(_AT[name])}{line}" in formulas}
    filled = {name: cells[name] for name in _FILLED if name in calculated or _words(cells[name])}
    case, seq = _words(cells["case"]), _words(cells["seq"])
    if not case or not seq.isdigit():
        if filled:
            wrong = [_("this row was added: a task that is not in the workbook cannot be reported on")]
            strays.append(Said(line=line, case="", seq=0, wrong=wrong))
        return
    said = found.setdefault(case, Said(line=line, case=case, seq=int(seq), title=_words(cells["title"])))
    if said.line != line and any(name in filled and _has(said, name) for name in _FILLED[1:]):
        said.wrong.append(_("row %(line)d says something of the same task again") % {"line": line})
    for name, cell in filled.items():
        place = f"{_letter(_AT[name])}{line}"
        if name in calculated:
            said.wrong.append(_("%(place)s holds a formula: put in its value") % {"place": place})
        else:
            _take_cell(said, name, cell, _words(cells["target"]), place)


def _has(said: Said, name: str) -> bool:
    return bool(getattr(said, name)) if name != "percent" else said.percent is not None


def _take_cell(said: Said, name: str, cell: Any, target: str, place: str) -> None:
    if name in {"text", "problems", "next_steps"}:
        words = _words(cell)
        if len(words) > _LONGEST:
            said.wrong.append(
                _("%(place)s holds more than %(most)d characters") % {"place": place, "most": _LONGEST}
            )
        elif name != "text" or not said.text:
            setattr(said, name, words)
        return
    number = _number(cell)
    if number is None:
        said.wrong.append(
            _("%(place)s: “%(cell)s” is no number; without unit and words")
            % {"place": place, "cell": _words(cell)[:40]}
        )
    elif name == "value":
        said.values[target] = number
    elif number != number.to_integral_value() or not 0 <= number <= 100:
        said.wrong.append(_("%(place)s: a whole number from 0 to 100 is wanted") % {"place": place})
    else:
        said.percent = int(number)


_LONGEST = 4000


def _words(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _number(cell: Any) -> Decimal | None:
    """A number as a cell has it, or as somebody typed it: 1,200 or １２００.

    >>> _number(3.5), _number("1,200"), _number("约300"), _number("NaN"), _number(True)
    (Decimal('3.5'), Decimal('1200'), None, None, None)
    """
    if isinstance(cell, bool):
        return None
    words = unicodedata.normalize("NFKC", _words(cell)).replace(",", "")
    if not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,6}[0-9]*)?", words):
        return None
    try:
        return Decimal(words).quantize(Decimal("0.000001")).normalize() + 0
    except InvalidOperation:
        return None


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _formulas(path: Path) -> frozenset[str]:
    """The cells that hold a formula, whatever it last came to."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                with archive.open(name) as stream:
                    for _event, node in etree.iterparse(
                        stream, tag="{*}f", resolve_entities=False, no_network=True
                    ):
                        cell = node.getparent()
                        if cell is not None:
                            found.add(str(cell.get("r", "")))
    return frozenset(found)


# --- what it would do, and doing it -----------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What comes of a row."""

    READY = "ready"
    REFUSED = "refused"
    CHANGED = "changed"
    """Something happened to the task since the workbook was taken."""
    WRONG = "wrong"
    """What is in the cells cannot be."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A task of the workbook, and what comes of what was filled in."""

    said: Said
    outcome: Outcome
    why: list[str]
    shown: list[str]
    """What the report would say."""


def foresee(rows: Sequence[Said], *, by: User, standing: access.Standing) -> list[Entry]:
    """What taking the workbook over would do: it is done, and undone."""
    with transaction.atomic():
        entries = [_try(said, by=by, standing=standing) for said in rows]
        transaction.set_rollback(True)
    return entries


@transaction.atomic
def apply(rows: Sequence[Said], expected: int, *, by: User, standing: access.Standing) -> int:
    """Take over what can be, all of it or nothing; how many reports were made.

    `expected` is how many the person was shown. Raises ConflictError if it would be others: then nothing was taken.
    """
    done = sum(_try(said, by=by, standing=standing).outcome is Outcome.READY for said in rows)
    if done != expected:
        raise ConflictError(
            _("meanwhile something has happened to these tasks"),
            todo=_("look at the check again; nothing was taken over"),
        )
    return done


def _try(said: Said, *, by: User, standing: access.Standing) -> Entry:
    """Make the report of a row, in a savepoint of its own."""
    case = mine(standing).filter(key=said.case).first() if said.case else None
    if case is None and said.case:
        said.wrong.append(_("it is no open task that your unit leads"))
    shown = _shown(said, case)
    if said.wrong or case is None:
        return Entry(said=said, outcome=Outcome.WRONG, why=said.wrong, shown=shown)
    state = cases.kept_state(case)
    try:
        with transaction.atomic():
            cases.take(
                case.pk,
                Act.REPORT,
                _saying(said, state, timezone.now()),
                by=by,
                standing=standing,
                seen=said.seq,
            )
    except ConflictError as error:
        return Entry(said=said, outcome=Outcome.CHANGED, why=[error.what], shown=shown)
    except DubanError as error:
        return Entry(said=said, outcome=Outcome.REFUSED, why=[error.what], shown=shown)
    return Entry(said=said, outcome=Outcome.READY, why=[], shown=shown)


def _saying(said: Said, state: State, now: datetime) -> cases.Saying:
    known = {target.key for target in state.targets}
    values = tuple(
        Standing(target=target, value=value, day=timezone.localtime(now).date())
        for target, value in said.values.items()
    )
    unknown = [value.target for value in values if value.target not in known]
    if unknown:
        raise InputError(_("the task has no such target any more"), where=", ".join(unknown))
    return cases.Saying(
        details=Details(
            text=said.text,
            problems=said.problems,
            next_steps=said.next_steps,
            percent=said.percent,
            values=values,
        )
    )


def _shown(said: Said, case: Case | None) -> list[str]:
    targets = {target.key: target for target in cases.kept_state(case).targets} if case else {}
    shown = []
    for key, value in said.values.items():
        target = targets.get(key)
        shown.append(f"{target.name} {value.normalize():f}{target.unit}" if target else f"{value}")
    if said.percent is not None:
        shown.append(f"{said.percent} %")
    return shown + [words for words in (said.text, said.problems, said.next_steps) if words]
