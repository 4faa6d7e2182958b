"""A workbook of proposals: what it says, what is wrong with it, and what taking it over would make."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.web.cases import service as cases
from duban.web.files import service as files
from duban.web.files.service import Issue, Severity
from duban.web.intake.models import Batch, Submission
from duban.web.organisation import service as organisation
from duban.web.organisation.service import Unit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from django.core.files import File

    from duban.web.access import Standing
    from duban.web.accounts.service import User
    from duban.web.intake.service import Received

__all__ = ["Check", "Proposal", "apply", "bring", "check", "checked", "take_over", "template"]

_MOST = 600
"""Each is registered in one transaction with the others; a city has some hundred a year."""
_LENGTHS = {"number": 40, "title": 200, "applicant": 200, "contact": 200, "text": 20_000}
_SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ ", "、"))


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A line of the workbook, understood."""

    line: int
    number: str
    title: str
    applicant: str
    kind: str
    text: str
    contact: str
    lead: Unit | None
    co: tuple[Unit, ...]


@dataclass(kw_only=True)
class Check:
    rows: list[Proposal] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def errors(self) -> int:
        return sum(issue.severity is Severity.ERROR for issue in self.issues)


@cache
def _table() -> dict[str, Any]:
    text = resources(__package__).joinpath("batch.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def _columns() -> files.Columns:
    return files.Columns.of(_table()["columns"])


def check(path: Path, session: str) -> Check:
    """The workbook against what is there already of this session.

    Raises InputError for a file that is no workbook of proposals.
    """
    reader = _Reader(session)
    for line, texts in files.read_sheet(path, _columns(), _MOST):
        reader.take(line, texts)
    return reader.found


class _Reader:
    """Takes the rows one by one; what is wrong with a row keeps it back, what is odd is noted."""

    def __init__(self, session: str) -> None:
        self.found = Check()
        self._units = {
            name: unit for unit in organisation.units() for name in (unit.short, unit.name) if name
        }
        self._kinds = {word: kind for kind, words in _table()["kinds"].items() for word in words}
        there = Submission.objects.filter(work_type="proposal", session=session)
        self._there = {(one.kind, one.number): one for one in there}
        self._seen: dict[tuple[str, str], int] = {}

    def take(self, line: int, texts: dict[str, str]) -> None:
        """Understand a row."""
        before = self.found.errors
        self._complete(line, texts)
        kind = self._kind(line, texts.get("kind", ""))
        self._once(line, kind, texts.get("number", ""))
        lead = self._unit(line, "lead", texts.get("lead", ""))
        names = texts.get("co", "").translate(_SEPARATORS).split("、")
        co = [self._unit(line, "co", name) for name in dict.fromkeys(names) if name]
        if self.found.errors == before:
            plain = {name: texts.get(name, "") for name in _LENGTHS}
            others = tuple(unit for unit in co if unit and unit != lead)
            self.found.rows.append(Proposal(line=line, kind=kind, lead=lead, co=others, **plain))

    def _complete(self, line: int, texts: dict[str, str]) -> None:
        for column in _columns().needed:
            if not texts.get(column):
                self._say(Severity.ERROR, line, column, _("missing"))
        for column, most in _LENGTHS.items():
            if len(texts.get(column, "")) > most:
                self._say(Severity.ERROR, line, column, _("longer than %(most)d characters") % {"most": most})

    def _kind(self, line: int, word: str) -> str:
        if word and word.lower() not in self._kinds:
            known = " ".join(dict.fromkeys(self._kinds))
            self._say(Severity.ERROR, line, "kind", _("%(word)s is not known") % {"word": word}, known)
        return str(self._kinds.get(word.lower(), "suggestion"))

    def _once(self, line: int, kind: str, number: str) -> None:
        there = self._there.get((kind, number))
        if number and there is not None:
            what = _("number %(number)s is here already") % {"number": number}
            self._say(Severity.ERROR, line, "number", what, there.title)
        first = self._seen.setdefault((kind, number), line)
        if number and first != line:
            what = _("the same number stands in row %(line)d") % {"line": first}
            self._say(Severity.ERROR, line, "number", what)

    def _unit(self, line: int, column: str, name: str) -> Unit | None:
        if not name or name in self._units:
            return self._units.get(name)
        near = difflib.get_close_matches(name, self._units, n=1, cutoff=0.6)
        todo = _("did you mean %(near)s?") % {"near": near[0]} if near else ""
        what = _("there is no unit %(name)s; it is left open") % {"name": name}
        self._say(Severity.WARNING, line, column, what, todo)
        return None

    def _say(self, severity: Severity, line: int, column: str, what: str, todo: str = "") -> None:
        shown = _columns().shown[column]
        self.found.issues.append(Issue(severity=severity, line=line, column=shown, what=what, todo=todo))


@transaction.atomic
def bring(upload: File[bytes], name: str, *, session: str, received: date, by: User) -> Batch:
    """Keep a workbook of proposals, to be looked at.

    Raises InputError for a file that is none.
    """
    stored = files.keep(upload, name, purpose="roster", by=by)
    check(files.path_of(stored), session)
    return Batch.objects.create(file=stored, session=session, received=received, by=by)


def checked(batch: Batch) -> Check:
    """What taking it over would register; nothing if that was done."""
    return Check() if batch.applied else check(files.path_of(batch.file), batch.session)


@transaction.atomic
def take_over(pk: int, *, by: User, standing: Standing) -> int:
    """Register all that the workbook holds, once; how many they were.

    Raises InputError if it has errors, or was taken over before.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("file").get(pk=pk)
    if batch.applied:
        raise InputError(_("This workbook was taken over already"), where=batch.file.name)
    count = apply(batch, by=by, standing=standing)
    batch.applied = timezone.now()
    batch.save(update_fields=["applied"])
    return count


@transaction.atomic
def apply(batch: Batch, *, by: User, standing: Standing) -> int:
    """Register every proposal of the workbook, planned for the unit that it names: all of them or none.

    Raises InputError if the workbook has errors.
    """
    from duban.web.intake import service  # whose door shows this module

    found = check(files.path_of(batch.file), batch.session)
    if found.errors:
        raise InputError(_("the workbook has errors"), todo=_("mend them and upload it again"))
    for row in found.rows:
        submission = service.keep(_received(row, batch), by=by)
        case = service.register(submission.pk, title=row.title, kind=row.kind, by=by, standing=standing)
        if row.lead is not None:
            route = cases.Route(lead=row.lead, co=row.co)
            cases.routed(case.pk, route, by=by, standing=standing, plan_only=True)
    return len(found.rows)


def _received(row: Proposal, batch: Batch) -> Received:
    from duban.web.intake.service import Received, moment_of

    return Received(
        work_type="proposal",
        title=row.title,
        received=moment_of(batch.received),
        channel=Submission.Channel.ABOVE,
        text=row.text,
        kind=row.kind,
        session=batch.session,
        number=row.number,
        applicant=row.applicant,
        contact=row.contact,
        batch=batch.pk,
    )


def template(stream: Any) -> None:
    """Write an empty workbook with the headings and an example."""
    import xlsxwriter

    shown = _columns().shown
    example = {
        "number": "001",
        "title": "关于增设老旧小区充电设施的建议",
        "applicant": "（姓名）",
        "kind": "建议",
        "lead": "住房和城乡建设局",
    }
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("建议提案")
        head = book.add_format({"bold": True, "bg_color": "#fbeaea", "border": 1})
        for at, (name, heading) in enumerate(shown.items()):
            sheet.write_string(0, at, heading, head)
            sheet.write_string(1, at, example.get(name, ""))
            sheet.set_column(at, at, 40 if name in {"title", "text"} else 16)
        kinds = [words[0] for words in _table()["kinds"].values()]
        at = list(shown).index("kind")
        sheet.data_validation(1, at, _MOST, at, {"validate": "list", "source": kinds})
        sheet.freeze_panes(1, 0)
