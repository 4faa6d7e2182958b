"""The door of reports: bring one in, decide on its commitments, ask for the accepted ones.

Every act names the version that was looked at. Where somebody else decided in between, nothing happens and a
ConflictError says so. A decision is a row that stays; a commitment's span never changes.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version as installed
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from duban import documents
from duban.documents import Document
from duban.errors import InputError
from duban.reading.formats.records import Recorder
from duban.reading.model import Status
from duban.reading.reader import read_document
from duban.supervision import commitments
from duban.web.base.problems import ConflictError
from duban.web.files import service as files
from duban.web.reports.models import Commitment, Decision, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from duban.reading.reading import Reading
    from duban.supervision import Commitment as Found
    from duban.web.accounts.service import User

__all__ = [
    "LIVE",
    "Commitment",
    "Heading",
    "Report",
    "Seen",
    "accept",
    "accepted",
    "add",
    "blocks",
    "bring",
    "context_of",
    "cuts",
    "document_of",
    "drop",
    "edit",
    "live",
    "merge",
    "outline",
    "reopen",
    "section_path",
    "sections_below",
    "split",
    "titles",
    "to_review",
]

LIVE = (Commitment.State.OPEN, Commitment.State.ACCEPTED, Commitment.State.DROPPED)
_WORDING = 500
_FIGURE_FIELDS = ("start", "end", "text", "value", "high", "unit", "qualifier", "indicator", "kind", "period")


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A commitment as somebody looked at it."""

    pk: int
    version: int


# --- bringing a report in ---------------------------------------------------------------------------------------------


def bring(upload: IO[bytes], name: str, *, by: User, place: str = "", year: int | None = None) -> Report:
    """Keep the file, read it, cut its commitments out. All of it or nothing.

    Raises InputError: what cannot be read, holds no plan, or was brought before.
    """
    with transaction.atomic():
        stored = files.keep(upload, name, purpose="report", by=by)
        reading = _read(files.path_of(stored), stored.name, place=place or None, year=year)
        found = commitments(reading)
        if not found:
            raise InputError(
                _("no commitment was found in it"),
                where=stored.name,
                todo=_("check that this is a work report with a plan for the year"),
            )
        report = _keep_report(reading, stored, by=by)
        _keep_commitments(report, reading, found)
    return report


def _read(path: Path, name: str, *, place: str | None, year: int | None) -> Reading:
    """The file is kept without its name, and a reader goes by the name's ending: it is given both."""
    with tempfile.TemporaryDirectory(prefix="duban-") as folder:
        named = Path(folder) / name
        named.symlink_to(path)
        document = next(documents.load(named, place=place, year=year))
    if "\0" in document.text:
        raise InputError(_("the text holds characters that no text has"), where=name)
    return read_document(document)


def _keep_report(reading: Reading, stored: files.StoredFile, *, by: User) -> Report:
    document = reading.document
    there = Report.objects.filter(sha256=document.sha256).first()
    if there is not None:
        raise InputError(
            _("this report is here already: %(title)s") % {"title": there.title},
            where=stored.name,
            todo=_("go on with its review"),
        )
    outline = {"blocks": document.blocks, "sections": document.sections, "source": document.source}
    return Report.objects.create(
        file=stored,
        text=document.text,
        sha256=document.sha256,
        document=msgspec.to_builtins(outline),
        title=(document.title or stored.name)[:200],
        place=document.place or "",
        year=document.year,
        reader=f"duban {installed('duban')}",
        by=by,
    )


def _keep_commitments(report: Report, reading: Reading, found: Sequence[Found]) -> None:
    sections = _sections(reading)
    Commitment.objects.bulk_create(
        [
            Commitment(
                report=report,
                start=one.origin.start,
                end=one.origin.end,
                section=sections[one.origin.start],
                wording=one.text[:_WORDING],
                work_type=one.work_type,
                due=one.due,
                figures=_figures(one, reading),
            )
            for one in found
        ]
    )


