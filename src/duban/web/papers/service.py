"""The door of papers: what they say, the papers themselves, their templates, and progress by workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.web.files import service as files
from duban.web.papers import documents, facts, progress, sheets
from duban.web.papers.documents import PAPERS, CircularText, in_use, original
from duban.web.papers.facts import Circular, circular, suggested
from duban.web.papers.models import ProgressBook, Template
from duban.web.papers.progress import Entry, Outcome, mine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.core.files import File

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.papers.progress import Said
    from duban.web.reports.service import Report

__all__ = [
    "PAPERS",
    "Circular",
    "CircularText",
    "Entry",
    "Outcome",
    "ProgressBook",
    "apply_progress",
    "breakdown",
    "bring_progress",
    "bring_template",
    "check_period",
    "circular",
    "circular_paper",
    "circular_title",
    "download",
    "foresee",
    "in_use",
    "mine",
    "original",
    "progress_workbook",
    "put_aside",
    "suggested",
]

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms that papers are made in."""
_LONGEST = 732
"""Days that a circular may look back on."""
_MOST_TASKS = 2000


def download(made: bytes, name: str, ending: str) -> HttpResponse:
    """A paper to be kept by whoever asked, and by nothing in between."""
    response = HttpResponse(made, content_type=_TYPES[ending])
    response["Content-Disposition"] = (
        f"attachment; filename=\"paper.{ending}\"; filename*=UTF-8''{quote(name)}.{ending}"
    )
    response["Cache-Control"] = "private, no-store"
    return response


# --- papers of all tasks ----------------------------------------------------------------------------------------------


def breakdown(report: Report, ending: str) -> tuple[bytes, str]:
    """重点任务分解表 of a report in one of the forms, and its name without the ending."""
    lines = facts.breakdown(report)
    name = f"{report.title}重点任务分解表"
    return (documents.breakdown(report, lines) if ending == "docx" else sheets.breakdown(name, lines)), name


def check_period(since: date, until: date) -> None:
    """Raises InputError for a period that ends before it begins, is longer than two years, or in no calendar."""
    if not (since.year >= 1950 and until.year <= 2200 and 0 <= (until - since).days <= _LONGEST):
        raise InputError(
            _("It ends before it begins, or is longer than two years."), where=f"{since} – {until}"
        )


def circular_title(found: Circular) -> str:
    """What a circular is called at first."""
    return f"关于{found.until.year}年{found.until.month}月重点任务推进情况的通报"


def circular_paper(found: Circular, text: CircularText, ending: str) -> tuple[bytes, str]:
    """督办通报 in one of the forms, and its name without the ending."""
    made = documents.circular(found, text) if ending == "docx" else sheets.circular(text.title, found)
    return made, f"督办通报第{text.number}期"


# --- templates --------------------------------------------------------------------------------------------------------


@transaction.atomic
def bring_template(upload: File[bytes], name: str, paper: str, *, by: User) -> Template:
    """Use this template from now on.

    Raises InputError for one that is not found good: then the one before stays.
    """
    stored = files.keep(upload, name, purpose="template", by=by)
    documents.check(files.path_of(stored), paper)
    put_aside(paper)
    return Template.objects.create(paper=paper, file=stored, by=by)


def put_aside(paper: str) -> None:
    """Use our own template again."""
    Template.objects.filter(paper=paper, aside=None).update(aside=timezone.now())


# --- progress by workbook ---------------------------------------------------------------------------------------------


def progress_workbook(standing: Standing) -> tuple[bytes, str]:
    """The workbook of the tasks of somebody's units, to be filled in, and its name without the ending."""
    unit = next((held.unit_name for held in standing.held), "")
    made = progress.workbook(mine(standing)[:_MOST_TASKS], unit)
    return made, f"{unit}进展填报{timezone.localdate():%Y%m%d}"


@transaction.atomic
def bring_progress(upload: File[bytes], name: str, *, by: User) -> ProgressBook:
    """Keep a workbook that was filled in, to be looked at.

    Raises InputError for what is no workbook of progress.
    """
    stored = files.keep(upload, name, purpose="progress", by=by)
    progress.read(files.path_of(stored))
    return ProgressBook.objects.create(file=stored, by=by)


def foresee(book: ProgressBook, *, by: User, standing: Standing) -> list[Entry]:
    """What taking the workbook over would do; nothing for one that was taken over."""
    return [] if book.applied else progress.foresee(_said(book), by=by, standing=standing)


@transaction.atomic
def apply_progress(book: ProgressBook, expected: int, *, by: User, standing: Standing) -> ProgressBook:
    """Make the reports of the workbook: as many as the person was shown, or none.

    Raises InputError if that was done before, ConflictError if it would be others by now.
    """
    locked = ProgressBook.objects.select_for_update(of=("self",)).select_related("file").get(pk=book.pk)
    if locked.applied:
        raise InputError(_("This workbook was taken over already"), where=locked.file.name)
    locked.count = progress.apply(_said(locked), expected, by=by, standing=standing)
    locked.applied = timezone.now()
    locked.save(update_fields=["applied", "count"])
    return locked


def _said(book: ProgressBook) -> Sequence[Said]:
    return progress.read(files.path_of(book.file))
