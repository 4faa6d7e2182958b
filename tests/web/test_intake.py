"""Appeals, petitions and proposals: taken in as they came, routed, answered, rated; who asked is nobody else's affair."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duban.errors import InputError
from duban.supervision import Act, Details, Satisfaction, Stage, official_calendar, replay
from duban.supervision import rates as counted
from duban.supervision import work_type as rules
from duban.web.base.problems import ConflictError
from duban.web.cases import service as cases
from duban.web.cases.models import Case, CaseEvent
from duban.web.intake import service
from duban.web.intake.likeness import share
from duban.web.intake.models import Attempt, Batch, Submission
from duban.web.organisation.service import standing_of
from tests.web.programs import program
from tests.web.test_cases import PDF, paper

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.city import City

pytestmark = pytest.mark.django_db

SECRET = "赵钱孙 13800000000"
WHO = "澜川晨晖新材料有限公司"


def received(work_type: str = "appeal", days: int = 0, **more: Any) -> service.Received:
    fields = {
        "title": "三号路夜间限行影响进厂",
        "applicant": WHO,
        "contact": SECRET,
        "channel": "paper",
        "text": "请协调。",
    }
    at = timezone.now() - timedelta(days=days)
    return service.Received(work_type=work_type, received=at, **(fields | more))


def registered(city: City, work_type: str = "appeal", days: int = 0, kind: str = "", **more: Any) -> Case:
    office = city.people["office"]
    submission = service.take_in(received(work_type, days, **more), by=office)
    return service.register(
        submission.pk, title=submission.title, kind=kind, by=office, standing=standing_of(office)
    )


def routed(city: City, case: Case, lead: str = "education", *co: str) -> Case:
    office = city.people["office"]
    route = cases.Route(
        lead=city.units[lead],
        co=[city.units[key] for key in co],
        result_form="书面答复",
        due=None if case.work_type != "inspection" else timezone.localdate() + timedelta(days=30),
    )
    return cases.routed(case.pk, route, by=office, standing=standing_of(office))


def take(city: City, case: Case, act: str, who: str, **said: Any) -> Case:
    person = city.people[who]
    saying = cases.Saying(
        details=Details(**said.pop("details", {})), reason=said.pop("reason", ""), files=said.pop("files", ())
    )
    return cases.take(case.pk, Act(act), saying, by=person, standing=standing_of(person), seen=None)


def answered(city: City, case: Case, result: str = "solved") -> Case:
    """Signed for, answered by the head, looked at and closed by two of the office."""
    take(city, case, "sign", "liaison")
    take(city, case, "claim", "head", details={"text": "已放行。", "result": result}, files=[paper()])
    take(city, case, "verify", "office", files=[paper("核查.pdf")])
    return take(city, case, "close", "office_2", details={"result": result})


# --- taking in --------------------------------------------------------------------------------------------------------


def test_a_case_is_as_old_as_the_paper_and_its_events_do_not_say_who_asked(city: City) -> None:
    case = registered(city, days=9, kind="complaint")
    (event,) = cases.events_of(case)
    assert case.registered == timezone.localdate() - timedelta(days=9)
    assert event.at.date() < event.recorded.date()
    assert (event.details.kind, event.details.title) == ("complaint", "三号路夜间限行影响进厂")
    submission = Submission.objects.get()
    assert event.details.applicant == submission.reference
    assert submission.case == case
    kept = str(list(CaseEvent.objects.values_list("record", flat=True))) + str(case.state)
    assert WHO not in kept
    assert SECRET not in kept
    assert "请协调" not in kept


@pytest.mark.parametrize("work_type", service.KINDS_OF_WORK)
def test_every_sort_goes_from_intake_to_an_answer(city: City, work_type: str) -> None:
    case = registered(city, work_type, days=2)
    if work_type == "petition":
        with pytest.raises(cases.RefusedError):
            routed(city, case)
        assert not cases.unrouted().exists()
        take(city, case, "accept", "office")
    assert cases.unrouted().get() == case
    routed(city, case)
    result = next(iter(rules(work_type, on=case.registered).results))
    closed = answered(city, case, result)
    assert closed.stage == Stage.CLOSED
    assert not cases.unrouted().exists()


def test_the_term_of_a_petition_counts_from_the_day_it_came(city: City) -> None:
    case = registered(city, "petition", days=20)
    assert case.light == "red"  # 15 days to accept it are over


def test_what_is_given_back_is_to_be_routed_again(city: City) -> None:
    case = routed(city, registered(city))
    take(city, case, "refuse", "head", reason="不属本局职责")
    refusal = cases.events_of(case)[-1].seq
    take(city, case, "grant_refusal", "office", details={"answers": refusal})
    assert cases.unrouted().get() == case
    case = routed(city, case, "health")
    assert (case.stage, case.lead) == (Stage.HANDED_OVER, city.units["health"])


def test_declining_needs_a_reason_and_happens_once(city: City) -> None:
    office = city.people["office"]
    submission = service.take_in(received(), by=office)
    with pytest.raises(InputError):
        service.decline(submission.pk, reason=" ", by=office)
    service.decline(submission.pk, reason="属民事纠纷", by=office)
    with pytest.raises(ConflictError):
        service.register(submission.pk, title="x", kind="", by=office, standing=standing_of(office))
    assert not Case.objects.exists()


def test_only_the_office_registers(city: City) -> None:
    submission = service.take_in(received(), by=city.people["office"])
    head = city.people["head"]
    with pytest.raises(cases.RefusedError):
        service.register(submission.pk, title="x", kind="", by=head, standing=standing_of(head))
    assert Submission.objects.get().state == "waiting"


def test_a_number_of_a_session_is_there_once(city: City) -> None:
    office = city.people["office"]
    service.take_in(received("proposal", number="012", session="三次会议"), by=office)
    service.take_in(received("proposal", number="012", session="四次会议"), by=office)
    with pytest.raises(InputError, match="012"):
        service.take_in(received("proposal", number="012", session="三次会议"), by=office)


@pytest.mark.parametrize(
    ("title", "applicant", "found"),
    [
        ("三号路夜间限行影响原料进厂", "另一家公司", True),
        ("申请技术改造补助", WHO, True),
        ("申请技术改造补助", "另一家公司", False),
        ("", "", False),
    ],
)
def test_what_may_be_the_same_is_shown(city: City, title: str, applicant: str, found: bool) -> None:
    office = city.people["office"]
    service.take_in(received(), by=office)
    other = service.take_in(received(title=title, text="", applicant=applicant), by=office)
    assert bool(service.similar(other)) is found


def test_nothing_has_nothing_in_common_with_nothing() -> None:
    assert share(frozenset(), frozenset()) == 0


def test_nothing_was_received_tomorrow(city: City, office: Client) -> None:
    with pytest.raises(InputError):
        service.take_in(received(days=-1), by=city.people["office"])
    day = timezone.localdate() + timedelta(days=1)
    answer = office.post(
        "/instructions/new/", {"title": "x", "received": day.isoformat(), "channel": "paper"}
    )
    assert answer.status_code == 422
    assert not Submission.objects.exists()


# --- who sees who asked -----------------------------------------------------------------------------------------------

SEES_CONTACT = {"office", "office_2", "head", "liaison"}
SEES_CASE = SEES_CONTACT | {"leader", "auditor", "other_head", "other_liaison"}
EVERYBODY = SEES_CASE | {"administrator", "nobody"}


@pytest.mark.parametrize("work_type", ["appeal", "petition", "proposal"])
def test_who_asked_is_seen_by_those_who_answer(client: Client, city: City, work_type: str) -> None:
    """The health commission is a co-unit: it gives its opinion and need not know whom to call."""
    case = registered(city, work_type)
    if work_type == "petition":
        take(city, case, "accept", "office")
    routed(city, case, "education", "health")
    for who in sorted(EVERYBODY):
        city.sign_in(client, who)
        page = client.get(f"/tasks/{case.key}/")
        text = page.content.decode()
        assert (page.status_code == 200) is (who in SEES_CASE), who
        assert (SECRET in text) is (who in SEES_CONTACT), who
        named = who in SEES_CONTACT or (work_type == "proposal" and who in SEES_CASE)
        assert (WHO in text) is named, who
        listed = client.get(f"/{work_type}s/").content.decode()
        assert SECRET not in listed
        assert (WHO in listed) is (work_type == "proposal" and who in SEES_CASE), who


def test_a_co_unit_gives_its_opinion_and_the_page_says_who_has_not(client: Client, city: City) -> None:
    case = routed(city, registered(city, "proposal"), "education", "health", "housing")
    city.sign_in(client, "other_liaison")
    assert list(client.get("/received/").context["opinions"]) == [case]
    seen = Case.objects.get(pk=case.pk).seq
    answer = client.post(f"/tasks/{case.key}/act/co_opinion/", {"seen": seen, "text": "同意试点。"})
    assert answer.status_code == 302
    page = client.get(f"/tasks/{case.key}/").content.decode()
    assert "同意试点" in page
    assert page.count("待会办") == 1
    assert page.count("已会办") == 1
    assert not client.get("/received/").context["opinions"]
    assert client.post(f"/tasks/{case.key}/act/claim/", {"seen": seen + 1}).status_code in {403, 422}


def test_the_office_enters_what_they_think_and_what_became_of_a_promise(office: Client, city: City) -> None:
    case = answered(city, routed(city, registered(city, "proposal"), "education"), "B")
    for act, fields in (
        ("rate", {"satisfaction": "basically", "text": "电话回访"}),
        ("follow_up", {"text": "已全部建成", "result": "A"}),
    ):
        seen = Case.objects.get(pk=case.pk).seq
        answer = office.post(f"/tasks/{case.key}/act/{act}/", {"seen": seen, **fields})
        assert answer.status_code == 302, act
    case.refresh_from_db()
    assert case.state["satisfaction"] == "basically"
    assert (case.state["result"], case.state["solved"]) == ("A", True)
    page = office.get(f"/tasks/{case.key}/").content.decode()
    assert "基本满意" in page
    assert "已经解决或基本解决" in page


# --- the office's screens ---------------------------------------------------------------------------------------------


def test_the_office_takes_in_registers_and_hands_over(office: Client, city: City) -> None:
    fields = {
        "title": "增设托位",
        "text": "<script>alert(1)</script>幼儿园托位不足",
        "applicant": "<img src=x onerror=alert(1)>",
        "contact": SECRET,
        "kind": "suggestion",
        "channel": "paper",
        "received": "2026-03-02",
        "number": "7",
        "session": "三次会议",
        "papers": [SimpleUploadedFile('"><script>x</script>.pdf', PDF)],
    }
    answer = office.post("/proposals/new/", fields)
    assert answer.status_code == 302, answer.content.decode()
    page = office.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    submission = Submission.objects.get()
    assert timezone.localdate(submission.received) == date(2026, 3, 2)
    answer = office.post(
        f"/received/{submission.pk}/register/", {"title": "增设托位的建议", "kind": "suggestion"}
    )
    case = Case.objects.get()
    assert answer["Location"] == f"/tasks/{case.key}/"
    page = office.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "教育局" in page  # suggested by what they wrote
    assert case.files.count() == 1
    board = office.get(f"/received/hand-over/?case={case.key}")
    assert board.context["rows"][0].suggestions
    pk = case.pk
    wrong = office.post("/received/hand-over/", {f"pick-{pk}": "on", f"lead-{pk}": "不存在的局"})
    assert wrong.status_code == 422
    fields = {f"pick-{pk}": "on", f"lead-{pk}": "教育局", f"co-{pk}": "卫健委、住建局", f"due-{pk}": ""}
    answer = office.post(f"/received/hand-over/?case={case.key}", fields)
    assert answer["Location"] == f"/tasks/{case.key}/"
    case.refresh_from_db()
    assert (case.stage, case.lead) == (Stage.HANDED_OVER, city.units["education"])
    assert {unit.short for unit in case.co.all()} == {"卫健委", "住建局"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "x" * 201},
        {"kind": "nonsense"},
        {"received": "昨天"},
        {"channel": "online"},
        {"title": "a\0b"},
    ],
)
def test_what_cannot_be_is_told(office: Client, fields: dict[str, str]) -> None:
    good = {
        "title": "堵",
        "applicant": "甲",
        "kind": "complaint",
        "channel": "paper",
        "received": "2026-03-02",
    }
    given = good | fields if fields else {}
    assert office.post("/appeals/new/", given).status_code == 422
    assert not Submission.objects.exists()


def test_a_list_is_found_in_and_asks_the_database_little(office: Client, city: City) -> None:
    for number in range(12):
        routed(city, registered(city, "proposal", number=str(number), session="三次"), "education")
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = office.get("/proposals/?q=11")
    assert len(page.context["page"].object_list) == 1
    with CaptureQueriesContext(connection) as queries:
        assert len(office.get("/proposals/?pile=to_sign").context["page"].object_list) == 12
    assert len(queries) <= len(few) + 1 <= 16
    assert len(office.get("/proposals/?q=%00&page=x&year=9x&pile=y").context["page"].object_list) in {0, 12}
    assert office.get("/received/").context["unrouted"] == 0


# --- rates ------------------------------------------------------------------------------------------------------------


def test_rates_are_those_of_supervision(office: Client, city: City) -> None:
    for satisfaction in ("satisfied", "dissatisfied", None):
        case = answered(city, routed(city, registered(city)))
        if satisfaction:
            take(city, case, "rate", "office", details={"satisfaction": Satisfaction(satisfaction)})
        if satisfaction == "dissatisfied":
            take(city, case, "reopen", "office", reason="仍未解决")
    routed(city, registered(city))
    of = rules("appeal", on=timezone.localdate())
    states = [
        replay(of, cases.events_of(case), official_calendar(), as_of=timezone.now())
        for case in Case.objects.all()
    ]
    wanted = {rate.name: (rate.numerator, rate.denominator, rate.value) for rate in counted(of, states)}
    found = {
        rate.name: (rate.counted, rate.of, rate.value) for rate in cases.rates("appeal", Case.objects.all())
    }
    assert found == wanted
    assert found["reopening"] == (1, 3, Decimal("33.3"))
    assert found["satisfaction"][:2] == (1, 1)
    page = office.get("/appeals/").content.decode()
    assert "33.3 %" in page
    told = (
        program(city.people["office"]).get(f"/rates?work_type=appeal&year={timezone.localdate().year}").json()
    )
    reopening = next(one for one in told["items"] if one["name"] == "reopening")
    assert (reopening["counted"], reopening["of"], reopening["value"], reopening["label"]) == (
        *(1, 3, "33.3", "重新办理率"),
    )
    before = program(city.people["office"]).get("/rates?work_type=appeal&year=2019").json()
    assert {(one["of"], one["value"]) for one in before["items"]} == {(0, None)}
    assert "重新办理率" in page


def test_what_was_kept_before_it_was_counted_is_counted_at_night(city: City) -> None:
    case = answered(city, routed(city, registered(city)))
    Case.objects.update(meets="")
    assert cases.evaluate_open() == 1
    case.refresh_from_db()
    assert " closed_in_time " in case.meets
    assert cases.evaluate_open() == 0


# --- a workbook of proposals ------------------------------------------------------------------------------------------

HEADINGS = ("编号", "题目", "提出人", "类别", "建议承办单位", "会办单位")


def workbook(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> SimpleUploadedFile:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((headings, *rows)):
            for column, text in enumerate(row):
                sheet.write_string(at, column, text)
    return SimpleUploadedFile("建议.xlsx", stream.getvalue())


def bring(office: Client, *rows: tuple[str, ...]) -> str:
    fields = {"file": workbook(*rows), "session": "三次会议", "received": "2026-02-10"}
    return str(office.post("/received/import/", fields)["Location"])


def test_a_workbook_is_checked_and_then_registered_as_planned(office: Client, city: City) -> None:
    where = bring(
        office,
        ("1", "增设托位", "林代表", "建议", "教育局", "卫健委、住建局"),
        ("2", "校园周边交通", "方委员", "提案", "交通管理局", ""),
    )
    check = office.get(where).context["check"]
    assert (len(check.rows), check.errors, len(check.issues)) == (2, 0, 1)
    assert not Case.objects.exists()
    assert office.post(where)["Location"] == "/received/hand-over/"
    first, second = Case.objects.order_by("pk")
    assert (first.stage, first.lead) == (Stage.PLANNED, city.units["education"])
    assert first.co.count() == 2
    assert (second.stage, second.lead) == (Stage.REGISTERED, None)
    assert first.registered == date(2026, 2, 10)
    assert [one.kind for one in Submission.objects.order_by("pk")] == ["suggestion", "motion"]
    rows = office.get("/received/hand-over/").context["rows"]
    assert rows[0].lead == "教育局"
    assert rows[0].co == "卫生健康委员会、住房和城乡建设局"
    assert office.post(where).status_code == 422  # once
    assert Case.objects.count() == 2
    again = office.get(bring(office, ("1", "增设托位", "林代表", "建议", "", ""))).context["check"]
    assert again.errors == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "题", "甲", "", "", ""), "编号"),
        (("1", "", "甲", "", "", ""), "题目"),
        (("1", "题", "", "", "", ""), "提出人"),
        (("1", "题", "甲", "议案", "", ""), "类别"),
        (("1", "题" * 201, "甲", "", "", ""), "题目"),
        (("9", "题", "甲", "", "", ""), "编号"),
    ],
)
def test_a_workbook_with_an_error_registers_nothing(
    office: Client, city: City, row: tuple[str, ...], column: str
) -> None:
    where = bring(office, ("9", "好的一行", "甲", "", "", ""), row)
    errors = [issue for issue in office.get(where).context["check"].issues if issue.severity == "error"]
    assert [(issue.line, issue.column) for issue in errors] == [(3, column)]
    assert office.post(where).status_code == 422
    assert not Submission.objects.exists()
    assert Batch.objects.get().applied is None


@pytest.mark.parametrize("file", [SimpleUploadedFile("a.xlsx", b"x"), workbook(headings=("甲", "乙"))])
def test_what_is_no_workbook_of_proposals(office: Client, file: SimpleUploadedFile) -> None:
    answer = office.post("/received/import/", {"file": file, "session": "x", "received": "2026-02-10"})
    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_the_template_can_be_brought_back(office: Client) -> None:
    content = office.get("/received/import/template/").content
    fields = {"file": SimpleUploadedFile("t.xlsx", content), "session": "x", "received": "2026-02-10"}
    check = office.get(office.post("/received/import/", fields)["Location"]).context["check"]
    assert (len(check.rows), check.errors) == (1, 0)


# --- the public form --------------------------------------------------------------------------------------------------


@pytest.fixture
def turned_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, appeal_form=True))


APPEAL = {"applicant": WHO, "contact": SECRET, "kind": "complaint", "title": "堵塞", "text": "请整治。"}


def ask(client: Client, **more: Any) -> tuple[str, str]:
    """Send one in; its receipt and code."""
    answer = client.post("/ask/", APPEAL | more)
    assert answer.status_code == 201, answer.content.decode()
    return answer.context["receipt"], answer.context["code"]


@pytest.mark.parametrize("path", ["/ask/", "/ask/status/", "/ask/rate/", "/ask/reopen/"])
def test_the_form_is_not_there_until_it_is_turned_on(client: Client, path: str) -> None:
    assert client.post(path, APPEAL).status_code == 404
    assert not Submission.objects.exists()


@pytest.mark.usefixtures("turned_on")
def test_what_a_company_tells_waits_for_the_office(client: Client, city: City) -> None:
    papers = [
        SimpleUploadedFile('../"><img src=x>.pdf', PDF),
        SimpleUploadedFile("b.png", b"\x89PNG\r\n\x1a\n"),
    ]
    receipt, code = ask(client, title="<script>alert(1)</script>", papers=papers)
    submission = Submission.objects.get(receipt=receipt)
    assert (submission.state, submission.channel, submission.files.count()) == ("waiting", "online", 2)
    assert code not in submission.code
    page = client.post("/ask/status/", {"receipt": receipt, "code": code.upper().replace("-", " ")})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    city.sign_in(client, "office")
    for path in ("/received/", f"/received/{submission.pk}/"):
        text = client.get(path).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x>" not in text


@pytest.mark.usefixtures("turned_on")
@pytest.mark.parametrize(
    "more",
    [
        {"kind": "urgent"},
        {"title": ""},
        {"text": "x" * 5001},
        {"contact": ""},
        {"title": "a\0b"},
        {"papers": [SimpleUploadedFile("a.exe", b"MZ")]},
        {"papers": [SimpleUploadedFile("a.html", b"<html>")]},
        {"papers": [SimpleUploadedFile("a.xlsx", b"PK")]},
        {"papers": [SimpleUploadedFile(f"{at}.pdf", PDF) for at in range(6)]},
        {"papers": [SimpleUploadedFile("a.pdf", PDF + b"x" * 10 * 1024 * 1024)]},
    ],
)
def test_what_the_form_does_not_take(client: Client, more: dict[str, Any]) -> None:
    assert client.post("/ask/", APPEAL | more).status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.usefixtures("turned_on")
def test_dissatisfied_reopened_satisfied(client: Client, city: City) -> None:
    receipt, code = ask(client)
    opens = {"receipt": receipt, "code": code}
    submission = Submission.objects.get()
    office = city.people["office"]
    case = service.register(
        submission.pk, title="堵塞", kind="complaint", by=office, standing=standing_of(office)
    )
    routed(city, case)
    take(city, case, "sign", "liaison")
    take(city, case, "claim", "head", details={"text": "内部草稿", "result": "answered"}, files=[paper()])
    assert "内部草稿" not in client.post("/ask/status/", opens).content.decode()
    take(city, case, "send_back", "office", reason="重写")
    assert (
        client.post("/ask/rate/", opens | {"satisfaction": "satisfied"}).status_code == 422
    )  # not closed yet
    take(city, case, "claim", "head", details={"text": "已疏通。", "result": "solved"}, files=[paper()])
    take(city, case, "verify", "office", files=[paper()])
    take(city, case, "close", "office_2", details={"result": "solved"})
    page = client.post("/ask/status/", opens)
    text = page.content.decode()
    assert "已疏通" in text
    assert "内部草稿" not in text
    assert "officer" not in text
    assert "重写" not in text
    assert page.context["rate_form"]
    assert client.post("/ask/rate/", opens | {"satisfaction": "dissatisfied"}).status_code == 200
    assert client.post("/ask/reopen/", opens | {"reason": ""}).status_code == 422
    assert client.post("/ask/reopen/", opens | {"reason": "又堵了"}).status_code == 200
    case.refresh_from_db()
    assert (case.stage, case.state.get("satisfaction")) == (Stage.UNDER_WAY, None)
    take(city, case, "claim", "head", details={"text": "已换管。", "result": "solved"}, files=[paper()])
    take(city, case, "verify", "office", files=[paper()])
    take(city, case, "close", "office_2", details={"result": "solved"})
    assert client.post("/ask/rate/", opens | {"satisfaction": "satisfied"}).status_code == 200
    page = client.post("/ask/status/", opens)
    assert list(page.context["answers"]) == ["已换管。", "已疏通。"]
    assert page.context["satisfaction"] == "satisfied"
    last = cases.events_of(case)[-1]
    assert (last.actor.role, last.actor.person) == ("applicant", submission.reference)


@pytest.mark.usefixtures("turned_on")
def test_a_petition_is_reopened_within_its_window_alone(client: Client, city: City) -> None:
    case = registered(city, "petition", days=1)
    take(city, case, "accept", "office")
    routed(city, case)
    answered(city, case, "explained")
    submission = Submission.objects.get()
    now = timezone.now()
    allowed = [
        Act.REOPEN in cases.allowed_to_applicant(case, submission.reference, now + timedelta(days=days))
        for days in (1, 29, 40)
    ]
    assert allowed == [True, True, False]


@pytest.mark.usefixtures("turned_on")
def test_a_wrong_code_opens_nothing_and_is_not_tried_for_ever(client: Client, city: City) -> None:
    receipt, code = ask(client)
    for attempt in range(10):
        answer = client.post("/ask/status/", {"receipt": receipt, "code": f"x{attempt}"})
        assert answer.status_code == 422
        assert "请整治" not in answer.content.decode()
    answer = client.post("/ask/status/", {"receipt": receipt, "code": code})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 60
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=16), address="203.0.113.9")
    assert client.post("/ask/status/", {"receipt": receipt, "code": code}).status_code == 200
    unopened = service.take_in(received(), by=city.people["office"])
    for empty in ("", "-", "x"):
        assert service.opened(unopened.receipt, empty) is None


@pytest.mark.usefixtures("turned_on")
def test_an_address_sends_in_so_many_an_hour(client: Client) -> None:
    for _ in range(5):
        ask(client)
    assert client.post("/ask/", APPEAL).status_code == 429
    assert Submission.objects.count() == 5
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))
    ask(client)
    Attempt.objects.update(at=timezone.now() - timedelta(days=2))
    ask(client)
    assert Attempt.objects.count() == 1  # what no longer counts is gone


@pytest.mark.usefixtures("turned_on")
def test_a_form_from_elsewhere_is_refused(city: City) -> None:
    from django.test import Client as Browser

    strict = Browser(enforce_csrf_checks=True)
    for path in ("/ask/", "/ask/status/", "/ask/rate/", "/ask/reopen/"):
        assert strict.post(path, APPEAL).status_code == 403, path
    city.sign_in(strict, "office")
    for path in ("/appeals/new/", "/received/hand-over/", "/received/import/", "/publish/"):
        assert strict.post(path, {}).status_code == 403, path


def test_a_code_of_the_office_opens_it_and_the_one_before_no_longer(office: Client, city: City) -> None:
    submission = service.take_in(received(), by=city.people["office"])
    first = office.post(f"/received/{submission.pk}/code/").context["code"]
    second = office.post(f"/received/{submission.pk}/code/").context["code"]
    assert service.opened(submission.receipt, first) is None
    assert service.opened(submission.receipt, second) == submission


def test_two_who_decide_at_once(committed: None) -> None:
    """The second is told, and there is one case."""
    import threading

    from django.db import connections

    from tests.web.city import City

    city = City.build()
    submission = service.take_in(received(), by=city.people["office"])
    outcomes: list[str] = []

    def decide(who: str) -> None:
        person = city.people[who]
        try:
            service.register(submission.pk, title="x", kind="", by=person, standing=standing_of(person))
            outcomes.append("done")
        except ConflictError:
            outcomes.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(who,)) for who in ("office", "office_2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "told"]
    assert Case.objects.count() == 1


def test_promised_answers_are_found_until_they_are_kept(office: Client, city: City) -> None:
    case = answered(city, routed(city, registered(city, "proposal"), "education"), "B")
    assert list(office.get("/proposals/?pile=following").context["page"]) == [case]
    take(city, case, "follow_up", "liaison", details={"text": "已建成", "result": "A"})
    assert not list(office.get("/proposals/?pile=following").context["page"])
    waiting = registered(city, "proposal")
    assert list(office.get("/proposals/?pile=unrouted").context["page"]) == [waiting]
