"""Papers as DOCX, from our templates or a city's own. A template can show what it is given, and do nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from duban.errors import InputError
from duban.web.files import service as files
from duban.web.papers import facts
from duban.web.papers.models import Template

if TYPE_CHECKING:
    from pathlib import Path

    from django.utils.functional import _StrPromise

    from duban.web.papers.facts import Circular, Line
    from duban.web.reports.service import Report

__all__ = ["PAPERS", "CircularText", "breakdown", "check", "circular", "in_use", "original"]

PAPERS: dict[str, _StrPromise] = {
    "breakdown": gettext_lazy("Breakdown of tasks (重点任务分解表)"),
    "circular": gettext_lazy("Circular (督办通报)"),
}
"""The papers that have a template."""


# --- templates --------------------------------------------------------------------------------------------------------


def original(paper: str) -> bytes:
    """The template that comes with Duban."""
    return resources(__package__).joinpath(f"originals/{paper}.docx").read_bytes()


def in_use(paper: str) -> Template | None:
    """The city's own template, None where ours is used."""
    return Template.objects.filter(paper=paper, aside=None).select_related("file", "by").first()


def _template(paper: str) -> bytes:
    own = in_use(paper)
    return files.path_of(own.file).read_bytes() if own else original(paper)


_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test,
)  # fmt: skip
"""What a template may be made of: what it shows, repeats and leaves out. No calls, no sums, no imports."""
_FILTERS = ("default", "length", "join", "first", "last", "upper", "lower", "trim", "e", "escape")
_TESTS = ("defined", "undefined", "none", "odd", "even")
_DEPTH = 3
"""How deep loops may stand in one another: a paper needs two."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses whatever is not of `_ALLOWED` before it runs, in every part of a document."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals = {}
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _look_at(tree, 0)
        return tree


def _look_at(node: nodes.Node, depth: int) -> None:
    if not isinstance(node, _ALLOWED):
        raise TemplateSyntaxError(f"{type(node).__name__.lower()}", node.lineno)
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        raise TemplateSyntaxError(node.attr, node.lineno)
    deeper = depth + isinstance(node, nodes.For)
    if deeper > _DEPTH:
        raise TemplateSyntaxError("for", node.lineno)
    for child in node.iter_child_nodes():
        _look_at(child, deeper)


def check(path: Path, paper: str) -> None:
    """Whether a template makes a paper of an invented city's tasks.

    Raises InputError: it shows what there is not, does what a template may not, fetches something from outside, or is
    no document.
    """
    _refuse_outside(path)
    made = _render(path.read_bytes(), _sample(paper), where=path.name)
    if _SEEN not in _text_of(made):
        raise InputError(
            _("the template shows no task"),
            expected="{{ row.title }}",
            todo=_("start from the template that comes with Duban"),
        )


def _refuse_outside(path: Path) -> None:
    """No part may be fetched from elsewhere when the paper is opened; links that a reader follows may stand."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".rels"):
                    for relation in re.findall(rb"<Relationship [^>]*>", archive.read(name)):
                        if b'TargetMode="External"' in relation and b"/hyperlink" not in relation:
                            raise InputError(
                                _("the template fetches something from outside"),
                                where=name,
                                todo=_("put it into the file itself"),
                            )
    except zipfile.BadZipFile:
        raise InputError(_("the file is damaged"), todo=_("save it again and upload that")) from None


def _render(template: bytes, context: Mapping[str, Any], *, where: str = "") -> bytes:
    from docxtpl import DocxTemplate

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(_clean(context), jinja_env=_Sandbox(), autoescape=True)
        document.save(out)
    except TemplateSyntaxError as error:
        raise InputError(
            _("the template holds an instruction that it may not: %(what)s") % {"what": error.message},
            where=where,
            expected="{{ … }}, {% for … %}, {% if … %}",
        ) from error
    except TemplateError as error:
        raise InputError(
            _("the template asks for what there is not: %(what)s") % {"what": error.message},
            where=where,
            todo=_("see the names in the template that comes with Duban"),
        ) from error
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise InputError(
            _("the template cannot be used (%(what)s)") % {"what": type(error).__name__},
            where=where,
            todo=_("save it again as .docx"),
        ) from error
    return out.getvalue()


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(value: Any) -> Any:
    """Without the characters that a document cannot hold."""
    if isinstance(value, str):
        return _NO_XML.sub("", value)
    if isinstance(value, Mapping):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _text_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode("utf-8"))