def _sections(reading: Reading) -> dict[int, int]:
    """The section that each character of a statement stands in."""
    return {
        at: statement.section
        for statement in reading.statements
        for at in range(statement.start, statement.end)
    }


def _figures(one: Found, reading: Reading) -> list[dict[str, Any]]:
    """The target figures of a commitment where they stand in the text, each with the target made of it."""
    recorder = Recorder(reading)
    inside = iter(
        index
        for index, figure in enumerate(reading.figures)
        if figure.status is Status.TARGET and one.origin.start <= figure.start < one.origin.end
    )
    found = []
    for target in one.targets:  # each is made of a figure, in the order of the text; not every figure is one
        index = next(index for index in inside if reading.figures[index].value == target.value)
        found.append({**_figure(recorder.figure(index)), "target": msgspec.to_builtins(target)})
    return found


def _figure(record: dict[str, Any]) -> dict[str, Any]:
    """A figure's record without what the commitment says already; numbers exact, as text."""
    return cast("dict[str, Any]", msgspec.to_builtins({key: record[key] for key in _FIGURE_FIELDS}))


def document_of(report: Report) -> Document:
    """The document as it was read."""
    kept = {**report.document, "text": report.text, "sha256": report.sha256, "id": report.sha256}
    return msgspec.convert({**kept, "title": report.title, "year": report.year}, Document)


def section_path(report: Report, section: int) -> list[str]:
    """The headings that a section stands under, its own last."""
    sections = report.document["sections"]
    path: list[str] = []
    at: int | None = section
    while at is not None and at < len(sections):
        if sections[at]["heading"]:
            path.insert(0, sections[at]["heading"])
        at = sections[at]["parent"]
    return path


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A section of a report with a heading, and how deep it lies."""

    section: int
    depth: int
    words: str
    below: frozenset[int]
    """The section and those below it."""


def outline(report_pk: int) -> tuple[Heading, ...]:
    """The headings of a report, in the order of the text; none if there is no such report."""
    kept = Report.objects.filter(pk=report_pk).values_list("sha256", flat=True).first()
    return _outline(report_pk, kept) if kept else ()


@lru_cache(maxsize=64)  # what was read once does not change
def _outline(report_pk: int, _sha256: str) -> tuple[Heading, ...]:
    sections = Report.objects.values_list("document", flat=True).get(pk=report_pk)["sections"]
    above: list[list[int]] = []
    for at, section in enumerate(sections):
        parent = section["parent"]
        above.append([at] if parent is None else [at, *above[parent]])
    return tuple(
        Heading(
            section=at,
            depth=sum(1 for one in above[at][1:] if sections[one]["heading"]),
            words=section["heading"],
            below=frozenset(one for one, path in enumerate(above) if at in path),
        )
        for at, section in enumerate(sections)
        if section["heading"]
    )


def sections_below(report_pk: int, section: int) -> frozenset[int]:
    """The section and those below it; nothing if the report has no such heading."""
    return next((one.below for one in outline(report_pk) if one.section == section), frozenset())


def blocks(report_pk: int) -> list[tuple[int, int]]:
    """Where each block of a report begins and ends, furniture too."""
    document = Report.objects.values_list("document", flat=True).get(pk=report_pk)
    return [(block["start"], block["end"]) for block in document["blocks"]]


def titles() -> list[tuple[int, str]]:
    """Every report's number and title, the newest first."""
    return list(Report.objects.values_list("pk", "title"))


def context_of(commitment: Commitment) -> str:
    """The sentence that the commitment stands in, behind the heading of its section."""
    text = commitment.report.text
    stops = [text.rfind(stop, 0, commitment.start) for stop in "。；！？\n"]
    ends = [at for stop in "。；！？\n" if (at := text.find(stop, commitment.end)) >= 0]
    sentence = text[max(stops) + 1 : min(ends, default=len(text))]
    return "，".join([*section_path(commitment.report, commitment.section)[-1:], sentence])


