"""Units, posts and people from a workbook: what it says, what is wrong with it, and taking it over."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from duban.web.accounts.models import User
from duban.web.organisation import roster, service
from duban.web.organisation.models import Membership, Post, Roster, Unit

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.web.city import City

pytestmark = pytest.mark.django_db

HEAD = ("单位", "简称", "类别", "上级单位", "岗位", "角色", "姓名", "账号", "邮箱", "任职日期")
GOOD = (
    "生态环境局",
    "环境局",
    "部门",
    "",
    "督查联络员",
    "联络员",
    "林知夏",
    "hjj.lzx",
    "lzx@lanchuan.example",
    "2026年3月1日",
)


def workbook(
    *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, name: str = "units.xlsx"
) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((head, *rows)):
            for at, cell in enumerate(row):
                sheet.write(line, at, cell)
    return SimpleUploadedFile(name, stream.getvalue())


def bring(client: Client, *rows: tuple[Any, ...], **more: Any) -> HttpResponse:
    return client.post("/units/import/", {"file": workbook(*rows, **more)})  # type: ignore[return-value]


def checked(client: Client, *rows: tuple[Any, ...]) -> roster.Check:
    where = bring(client, *rows)["Location"]
    found: roster.Check = client.get(where).context["check"]
    return found


def test_the_check_comes_before_any_change(office: Client) -> None:
    found = checked(office, GOOD)
    assert not found.errors
    assert {(change.what, change.text) for change in found.changes} == {
        ("unit", "生态环境局"),
        ("post", "生态环境局 督查联络员"),
        ("account", "林知夏 hjj.lzx"),
        ("holder", "林知夏 → 生态环境局 督查联络员"),
    }
    assert "生态环境局" in next(issue.what for issue in found.issues)
    assert not Unit.objects.filter(name="生态环境局").exists()


def test_what_was_checked_is_taken_over_once(office: Client) -> None:
    where = bring(office, GOOD)["Location"]
    answer = office.post(where)
    new = answer.context["accounts"][0]
    assert new.password in answer.content.decode()
    unit = Unit.objects.get(name="生态环境局")
    assert (unit.short, unit.kind, unit.body, unit.key) == (
        "环境局",
        "department",
        "city/ecology",
        "city/ecology",
    )
    membership = Membership.objects.get(post__unit=unit)
    assert (membership.user.username, membership.since, membership.post.role) == (
        "hjj.lzx",
        date(2026, 3, 1),
        "liaison",
    )
    assert User.objects.get(username="hjj.lzx").must_change_password
    assert office.post(where).status_code == 422
    assert Roster.objects.get().applied is not None


def test_the_same_again_changes_nothing(office: Client) -> None:
    office.post(bring(office, GOOD)["Location"])
    found = checked(office, GOOD)
    assert found.changes == []


def test_a_successor_takes_the_post_and_the_history_stays(office: Client, city: City) -> None:
    row = ("教育局", "", "", "", "督查联络员", "联络员", "新来的", "jyj.xl", "", "2026-09-01")
    found = checked(office, row)
    assert ("ends", f"{city.people['liaison'].name} → 教育局 督查联络员") in {
        (c.what, c.text) for c in found.changes
    }
    office.post(bring(office, row)["Location"])
    history = list(Membership.objects.filter(post=city.posts["liaison"]).order_by("since"))
    assert [(one.user.username, one.since, one.until) for one in history] == [
        ("liaison", date(2026, 1, 1), date(2026, 9, 1)),
        ("jyj.xl", date(2026, 9, 1), None),
    ]
    before = service.standing_of(city.people["liaison"], date(2026, 8, 31))
    after = service.standing_of(city.people["liaison"], date(2026, 9, 1))
    assert (len(before.held), len(after.held)) == (1, 0)
    page = office.get(f"/units/{city.units['education'].pk}/").content.decode()
    assert city.people["liaison"].name in page
    assert "新来的" in page


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", *GOOD[1:]), "单位"),
        ((*GOOD[:2], "什么类", *GOOD[3:]), "类别"),
        ((*GOOD[:3], "不存在的单位", *GOOD[4:]), "上级单位"),
        ((*GOOD[:5], "超级管理员", *GOOD[6:]), "角色"),
        ((*GOOD[:5], "", *GOOD[6:]), "角色"),
        ((*GOOD[:6], "", *GOOD[7:]), "姓名"),
        ((*GOOD[:8], "no-address", GOOD[9]), "邮箱"),
        ((*GOOD[:9], "2026-02-30"), "任职日期"),
        (("教育局", "", "", "", "督查联络员", "联络员", "新来的", "x.y", "", "2025-01-01"), "任职日期"),
        (("教育局", "", "", "", "督查联络员", "联络员", "别人", "office", "", ""), "姓名"),
    ],
)
def test_an_error_names_row_and_column_and_keeps_everything_out(
    office: Client, row: tuple[str, ...], column: str
) -> None:
    where = bring(office, GOOD, row)["Location"]
    found: roster.Check = office.get(where).context["check"]
    assert found.errors == 1
    error = next(issue for issue in found.issues if issue.severity == "error")
    assert (error.line, error.column) == (3, column)
    before = Post.objects.count()
    assert office.post(where).status_code == 422
    assert Post.objects.count() == before


def test_a_name_that_is_nearly_anothers_is_pointed_at(office: Client) -> None:
    found = checked(office, ("住房城乡建设局", *GOOD[1:]))
    warnings = [issue.what for issue in found.issues if issue.severity == "warning"]
    assert len(warnings) == 1
    assert "住房和城乡建设局" in warnings[0]


def test_a_short_name_means_the_unit(office: Client, city: City) -> None:
    office.post(
        bring(office, ("卫健委", "", "", "", "办公室主任", "联络员", "钱某", "wjw.q", "", ""))["Location"]
    )
    assert Post.objects.get(title="办公室主任").unit == city.units["health"]


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (SimpleUploadedFile("x.xlsx", b"no workbook"), "xlsx"),
        (SimpleUploadedFile("x.csv", "单位,岗位".encode()), "csv"),
        (workbook(head=("甲", "乙")), "表头"),
        (workbook(), "没有内容"),
    ],
)
def test_what_is_no_workbook_of_units_is_told_of(
    office: Client, upload: SimpleUploadedFile, told: str
) -> None:
    upload.seek(0)
    answer = office.post("/units/import/", {"file": upload})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Roster.objects.exists()


def test_words_of_a_workbook_are_never_markup(office: Client) -> None:
    row = ("<script>alert(1)</script>", *GOOD[1:])
    page = office.get(bring(office, row, name="<b>x</b>.xlsx")["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_the_template_can_be_brought_back(office: Client) -> None:
    from python_calamine import CalamineWorkbook

    content = office.get("/units/import/template/").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert tuple(rows[0]) == HEAD
    answer = office.post("/units/import/", {"file": SimpleUploadedFile("t.xlsx", content)})
    assert answer.status_code == 302
