"""What the screens of intake, publishing, papers and the board do, done with a token."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from duban.supervision.model import Act
from duban.web.cases import service as cases
from duban.web.cases.models import CaseEvent
from duban.web.intake.models import Submission
from duban.web.intake.service import MOST_FILES
from duban.web.papers import documents
from duban.web.papers.models import ProgressBook, Template
from duban.web.publish.models import Publication, PublishingAct
from duban.web.publish.service import items
from tests.web.programs import ALL, Program, program
from tests.web.test_access import World, world
from tests.web.test_api import appeal_of
from tests.web.test_cases import PDF, handed, take
from tests.web.test_intake import SECRET, WHO, registered, workbook
from tests.web.test_papers import fill

if TYPE_CHECKING:
    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

__all__ = ["world"]  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(city: City) -> Program:
    return program(city.people["office"])


@pytest.fixture
def case(city: City) -> Case:
    return handed(city)


def form(one: Program, path: str, fields: dict[str, Any], key: str = "") -> Any:
    """A form as a program sends it."""
    headers = {"Authorization": f"Bearer {one.text}"} | ({"Idempotency-Key": key} if key else {})
    return one.client.post(f"/api/v1{path}", fields, headers=headers)


def paper(name: str, more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + more)


# --- what is received -------------------------------------------------------------------------------------------------


def typed(work_type: str = "appeal", **more: Any) -> dict[str, Any]:
    fields = {
        "work_type": work_type,
        "title": "三号路夜间限行影响进厂",
        "text": "请协调学校门前的道路。",
        "applicant": WHO,
        "contact": SECRET,
        "channel": "paper",
        "received": timezone.localdate().isoformat(),
    }
    return fields | more


def test_what_was_received_becomes_a_case_of_a_unit(city: City, office: Program) -> None:
    sent = typed(file=[paper("来信.pdf"), paper("照片.pdf", b"2")])
    taken_in = form(office, "/submissions", sent)
    assert taken_in.status_code == 201, taken_in.content.decode()
    one = taken_in.json()
    assert (one["state"], one["contact"], len(one["files"])) == ("waiting", SECRET, 2)
    got = office.get(f"/submissions/{one['id']}/files/{one['files'][0]['id']}")
    assert b"".join(got.streaming_content) == PDF
    listed = office.get("/submissions?state=waiting&work_type=appeal").json()["items"]
    assert [each["id"] for each in listed] == [one["id"]]
    assert office.get("/submissions?state=declined").json()["items"] == []
    made = office.post(f"/submissions/{one['id']}/register", {"title": "道路限行"})
    assert made.status_code == 201, made.content.decode()
    key = made.json()["key"]
    assert office.get(f"/submissions/{one['id']}").json()["case"] == key
    waiting = office.get("/unrouted").json()["items"]
    assert [each["key"] for each in waiting] == [key]
    assert all(each["unit"] and each["words"] for each in waiting[0]["suggested"])
    route = {"lead": "city/education", "co": ["city/health"], "result_form": "书面答复"}
    planned = office.post(f"/cases/{key}/hand-over", route | {"plan_only": True}).json()
    assert (planned["stage"], planned["lead"]) == ("planned", "city/education")
    handed_over = office.post(f"/cases/{key}/hand-over", route)
    assert (handed_over.status_code, handed_over.json()["stage"]) == (201, "handed_over")
    assert office.get("/unrouted").json()["items"] == []
    assert office.post(f"/cases/{key}/hand-over", {"lead": "city/nobody"}).status_code == 422


def test_what_was_received_is_decided_on_once(office: Program) -> None:
    one = form(office, "/submissions", typed()).json()
    declined = office.post(f"/submissions/{one['id']}/decline", {"reason": "不属本市职责"})
    assert (declined.json()["state"], declined.json()["reason"]) == ("declined", "不属本市职责")
    for act, body in (("decline", {"reason": "又一次"}), ("register", {"title": "道路"})):
        answer = office.post(f"/submissions/{one['id']}/{act}", body)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:duban:problem:conflict")


def test_a_petition_is_never_declined(office: Program) -> None:
    one = form(office, "/submissions", typed("petition")).json()
    answer = office.post(f"/submissions/{one['id']}/decline", {"reason": "不予受理"})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:input")
    assert Submission.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "wrong",
    [
        {"applicant": " "},
        {"kind": "dance"},
        {"number": "12"},
        {"received": (timezone.localdate() + timedelta(days=2)).isoformat()},
        {"received": "yesterday"},
        {"received": "0001-01-01"},
        {"channel": "online"},
        {"work_type": "task"},
        {"title": ""},
        {"file": [SimpleUploadedFile("a.exe", b"MZ")]},
        {"file": [paper(f"{n}.pdf") for n in range(MOST_FILES + 1)]},
    ],
    ids="-".join,
)
def test_what_does_not_fit_is_not_taken_in(office: Program, wrong: dict[str, Any]) -> None:
    answer = form(office, "/submissions", typed() | wrong)
    assert answer.status_code == 422, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1950-01-01", "9999-12-31"])
def test_a_day_out_of_all_time_breaks_nothing(city: City, office: Program, day: str) -> None:
    waiting = registered(city)
    route = {"lead": "city/education", "due": day}
    planned = office.post(f"/cases/{waiting.key}/hand-over", route | {"plan_only": True})
    assert planned.status_code in {201, 422}
    assert office.post(f"/cases/{waiting.key}/hand-over", route).status_code in {201, 422}
    chosen = {"wording": "x", "parts": ["progress", "due"], "progress": "y", "progress_day": day}
    assert office.call("PUT", f"/cases/{waiting.key}/publication", chosen).status_code in {200, 422}
    for path in ("/board", "/publications", f"/cases/{waiting.key}", "/unrouted"):
        assert office.get(path).status_code == 200


def test_a_number_of_a_session_is_taken_in_once(office: Program) -> None:
    sent = typed("proposal", number="第12号", session="五届三次", kind="suggestion")
    assert form(office, "/submissions", sent).status_code == 201
    assert form(office, "/submissions", sent).status_code == 422


def test_a_repeated_form_takes_nothing_in_twice(office: Program) -> None:
    sent = [typed(file=[paper("甲.pdf"), paper("乙.pdf", end)]) for end in (b"2", b"2", b"3")]
    first, again, other = (form(office, "/submissions", each, key="k") for each in sent)
    assert first.json() == again.json()
    assert (other.status_code, other.json()["where"]) == (422, "Idempotency-Key"), (
        "its second file is another"
    )
    bare = [form(office, "/submissions", typed(text=text), key="l") for text in ("一", "一", "二")]
    assert [each.status_code for each in bare] == [201, 201, 422]
    assert Submission.objects.count() == 2


def test_who_asked_is_shown_to_who_needs_it(city: City) -> None:
    case = appeal_of(city, "education")
    whole = f"/cases/{case.key}/submission"
    for person, scopes, near in (
        ("office", ALL, True),
        ("liaison", ALL, True),
        ("office", ["read:cases", "write:received"], False),
        ("liaison", ["read:cases"], False),
        ("auditor", ALL, False),
        ("leader", ALL, False),
    ):
        one = program(city.people[person], scopes)
        told = one.get(whole)
        assert told.status_code == 200, person
        assert (told.json()["contact"] == SECRET) is near, (person, scopes)
        assert (SECRET in str(told.json())) is near
        asked = one.get(f"/cases/{case.key}/applicant")
        assert asked.status_code == (200 if near else 403), person
        assert (SECRET in str(asked.json())) is near
    narrow = program(city.people["office"], ["write:received"]).get("/submissions")
    assert SECRET not in str(narrow.json())
    assert WHO not in str(narrow.json()), "a company's name is private too"


def test_a_unit_with_a_part_does_not_learn_who_asked(city: City) -> None:
    waiting = registered(city)
    office = program(city.people["office"])
    office.post(f"/cases/{waiting.key}/hand-over", {"lead": "city/housing", "co": ["city/education"]})
    co = program(city.people["liaison"])
    assert co.get(f"/cases/{waiting.key}/submission").json()["contact"] is None
    assert co.get(f"/cases/{waiting.key}/applicant").status_code == 403


def test_a_case_of_a_report_was_not_received(case: Case, office: Program) -> None:
    for what in ("submission", "applicant"):
        assert office.get(f"/cases/{case.key}/{what}").status_code == 404


def test_a_code_opens_it_to_whoever_asked(office: Program, settings: Any) -> None:
    from duban.web.intake.service import opened

    one = form(office, "/submissions", typed()).json()
    first = office.post(f"/submissions/{one['id']}/code").json()
    second = office.post(f"/submissions/{one['id']}/code").json()
    assert opened(first["receipt"], first["code"]) is None
    assert opened(second["receipt"], second["code"]).pk == one["id"]


def test_a_workbook_of_proposals_is_checked_and_then_registered(office: Program) -> None:
    rows = [("001", "增设充电设施", "澜川某代表", "建议"), ("002", "改造老旧管网", "澜川某委员", "提案")]
    sent = {"session": "五届三次", "received": "2026-02-10"}
    brought = office.post("/proposals", sent | {"file": workbook(*rows)}, key="w")
    assert brought.status_code == 201, brought.content.decode()
    told = brought.json()
    assert (told["errors"], told["applied"]) == (0, None)
    assert [one["title"] for one in told["proposals"]] == ["增设充电设施", "改造老旧管网"]
    assert not Submission.objects.exists(), "a check registers nothing"
    path = f"/proposals/{told['id']}"
    done = office.post(f"{path}/apply", key="x")
    assert done.status_code == 200, done.content.decode()
    assert done.json()["applied"]
    assert office.post(f"{path}/apply", key="x").json() == done.json() == office.get(path).json()
    assert Submission.objects.filter(work_type="proposal", state="registered").count() == 2
    assert office.post(f"{path}/apply").status_code == 422
    again = office.post("/proposals", sent | {"file": workbook(*rows)}).json()
    assert again["errors"] == 2
    assert office.post(f"/proposals/{again['id']}/apply").status_code == 422
    assert office.post("/proposals", sent | {"file": paper("a.pdf")}).status_code == 422
    assert openpyxl.load_workbook(io.BytesIO(office.get("/proposals-workbook").content)).sheetnames == [
        "建议提案"
    ]


# --- the board --------------------------------------------------------------------------------------------------------


def test_the_board_is_chosen_sorted_and_counted(world: World) -> None:
    office, city = program(world.city.people["office"]), world.city
    own, other = world.own.key, world.other.key
    leader = city.posts["leader"].pk
    section = world.own.commitment.section
    for query, wanted in (
        ("", {own, other}),
        ("sort=key", [own, other]),
        ("sort=-key", [other, own]),
        ("sort=unit", {own, other}),
        ("unit=city/education", [own]),
        (f"leader={leader}", [own]),
        ("leader=999999", []),
        ("pile=to_sign&stage=all&sort=key", [own, other]),
        ("stage=closed", []),
        ("work_type=petition", []),
        (f"q={own}", [own]),
        (f"report={world.report.pk}&section={section}&sort=key", None),
        (f"report={world.report.pk}&section=99999", []),
        ("due_since=2027-11-30&due_until=2027-11-30&sort=key", [own, other]),
        ("due_until=2027-11-29", []),
        (f"light={world.own.light}", None),
        ("sort=key&limit=1&page=2", [other]),
        ("page=1000000", []),
    ):
        answer = office.get(f"/board?{query}")
        assert answer.status_code == 200, (query, answer.content.decode())
        found = [each["key"] for each in answer.json()["items"]]
        if wanted is None:
            assert own in found, query
        else:
            assert (set(found) if isinstance(wanted, set) else found) == wanted, query
    whole = office.get("/board?limit=1").json()
    assert (whole["total"], whole["next"]) == (2, 2)
    assert whole["counts"]["unit"] == {"city/education": 1, "city/housing": 1}
    assert whole["counts"]["leader"][str(leader)] == 1
    assert whole["counts"]["pile"]["to_sign"] == 2
    assert {line["unit"] for line in whole["units"]} == {"city/education", "city/housing"}
    assert sum(sum(line["lights"].values()) for line in whole["units"]) == 2
    for query in ("sort=dance", "unit=nobody", "stage=x", "light=x", "page=0", "due_until=9999-12-31"):
        assert office.get(f"/board?{query}").status_code == 422, query


def test_one_act_with_many_cases_tells_what_came_of_each(world: World) -> None:
    office = program(world.city.people["office"])
    seen = cases.events_of(world.own)[-1].seq
    picked = [{"key": world.own.key, "seen": seen}, {"key": world.other.key, "seen": seen - 2}]
    body = {"text": "请抓紧", "cases": [*picked, {"key": "2020-00001", "seen": 1}]}
    answer = office.post("/board/acts/remind", body, key="many")
    assert answer.status_code == 200, answer.content.decode()
    assert [one["done"] for one in answer.json()["items"]] == [True, False, False]
    assert all(bool(one["refused"]) is not one["done"] for one in answer.json()["items"])
    assert office.post("/board/acts/remind", body, key="many").json() == answer.json()
    assert CaseEvent.objects.filter(act="remind").count() == 1
    for act, wrong in (
        ("close", body),
        ("dance", body),
        ("remind", body | {"text": " "}),
        ("remind", body | {"cases": []}),
        ("remind", body | {"cases": [{"key": world.own.key, "seen": 1}] * 201}),
    ):
        assert office.post(f"/board/acts/{act}", wrong).status_code == 422, act
    leader = program(world.city.people["leader"])
    noted = leader.post("/board/acts/note", {"text": "已阅", "cases": picked}).json()["items"]
    assert [one["done"] for one in noted] == [True, True]


# --- what is public ---------------------------------------------------------------------------------------------------


def test_what_was_chosen_is_public_until_it_is_withdrawn(case: Case, office: Program) -> None:
    path = f"/cases/{case.key}/publication"
    before = office.get(path).json()
    assert (before["publication"], before["suggested"]["wording"]) == (None, case.title)
    chosen = {"wording": "增加床位", "parts": ["unit", "status"], "progress": "不公开的话"}
    done = office.call("PUT", path, chosen, **{"Idempotency-Key": "p"})
    assert done.status_code == 200, done.content.decode()
    assert (done.json()["public"], done.json()["parts"]) == (True, ["status", "unit"])
    assert done.json()["progress"] == "", "what is not shown is not kept"
    assert [(item.wording, item.due) for item in items()] == [("增加床位", None)]
    assert office.call("PUT", path, chosen, **{"Idempotency-Key": "p"})["Idempotent-Replayed"] == "true"
    assert PublishingAct.objects.count() == 1
    public = office.get("/publications?state=public").json()["items"]
    assert [one["case"] for one in public] == [case.key]
    assert office.get("/publications?state=not").json()["items"] == []
    assert office.call("DELETE", path).status_code == 204
    assert office.call("DELETE", path).status_code == 204
    assert items() == []
    assert not office.get(path).json()["publication"]["public"]
    assert [act.act for act in PublishingAct.objects.all()] == ["publish", "withdraw"]


@pytest.mark.parametrize(
    "wrong", [{"wording": ""}, {"wording": " "}, {"parts": ["all"]}, {"progress": "x" * 2001}]
)
def test_what_cannot_be_published_is_refused(case: Case, office: Program, wrong: dict[str, Any]) -> None:
    answer = office.call("PUT", f"/cases/{case.key}/publication", {"wording": "x", "parts": []} | wrong)
    assert answer.status_code == 422
    assert not Publication.objects.exists()


def test_a_private_affair_is_never_published(city: City, office: Program) -> None:
    private = registered(city, "petition")
    answer = office.call("PUT", f"/cases/{private.key}/publication", {"wording": "x", "parts": []})
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:input")
    many = office.post("/publications", {"cases": [private.key], "parts": []})
    assert (many.status_code, many.json()["where"]) == (422, private.key)


def test_many_are_published_and_withdrawn_at_once(world: World) -> None:
    office = program(world.city.people["office"])
    keys = [world.own.key, world.other.key]
    section = world.own.commitment.section
    found = office.get(f"/publications?report={world.report.pk}&section={section}").json()["items"]
    assert world.own.key in [one["case"] for one in found]
    assert office.post("/publications", {"cases": keys, "parts": ["unit"]}).json() == {"count": 2}
    assert [item.unit for item in items()].count(None) == 0
    broken = office.post("/publications/withdraw", {"cases": [*keys, "2020-00001"]})
    assert (broken.status_code, len(items())) == (422, 2)
    assert office.post("/publications/withdraw", {"cases": keys}).json() == {"count": 2}
    assert office.post("/publications/withdraw", {"cases": keys}).json() == {"count": 0}
    assert office.post("/publications", {"cases": keys, "parts": ["answer"]}).status_code == 422


# --- papers -----------------------------------------------------------------------------------------------------------


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_breakdown_is_made_as_word_and_as_a_workbook(case: Case, office: Program) -> None:
    path = f"/reports/{case.commitment.report_id}/breakdown"
    assert case.title in words_of(office.get(path).content)
    sheet = openpyxl.load_workbook(io.BytesIO(office.get(f"{path}?form=xlsx").content)).active
    assert any(case.title in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert office.get(f"{path}?form=pdf").status_code == 422
    assert office.get("/reports/999/breakdown").status_code == 404


def test_a_circular_is_looked_at_and_made(case: Case, office: Program) -> None:
    today = timezone.localdate().isoformat()
    told = office.get(f"/papers/circular?since={today}&until={today}").json()
    assert told["cases"] == told["unsigned"] == [case.key]
    assert told["units"][0]["all"] == 1
    body = {"since": today, "until": today, "number": 7, "demands": ["抓紧签收。"]}
    made = office.post("/papers/circular", body)
    assert made.status_code == 200, made.content.decode()
    assert "抓紧签收" in words_of(made.content)
    assert told["title"] in words_of(made.content)
    book = openpyxl.load_workbook(
        io.BytesIO(office.post("/papers/circular", body | {"form": "xlsx"}).content)
    )
    assert "未签收" in book.sheetnames
    for since, until in (
        (today, "2020-01-01"),
        ("2020-01-01", today),
        ("9999-12-01", "9999-12-31"),
        ("0001-01-01", "0001-01-02"),
    ):
        assert office.post("/papers/circular", body | {"since": since, "until": until}).status_code == 422
        assert office.get(f"/papers/circular?since={since}&until={until}").status_code == 422


def test_a_template_is_brought_used_and_put_aside(city: City, office: Program) -> None:
    path = "/papers/breakdown/template"
    ours = documents.original("breakdown")
    assert office.get(path).content == ours
    brought = office.post(path, {"file": SimpleUploadedFile("本市.docx", ours)}, key="t")
    assert brought.status_code == 201, brought.content.decode()
    assert brought.json()["name"] == "本市.docx"
    assert b"".join(office.get(path).streaming_content) == ours
    assert office.get(f"{path}?original=true").content == ours
    assert office.post(path, {"file": SimpleUploadedFile("坏.docx", b"PK")}).status_code == 422
    assert Template.objects.filter(aside=None).count() == 1
    assert office.call("DELETE", path).status_code == 204
    assert not Template.objects.filter(aside=None).exists()
    for method in ("GET", "DELETE"):
        assert office.call(method, "/papers/letter/template").status_code == 404
    assert program(city.people["leader"]).call("DELETE", path).status_code == 403


# --- progress by workbook ---------------------------------------------------------------------------------------------


def test_progress_is_checked_and_then_reported(city: City, case: Case) -> None:
    liaison = program(city.people["liaison"])
    take(case, Act.SIGN, city.people["liaison"], seen=3)
    data = liaison.get("/progress-workbook").content
    filled = fill(data, {"K4": 600, "L4": "已新增600张", "M4": 40})
    brought = liaison.post("/progress", {"file": SimpleUploadedFile("填报.xlsx", filled)}, key="b")
    assert brought.status_code == 201, brought.content.decode()
    check = brought.json()
    assert (check["ready"], check["applied"], check["count"]) == (1, None, 0)
    assert [(one["case"], one["outcome"]) for one in check["entries"]] == [(case.key, "ready")]
    assert cases.events_of(case)[-1].act is Act.SIGN, "a check reports nothing"
    path = f"/progress/{check['id']}"
    assert liaison.get(path).json() == check
    assert liaison.post(f"{path}/apply", {"ready": 2}).status_code == 409
    done = liaison.post(f"{path}/apply", {"ready": 1}, key="a")
    assert (done.status_code, done.json()["count"]) == (200, 1)
    assert liaison.post(f"{path}/apply", {"ready": 1}, key="a").json() == done.json()
    assert liaison.post(f"{path}/apply", {"ready": 1}).status_code == 422
    assert cases.events_of(case)[-1].details.percent == 40
    assert program(city.people["head"]).get(path).status_code == 404, "it is whose it is"


def test_what_is_no_workbook_of_progress_is_not_kept(city: City) -> None:
    liaison = program(city.people["liaison"])
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    for name, data in (("a.xlsx", stream.getvalue()), ("a.xlsx", b"x"), ("a.pdf", PDF)):
        assert liaison.post("/progress", {"file": SimpleUploadedFile(name, data)}).status_code == 422
    assert not ProgressBook.objects.exists()


# --- alike ------------------------------------------------------------------------------------------------------------


def test_these_lists_ask_the_database_a_bounded_number_of_times(world: World) -> None:
    office = program(world.city.people["office"])
    for _ in range(3):
        registered(world.city)
        form(office, "/submissions", typed(file=[paper("a.pdf")]))
    office.post("/publications", {"cases": [world.own.key], "parts": []})
    for path, most in (("/submissions", 6), ("/unrouted", 6), ("/publications", 5), ("/board", 12)):
        with CaptureQueriesContext(connection) as asked:
            assert office.get(path).status_code == 200
        assert len(asked) <= most, f"{path}: {[each['sql'][:90] for each in asked]}"


def test_a_session_opens_none_of_it(client: Client, city: City) -> None:
    city.sign_in(client, "office")
    for path in ("/submissions", "/board", "/publications", "/papers/circular"):
        assert client.get(f"/api/v1{path}").status_code == 401