# --- deciding ---------------------------------------------------------------------------------------------------------


def live(report: Report) -> QuerySet[Commitment]:
    """The commitments that nothing took the place of, in the order of the text."""
    return Commitment.objects.filter(report=report, state__in=LIVE)


def to_review() -> QuerySet[Report]:
    """The reports of which commitments wait: `waiting` to be reviewed, `agreed` to be handed over."""
    state = Commitment.State
    waiting = Count("commitments", filter=Q(commitments__state=state.OPEN))
    agreed = Count("commitments", filter=Q(commitments__state=state.ACCEPTED, commitments__case=None))
    reports = Report.objects.defer("text", "document").annotate(waiting=waiting, agreed=agreed)
    return reports.filter(Q(waiting__gt=0) | Q(agreed__gt=0))


def accepted(report: Report | None = None) -> QuerySet[Commitment]:
    """What people agreed to be held to."""
    chosen = Commitment.objects.filter(state=Commitment.State.ACCEPTED).select_related("report")
    return chosen if report is None else chosen.filter(report=report)


@transaction.atomic
def accept(seen: Seen, *, by: User) -> Commitment:
    """Agree that somebody is to be held to it."""
    return _decide(seen, Decision.Act.ACCEPT, Commitment.State.ACCEPTED, by=by)


@transaction.atomic
def drop(seen: Seen, *, reason: str, by: User) -> Commitment:
    """Say that it is no task, and why.

    Raises InputError without a reason.
    """
    if not reason.strip():
        raise InputError(_("dropping needs a reason"), todo=_("say in a few words why it is no task"))
    return _decide(seen, Decision.Act.DROP, Commitment.State.DROPPED, by=by, reason=reason.strip())


@transaction.atomic
def reopen(seen: Seen, *, by: User) -> Commitment:
    """Take a decision back."""
    return _decide(seen, Decision.Act.REOPEN, Commitment.State.OPEN, by=by)


@transaction.atomic
def edit(seen: Seen, *, wording: str, by: User) -> Commitment:
    """Put better what the task will be called; the quotation stays what it is."""
    wording = " ".join(wording.split())
    if not wording or len(wording) > _WORDING:
        raise InputError(_("the wording has to have between 1 and %(most)d characters") % {"most": _WORDING})
    commitment = _locked(seen)
    before, commitment.wording = commitment.wording, wording
    return _kept(commitment, Decision.Act.EDIT, by=by, before=before)


@transaction.atomic
def merge(first: Seen, second: Seen, *, by: User) -> Commitment:
    """Make one of two neighbours: it spans from the beginning of the first to the end of the last.

    Raises InputError if another stands between them.
    """
    pair = sorted((_locked(first), _locked(second)), key=lambda one: (one.start, one.pk))
    before, after = pair
    between = live(before.report).filter(start__gte=before.end, end__lte=after.start)
    if before.report_id != after.report_id or between.exists():
        raise InputError(_("only neighbours can be merged"))
    text = before.report.text[before.start : after.end]
    merged = Commitment.objects.create(
        report=before.report,
        start=before.start,
        end=after.end,
        section=before.section,
        wording=" ".join(text.split())[:_WORDING],
        work_type=before.work_type,
        due=max(filter(None, (before.due, after.due)), default=None),
        figures=[*before.figures, *after.figures],
        origin="merge",
    )
    for one in pair:
        _replace(one, [merged], Decision.Act.MERGE, by=by)
    return merged


def cuts(commitment: Commitment) -> list[int]:
    """Where it can be split: offsets behind a mark that ends a clause."""
    return [
        commitment.start + at + 1
        for at, char in enumerate(commitment.quote[:-1])
        if char in "，。；！？,;、" and commitment.quote[at + 1 :].strip()
    ]