_SEEN = "新增养老床位1500张"


def _sample(paper: str) -> dict[str, Any]:
    """What a template is tried on: every name there is, with something in it."""
    day = date(2026, 3, 5)
    row = {
        "number": "1", "key": "2026-00001", "section": "保障改善民生", "title": _SEEN, "targets": "养老床位1500张",
        "result_form": "床位名册", "lead": "民政局", "co": "财政局", "leader": "高建业", "due": "2026-12-31",
        "stage": "办理中", "light": "黄灯", "progress": "600张", "reason": "进度落后", "overdue": "3天", "handed": "2026-03-05",
        "closed": "",
    }  # fmt: skip
    unit = {
        "unit": "民政局",
        "all": "1",
        "closed": "0",
        "open": "1",
        "late": "1",
        "unsigned": "1",
        "asked": "2",
        "done": "0",
    }
    frame = _frame(day)
    if paper == "breakdown":
        return {
            **frame,
            "title": "x",
            "total": "1",
            "sections": [{"name": "保障改善民生", "rows": [row]}],
            "rows": [row],
        }
    lists = {name: [row] for name in ("late", "unsigned", "done", "rows")}
    words = dict.fromkeys(("title", "number", "opening", "overview", "since", "until"), "x")
    return {
        **frame,
        **words,
        **lists,
        "units": [unit],
        "praised": ["x"],
        "criticised": ["x"],
        "demands": ["x"],
    }


# --- what they are given ----------------------------------------------------------------------------------------------


def _frame(day: date) -> dict[str, Any]:
    return {
        "place": facts.place(),
        "office": facts.office_name(),
        "made": facts.day_words(day),
        "year": str(day.year),
    }


def breakdown(report: Report, lines: list[Line]) -> bytes:
    """重点任务分解表 of a report."""
    rows = [line.cells(number) for number, line in enumerate(lines, start=1)]
    sections: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        sections.setdefault(row["section"], []).append(row)
    context = {
        **_frame(timezone.localdate()),
        "title": f"{report.title}重点任务分解表",
        "total": str(len(rows)),
        "sections": [{"name": name or "其他", "rows": found} for name, found in sections.items()],
        "rows": rows,
    }
    return _render(_template("breakdown"), context)


@dataclass(frozen=True, kw_only=True)
class CircularText:
    """What people write in a circular."""

    number: int
    title: str
    praised: list[str]
    criticised: list[str]
    demands: list[str]


def circular(found: Circular, text: CircularText) -> bytes:
    """督办通报 of a period."""
    made = min(timezone.localdate(), found.until + timedelta(days=1))
    context = {
        **_frame(made),
        "title": text.title,
        "number": str(text.number),
        "since": facts.day_words(found.since),
        "until": facts.day_words(found.until),
        "opening": f"现将{facts.day_words(found.since)}至{facts.day_words(found.until)}重点任务推进情况通报如下。",
        "overview": found.overview,
        "rows": [line.cells(number) for number, line in enumerate(found.lines, start=1)],
        "late": [line.cells(number) for number, line in enumerate(found.late, start=1)],
        "unsigned": [line.cells(number) for number, line in enumerate(found.unsigned, start=1)],
        "done": [line.cells(number) for number, line in enumerate(found.done, start=1)],
        "units": [
            {
                name: str(getattr(unit, name))
                for name in ("unit", "all", "closed", "open", "late", "unsigned", "asked", "done")
            }
            for unit in found.units
        ],
        "praised": text.praised,
        "criticised": text.criticised,
        "demands": text.demands,
    }
    return _render(_template("circular"), context)
