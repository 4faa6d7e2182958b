"""The HTTP API: everything that the screens do, by tokens that allow no more than the posts behind them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duban.supervision.audit_log import read_log
from duban.supervision.chain import verify_chain
from duban.supervision.model import Act
from duban.web.access import Role, acts
from duban.web.api import structs
from duban.web.api.app import Api, api, document
from duban.web.api.models import FirstAnswer
from duban.web.api.reference import groups
from duban.web.api.service import forget_old
from duban.web.cases import service as cases
from duban.web.cases.models import Case, CaseEvent
from duban.web.organisation.models import Membership
from duban.web.organisation.service import relieve, standing_of, today
from duban.web.reports.models import Commitment, Report
from duban.web.tokens import service as tokens
from duban.web.tokens.scopes import scope_of, scopes
from tests.web import reports
from tests.web.programs import ALL, Program, program
from tests.web.test_access import WANTED, World, world
from tests.web.test_cases import PDF, handed, take
from tests.web.test_intake import registered
from tests.web.test_roster import GOOD, workbook
from tools.api import PAGE, page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.city import City

__all__ = ["world"]  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def office_program(city: City) -> Program:
    return program(city.people["office"])


@pytest.fixture
def case(city: City) -> Case:
    return handed(city)


def paper(name: str = "验收.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF)


# --- who asks ---------------------------------------------------------------------------------------------------------


def test_a_token_says_whose_it_is_and_what_it_allows(city: City) -> None:
    answer = program(city.people["liaison"], ["read:cases", "read:log"]).get("/whoami").json()
    assert answer["username"] == "liaison"
    assert [post["unit"] for post in answer["posts"]] == ["city/education"]
    assert answer["token"]["scopes"] == ["read:cases", "read:log"]
    assert answer["acts"] == ["task.see"], "a liaison may not export the log, whatever the token says"


def test_a_token_is_kept_as_a_hash_alone(city: City) -> None:
    made = program(city.people["office"])
    kept = str(tokens.Token.objects.filter(pk=made.token.pk).values().get())
    assert made.text not in kept
    assert made.text[20:] not in kept


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer duban_", "Basic x", "Bearer duban_" + "a" * 54, "Bearer é", "令牌"],
)
def test_without_a_token_there_is_no_answer(case: Case, header: str) -> None:
    answer = Client().get(f"/api/v1/cases/{case.key}", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["todo"]


def test_a_session_opens_nothing(client: Client, city: City, case: Case) -> None:
    city.sign_in(client, "office")
    assert client.get("/api/v1/cases").status_code == 401
    assert client.post(f"/api/v1/cases/{case.key}/notes", {}).status_code == 401


def test_a_token_ends_by_its_day_by_hand_and_with_the_account(city: City) -> None:
    for end in (
        lambda one: tokens.Token.objects.filter(pk=one.token.pk).update(expires=timezone.now()),
        lambda one: tokens.revoke(one.token, by=city.people["office"]),
        lambda _one: type(city.people["office"]).objects.filter(username="office").update(is_active=False),
    ):
        one = program(city.people["office"])
        assert one.get("/whoami").status_code == 200
        end(one)
        assert one.get("/whoami").status_code == 401


def test_a_post_that_has_ended_opens_nothing(city: City, case: Case) -> None:
    one = program(city.people["office"])
    relieve(Membership.objects.get(user=city.people["office"]), today())
    answer = one.get("/cases")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:duban:problem:forbidden")


def test_a_service_acts_in_its_post_whoever_holds_it(city: City, case: Case) -> None:
    made = tokens.make_for_service(
        city.posts["liaison"], name="教育云", scopes_=ALL, days=30, by=city.people["administrator"]
    )
    one = Program(made.token, made.text)
    relieve(Membership.objects.get(user=city.people["liaison"]), today())
    assert one.post(f"/cases/{case.key}/acts/sign", {"seen": 3}).status_code == 201
    event = cases.events_of(case)[-1]
    assert (event.actor.post, event.actor.unit) == (f"post/{city.posts['liaison'].pk}", "city/education")
    assert event.actor.person == made.token.owner.username
    assert not made.token.owner.has_usable_password()
    city.posts["liaison"].unit.dissolved = today()
    city.posts["liaison"].unit.save()
    assert one.get("/cases").status_code == 403


def test_a_token_asks_only_so_often_in_a_minute(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, api_rate=3))
    one, now = program(city.people["office"]), timezone.now().replace(second=30)
    for _ in range(3):
        assert tokens.caller_of(one.text, now)
    with pytest.raises(tokens.TooManyError) as told:
        tokens.caller_of(one.text, now)
    assert told.value.wait == 30
    assert tokens.caller_of(one.text, now + timedelta(minutes=1))
    tokens.Token.objects.update(minute=int(timezone.now().timestamp()) // 60, used=3)
    answer = one.get("/whoami")
    assert (answer.status_code, answer.json()["type"]) == (429, "urn:duban:problem:too-many")
    assert 0 < int(answer["Retry-After"]) <= 60


# --- role × operation × scope -----------------------------------------------------------------------------------------

OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1"), said["x-act"])
    for path, methods in document()["paths"].items()
    for method, said in methods.items()
    if "x-act" in said
]


def appeal_of(city: City, unit: str) -> Case:
    """An appeal that was registered and handed over to a unit."""
    office = city.people["office"]
    route = cases.Route(lead=city.units[unit])
    return cases.routed(registered(city).pk, route, by=office, standing=standing_of(office))


def filled(path: str, world: World, case: Case, mine: Any) -> str:
    """The path with what it is about put in."""
    kept = case.files.first()
    ids: dict[str, Any] = {
        "{key}": case.key,
        "{act}": "report",
        "{delivery}": 1,
        "/reports/{id}": f"/reports/{world.report.pk}",
        "/commitments/{id}": f"/commitments/{Commitment.objects.filter(state='open')[0].pk}",
        "/files/{id}": f"/files/{kept.file_id if kept else 0}",
        "/units/{id}": f"/units/{world.city.units['health'].pk}",
        "/webhooks/{id}": f"/webhooks/{mine}",
        "/progress/{id}": f"/progress/{mine}",
        "/proposals/{id}": f"/proposals/{mine}",
        "/submissions/{id}": f"/submissions/{world.submission.pk}",
        "/files/{file}": f"/files/{world.submission.files.get().file_id}",
        "{paper}": "circular",
    }
    for name, value in ids.items():
        path = path.replace(name, str(value))
    return path


def test_every_scope_is_asked_for_and_every_act_has_one_or_none() -> None:
    asked = {act for _, _, act in OPERATIONS}
    assert asked == {act for scope in scopes().values() for act in scope.acts}
    assert asked <= set(acts())
    people = {"account.manage", "signin.see", "token.use", "token.manage"}
    assert set(acts()) - asked == people, "no token makes tokens or accounts"


NONE_YET = ("webhooks/{id}", "progress/{id}", "proposals/{id}")
"""What nobody has made in this world."""
OF_THE_RECEIVED = ("{key}/submission", "{key}/applicant")
"""What only a case has that was received as something."""


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_token_may_what_its_scopes_and_the_posts_behind_it_may(world: World, role: str) -> None:
    whole = program(world.city.people[role])
    received = [appeal_of(world.city, unit) for unit in ("education", "housing")]
    for method, path, act in OPERATIONS:
        lacking = program(world.city.people[role], [scope for scope in ALL if scope != scope_of(act)])
        own, other = received if path.endswith(OF_THE_RECEIVED) else (world.own, world.other)
        for case, theirs in ((own, True), (other, False)):
            wanted = WANTED[act][role]
            may = wanted == "all" or (wanted == "own" and (theirs or "{key}" not in path))
            where = filled(path, world, case, 1)
            told = f"{role} {method} {where}"
            assert lacking.call(method, where, {} if method != "GET" else None).status_code == 403, told
            status = whole.call(method, where, {} if method != "GET" else None).status_code
            if may and not any(part in path for part in NONE_YET):
                assert status in {200, 201, 204, 422}, (told, status)
            elif may:
                assert status in {404, 422}, (told, status)  # there is none yet
            else:
                hidden = wanted == "own" and WANTED["task.see"][role] != "all"
                assert status == (404 if hidden else 403), (told, status)
        tokens.revoke(lacking.token, by=world.city.people[role])


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_becomes_cases(city: City, office_program: Program) -> None:
    one = office_program
    brought = one.post("/reports", {"file": reports.upload(), "year": 2026})
    assert brought.status_code == 201, brought.content.decode()
    report = brought.json()
    assert report["counts"] == {"open": 6}
    found = one.get(f"/reports/{report['id']}/commitments").json()["items"]
    assert all(report["text"][each["start"] : each["end"]] == each["quote"] for each in found)
    first, second, third, *_ = found
    accepted = one.post(f"/commitments/{first['id']}/accept", {"version": 1}).json()["items"][0]
    assert (accepted["state"], accepted["version"]) == ("accepted", 2)
    edited = one.post(f"/commitments/{first['id']}/edit", {"version": 2, "wording": "新增养老床位"})
    assert edited.json()["items"][0]["wording"] == "新增养老床位"
    dropped = one.post(f"/commitments/{second['id']}/drop", {"version": 1, "reason": "另有安排"})
    assert dropped.json()["items"][0]["state"] == "dropped"
    assert one.post(f"/commitments/{second['id']}/reopen", {"version": 2}).status_code == 200
    merged = one.post(
        f"/commitments/{second['id']}/merge", {"version": 3, "other": third["id"], "other_version": 1}
    ).json()["items"][0]
    assert merged["origin"] == "merge"
    comma = report["text"].index("，", report["text"].index("市级重点项目"))
    whole = next(each for each in found if each["start"] <= comma < each["end"])
    cut = one.post(f"/commitments/{whole['id']}/split", {"version": 1, "at": [comma + 1]})
    assert len(cut.json()["items"]) == 2
    handed_over = one.post(
        f"/commitments/{first['id']}/hand-over",
        {"lead": "city/education", "co": ["city/health"], "result_form": "名册", "due": "2027-11-30"},
    )
    assert handed_over.status_code == 201, handed_over.content.decode()
    key = handed_over.json()["key"]
    assert one.get(f"/commitments/{first['id']}").json()["case"] == key
    whole_case = one.get(f"/cases/{key}").json()
    assert (whole_case["title"], whole_case["co"]) == ("新增养老床位", ["city/health"])
    assert b"".join(one.get(f"/reports/{report['id']}/file").streaming_content).decode() == reports.TEXT
    assert [each["id"] for each in one.get("/reports").json()["items"]] == [report["id"]]


def test_a_report_is_brought_once(office_program: Program) -> None:
    office_program.post("/reports", {"file": reports.upload()})
    answer = office_program.post("/reports", {"file": reports.upload()})
    assert answer.status_code == 422
    assert answer.json()["todo"]
    assert Report.objects.count() == 1


def test_who_decides_on_an_older_commitment_is_told(city: City, office_program: Program) -> None:
    report = reports.bring(city.people["office"])
    pk = Commitment.objects.filter(report=report)[0].pk
    assert office_program.post(f"/commitments/{pk}/accept", {"version": 1}).status_code == 200
    answer = office_program.post(f"/commitments/{pk}/drop", {"version": 1, "reason": "x"})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:duban:problem:conflict")


# --- cases ------------------------------------------------------------------------------------------------------------


def test_a_case_is_answered_in_one_place_with_evidence(city: City, case: Case) -> None:
    liaison, office = program(city.people["liaison"]), program(city.people["office"])
    assert next(each["act"] for each in liaison.get(f"/cases/{case.key}/acts").json()) == "sign"
    assert liaison.post(f"/cases/{case.key}/acts/sign", {"seen": 3}).json()["stage"] == "under_way"
    file = liaison.post("/evidence", {"file": paper()}).json()
    said = {
        "seen": 4,
        "details": {"text": "已新增600张", "values": [{"target": "t1", "value": "600", "day": "2026-11-26"}]},
        "evidence": [{"kind": "document", "file": file["id"]}],
    }
    done = liaison.post(f"/cases/{case.key}/acts/report", said)
    assert done.status_code == 201, done.content.decode()
    seen = office.get(f"/cases/{case.key}").json()
    assert seen["seq"] == done.json()["seq"] == 5
    assert {light["dimension"] for light in seen["lights"]} >= {"signed", "due"}
    assert all(light["reasons"][0]["text"] for light in seen["lights"] if light["reasons"])
    assert seen["clocks"][0]["norm"]["current_due"]
    assert [each["sha256"] for each in seen["files"]] == [file["sha256"]]
    got = office.get(f"/cases/{case.key}/files/{file['id']}")
    assert b"".join(got.streaming_content) == PDF
    events = office.get(f"/cases/{case.key}/events?after=3").json()
    assert [event["act"] for event in events["items"]] == ["sign", "report"]
    assert events["items"][1]["prev"] == events["items"][0]["hash"]


def test_another_persons_file_is_no_evidence(city: City, case: Case) -> None:
    theirs = program(city.people["other_liaison"]).post("/evidence", {"file": paper()}).json()
    liaison = program(city.people["liaison"])
    liaison.post(f"/cases/{case.key}/acts/sign", {"seen": 3})
    for evidence in ({"file": theirs["id"]}, {"file": 10**9}, {"ref": f"file/{theirs['id']}"}, {}):
        said = {"seen": 4, "details": {"text": "x"}, "evidence": [{"kind": "document", **evidence}]}
        assert liaison.post(f"/cases/{case.key}/acts/report", said).status_code == 422
    assert cases.events_of(case)[-1].seq == 4


def test_who_looked_at_something_older_is_told_what_happened(city: City, case: Case) -> None:
    take(case, Act.SIGN, city.people["liaison"], seen=3)
    answer = program(city.people["head"]).post(f"/cases/{case.key}/acts/sign", {"seen": 3})
    assert answer.status_code == 409
    problem = answer.json()
    assert [(one["seq"], one["act"], one["person"]) for one in problem["meanwhile"]] == [
        (4, "sign", "liaison")
    ]
    assert "签收" in problem["detail"]
    assert CaseEvent.objects.count() == 4


def test_the_rules_refuse_in_their_own_words(city: City, case: Case) -> None:
    answer = program(city.people["liaison"]).post(
        f"/cases/{case.key}/acts/close", {"seen": 3, "details": {"result": "done"}}
    )
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:duban:problem:refused")
    english = program(city.people["liaison"]).post(
        f"/cases/{case.key}/acts/close", {"seen": 3}, **{"Accept-Language": "en"}
    )
    assert "办结" in answer.json()["what"]
    assert "办结" not in english.json()["what"]


def test_what_is_said_with_an_act_is_checked_by_its_schema(city: City, case: Case) -> None:
    liaison = program(city.people["liaison"])
    bodies: tuple[Any, ...] = (
        {"seen": 3, "details": {"percent": "many"}},
        {"seen": 3, "details": {"no_such": 1}},
        {"seen": 3, "no_such": 1},
        {"seen": -1},
        {},
        [],
        "x",
    )
    for body in bodies:
        answer = liaison.post(f"/cases/{case.key}/acts/sign", body)
        assert answer.status_code == 422, body
        assert answer.json()["detail"]
    assert liaison.post(f"/cases/{case.key}/acts/dance", {"seen": 3}).status_code == 422
    assert liaison.post(f"/cases/{case.key}/acts/note", {"details": {"text": "x"}}).status_code == 422


def test_a_note_disturbs_nobody_and_takes_no_other_act(city: City, case: Case) -> None:
    leader = program(city.people["leader"])
    assert leader.post(f"/cases/{case.key}/notes", {"details": {"text": "抓紧"}}).status_code == 201
    assert leader.post(f"/cases/{case.key}/notes", {"details": {"text": " "}}).status_code == 422
    assert leader.post(f"/cases/{case.key}/acts/sign", {"seen": 3}).status_code == 403
    assert (
        program(city.people["liaison"]).post(f"/cases/{case.key}/acts/sign", {"seen": 3}).status_code == 201
    )


def test_a_list_is_paged_filtered_and_shows_only_what_is_theirs(world: World) -> None:
    office = program(world.city.people["office"])
    first = office.get("/cases?limit=1").json()
    second = office.get(f"/cases?limit=1&cursor={first['next']}").json()
    assert [page["items"][0]["key"] for page in (first, second)] == [world.own.key, world.other.key]
    assert second["next"] is None
    own, other = world.own.key, world.other.key
    for query, wanted in (
        ("pile=to_sign", [own, other]),
        ("stage=closed", []),
        ("unit=city/education", [own]),
        ("unit=nobody", []),
        (f"report={world.report.pk}", [own, other]),
        ("report=999999", []),
        (f"q={own}", [own]),
        ("due_before=2026-01-01", []),
        ("due_before=2030-01-01&light=grey", None),
        ("work_type=petition", []),
    ):
        answer = office.get(f"/cases?{query}")
        assert answer.status_code == 200, query
        if wanted is not None:
            assert [each["key"] for each in answer.json()["items"]] == wanted, query
    assert [each["key"] for each in program(world.city.people["head"]).get("/cases").json()["items"]] == [own]
    for query in (
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=%00",
        "cursor=!",
        "cursor=eA==",
        "pile=x",
        "stage=x",
    ):
        assert office.get(f"/cases?{query}").status_code == 422 or "%00" in query, query


def test_a_list_asks_the_database_a_bounded_number_of_times(world: World) -> None:
    office = program(world.city.people["office"])
    for path, most in (
        ("/cases", 5),
        (f"/reports/{world.report.pk}/commitments", 7),
        ("/units", 5),
        ("/posts", 6),
        ("/memberships", 5),
        ("/reports", 5),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert office.get(path).status_code == 200
        assert len(asked) <= most, f"{path}: {[each['sql'][:90] for each in asked]}"


# --- units and the log ------------------------------------------------------------------------------------------------


def test_units_posts_and_who_holds_them(city: City, office_program: Program) -> None:
    units = office_program.get("/units?limit=200").json()["items"]
    assert {"city/education", "city/health"} <= {unit["key"] for unit in units}
    unit = next(unit for unit in units if unit["key"] == "city/education")
    assert office_program.get(f"/units/{unit['id']}").json() == unit
    posts = office_program.get(f"/posts?unit={unit['id']}").json()["items"]
    assert [post["role"] for post in posts] == ["head", "liaison"]
    held = office_program.get(f"/memberships?post={posts[0]['id']}").json()["items"]
    assert [one["username"] for one in held] == ["head"]
    assert office_program.get("/memberships?on=2020-01-01").json()["items"] == []


def test_a_workbook_is_checked_and_then_taken_over(
    city: City, office_program: Program, tmp_path: Path
) -> None:
    content = workbook(GOOD).read()
    checked = office_program.post("/roster", {"file": SimpleUploadedFile("u.xlsx", content)}).json()
    assert not checked["applied"]
    assert checked["changes"]
    taken = office_program.post(
        "/roster", {"file": SimpleUploadedFile("u.xlsx", content), "apply": "true"}
    ).json()
    assert taken["applied"]
    assert all(account["password"] for account in taken["accounts"])


def test_the_log_is_proven_from_outside(city: City, case: Case, tmp_path: Path) -> None:
    answer = program(city.people["auditor"]).get("/log")
    assert answer["Content-Type"] == "application/x-ndjson"
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(answer.streaming_content))
    assert len(list(read_log(file))) == 3
    assert not verify_chain(read_log(file))
    file.write_bytes(file.read_bytes().replace("床位名册".encode(), "床位清单".encode(), 1))
    assert verify_chain(read_log(file))


# --- once -------------------------------------------------------------------------------------------------------------


def test_a_repetition_gets_the_first_answer_and_does_nothing(city: City, case: Case) -> None:
    liaison, path = program(city.people["liaison"]), f"/cases/{case.key}/acts/sign"
    first = liaison.post(path, {"seen": 3}, key="a-1")
    again = liaison.post(path, {"seen": 3}, key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert CaseEvent.objects.filter(act="sign").count() == 1
    other = liaison.post(f"/cases/{case.key}/notes", {"details": {"text": "x"}}, key="a-1")
    assert (other.status_code, other.json()["where"]) == (422, "Idempotency-Key")
    assert program(city.people["head"]).post(path, {"seen": 3}, key="a-1").status_code == 409, (
        "keys are a token's own"
    )


def test_what_failed_may_go_when_it_is_repeated(city: City, case: Case) -> None:
    liaison = program(city.people["liaison"])
    said = {"seen": 4, "details": {"text": "进展"}}
    assert liaison.post(f"/cases/{case.key}/acts/report", said, key="b").status_code == 422
    assert not FirstAnswer.objects.exists()
    liaison.post(f"/cases/{case.key}/acts/sign", {"seen": 3})
    assert liaison.post(f"/cases/{case.key}/acts/report", said, key="b").status_code == 201


def test_a_file_that_is_sent_twice_is_kept_once(city: City, office_program: Program) -> None:
    first = office_program.post("/evidence", {"file": paper()}, key="c").json()
    assert office_program.post("/evidence", {"file": paper()}, key="c").json() == first
    changed = {"file": SimpleUploadedFile("验收.pdf", PDF + b"x")}
    assert office_program.post("/evidence", changed, key="c").status_code == 422


@pytest.mark.parametrize("key", ["x" * 256, "a b", "键"])
def test_a_key_that_cannot_be_one_is_refused(city: City, case: Case, key: str) -> None:
    answer = program(city.people["liaison"]).post(f"/cases/{case.key}/acts/sign", {"seen": 3}, key=key)
    assert answer.status_code == 422
    assert CaseEvent.objects.count() == 3


def test_first_answers_are_forgotten_after_a_week(city: City, case: Case) -> None:
    program(city.people["liaison"]).post(f"/cases/{case.key}/acts/sign", {"seen": 3}, key="d")
    assert forget_old(timezone.now() + timedelta(days=6)) == 0
    assert forget_old(timezone.now() + timedelta(days=8)) == 1


# --- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/no-such", None, 404),
        ("GET", "/cases/2026-99999", None, 404),
        ("GET", "/cases/%00", None, 422),
        ("GET", "/reports/0", None, 422),
        ("GET", "/reports/99999999999999999999", None, 422),
        ("GET", "/cases?q=%00", None, 400),
        ("GET", "/cases?due_before=9999-12-31", None, 200),
        ("DELETE", "/cases", None, 405),
        ("POST", "/webhooks", {"name": "a\0b", "url": "https://x.example"}, 400),
        ("POST", "/webhooks", {"name": "\ud800", "url": "https://x.example"}, 400),
        ("POST", "/webhooks", {"name": "x", "url": "https://x.example", "units": ["nobody"]}, 422),
        ("POST", "/webhooks", {"name": "x", "url": "https://x.example", "acts": ["dance"]}, 422),
        ("POST", "/webhooks", {"name": "x", "url": "http://x.example"}, 422),
        ("POST", "/webhooks", {"name": "x", "url": "https://127.0.0.1/"}, 422),
    ],
)
def test_what_goes_wrong_is_a_problem_of_rfc_9457(
    office_program: Program, method: str, path: str, body: Any, status: int
) -> None:
    answer = office_program.call(method, path, body)
    assert answer.status_code == status, answer.content
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["type"].startswith("urn:duban:problem:")
        assert problem["detail"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"seen": NaN}', b'{"seen": 1e999}']
)
def test_a_body_that_cannot_be_read_is_told_of(city: City, case: Case, content: bytes) -> None:
    one = program(city.people["liaison"])
    answer = one.client.generic(
        "POST",
        f"/api/v1/cases/{case.key}/acts/sign",
        content,
        content_type="application/json",
        headers={"Authorization": f"Bearer {one.text}"},
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_our_own_mistake_is_told_without_its_inside(
    office_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("duban.web.organisation.service.units", broken)
    office_program.client.raise_request_exception = False
    answer = office_program.get("/units")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/units", "application/problem+json"), ("/units/", "text/html")]
)
def test_a_database_that_is_away_is_told_of_with_when_to_ask_again(
    client: Client, city: City, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    from django.db import OperationalError

    def away(*_args: object) -> None:
        raise OperationalError("the server closed the connection")

    one = program(city.people["office"])
    monkeypatch.setattr("duban.web.organisation.service.units", away)
    city.sign_in(client, "office")
    client.raise_request_exception = False
    answer = client.get(path, headers={"Authorization": f"Bearer {one.text}"})
    assert answer.status_code == 503
    assert answer["Content-Type"].startswith(kind)
    assert int(answer["Retry-After"]) > 0


# --- what it says of itself -------------------------------------------------------------------------------------------


def test_the_document_and_the_page_need_no_token_and_no_script(client: Client, db: None) -> None:
    said = client.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said == json.loads(json.dumps(document()))
    page = client.get("/api/v1/docs").content.decode()
    for group in groups(said):
        for operation in group.operations:
            assert f"{operation.method} {operation.path}" in page


def test_every_reference_of_the_document_leads_somewhere() -> None:
    said = document()

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [found for each in value.values() for found in references(each)]
        return [found for each in value for found in references(each)] if isinstance(value, list) else []

    known = {f"#/components/schemas/{name}" for name in said["components"]["schemas"]}
    assert set(references(said)) <= known
    ids = [each["operationId"] for path in said["paths"].values() for each in path.values()]
    assert len(ids) == len(set(ids))


def test_the_page_of_the_documentation_says_the_same() -> None:
    """After a change: make api."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_no_name_stands_for_two_things() -> None:
    """Pydantic's schemas and msgspec's share the names of the enumerations, and nothing else."""
    ours = Api.get_openapi_schema(api, path_prefix="/api/v1/")["components"]["schemas"]
    theirs = structs.components()
    for name in set(ours) & set(theirs):
        assert ours[name].get("enum") == sorted(theirs[name]["enum"], key=ours[name]["enum"].index), name


def test_health_asks_for_no_token(client: Client, db: None) -> None:
    answer = client.get("/api/v1/health")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