@transaction.atomic
def split(seen: Seen, *, at: Iterable[int], by: User) -> list[Commitment]:
    """Cut it at these offsets of the text.

    Raises InputError for an offset that is no place to cut.
    """
    commitment = _locked(seen)
    places = sorted(set(at))
    if not places or not set(places) <= set(cuts(commitment)):
        raise InputError(_("choose where to cut"), where=commitment.wording)
    edges = [commitment.start, *places, commitment.end]
    parts = [
        _part(commitment, *_trimmed(commitment.report.text, start, end)) for start, end in pairwise(edges)
    ]
    _replace(commitment, parts, Decision.Act.SPLIT, by=by)
    return parts


def _part(whole: Commitment, start: int, end: int) -> Commitment:
    figures = [figure for figure in whole.figures if start <= figure["start"] < end]
    return Commitment.objects.create(
        report=whole.report,
        start=start,
        end=end,
        section=whole.section,
        wording=" ".join(whole.report.text[start:end].split())[:_WORDING],
        work_type=whole.work_type,
        due=whole.due,
        figures=figures,
        origin="split",
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and marks at its ends."""
    idle = " \t\r\n\u3000，。；！？,;、"
    while start < end and text[start] in idle:
        start += 1
    while end > start and text[end - 1] in idle:
        end -= 1
    return start, end


@transaction.atomic
def add(report: Report, *, start: int, end: int, by: User) -> Commitment:
    """Make a commitment of what the machine passed over: characters of the text that no other one holds.

    Raises InputError if it is empty, too long, or holds characters of another.
    """
    start, end = _trimmed(report.text, max(start, 0), min(end, len(report.text)))
    if end - start < 2 or end - start > _WORDING:
        raise InputError(_("choose between 2 and %(most)d characters of the text") % {"most": _WORDING})
    Report.objects.select_for_update().get(pk=report.pk)
    overlapping = live(report).filter(start__lt=end, end__gt=start).first()
    if overlapping:
        raise InputError(_("part of it belongs to another"), where=overlapping.wording)
    added = Commitment.objects.create(
        report=report,
        start=start,
        end=end,
        section=_section_at(report, start),
        wording=" ".join(report.text[start:end].split()),
        due=date(report.year, 12, 31) if report.year else None,
        origin="hand",
        state=Commitment.State.ACCEPTED,
    )
    Decision.objects.create(commitment=added, act=Decision.Act.ADD, by=by)
    return added


def _section_at(report: Report, offset: int) -> int:
    holding = [
        block["section"] for block in report.document["blocks"] if block["start"] <= offset < block["end"]
    ]
    return holding[0] if holding else 0


def _locked(seen: Seen) -> Commitment:
    """The commitment, nobody else's until the transaction ends.

    Raises ConflictError if it is no longer what was looked at.
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("report").get(pk=seen.pk)
    if commitment.version != seen.version or commitment.state == Commitment.State.REPLACED:
        last = commitment.decisions.select_related("by").last()
        who = f"{last.by.name}: {last.get_act_display()}" if last else ""
        raise ConflictError(
            _("it was changed since you looked at it (%(who)s)") % {"who": who},
            where=commitment.wording,
            todo=_("reload the page; nothing of yours was taken over"),
        )
    return commitment


def _decide(seen: Seen, act: Decision.Act, state: str, *, by: User, reason: str = "") -> Commitment:
    commitment = _locked(seen)
    commitment.state = state
    return _kept(commitment, act, by=by, reason=reason)


def _replace(old: Commitment, new: Sequence[Commitment], act: Decision.Act, *, by: User) -> None:
    old.state = Commitment.State.REPLACED
    _kept(old, act, by=by)
    old.replaced_by.set(new)


def _kept(
    commitment: Commitment, act: Decision.Act, *, by: User, reason: str = "", before: str = ""
) -> Commitment:
    commitment.version += 1
    commitment.save(update_fields=["state", "wording", "version"])
    Decision.objects.create(commitment=commitment, act=act, reason=reason[:300], before=before, by=by)
    return commitment
