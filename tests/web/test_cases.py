"""Tasks: handing over, acts by the rules, evidence, and that nothing is lost when two act at once."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction

from duban.supervision.model import Act, Details, EvidenceKind
from duban.web.base.problems import ConflictError
from duban.web.cases import service
from duban.web.cases.models import Case, CaseEvent
from duban.web.cases.service import HandOver, RefusedError, Saying
from duban.web.organisation.service import standing_of
from duban.web.reports import service as reporting
from tests.web import reports

if TYPE_CHECKING:
    from django.test import Client

    from duban.web.accounts.service import User
    from duban.web.reports.models import Commitment
    from tests.web.city import City

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n% a paper\n"


def accepted(city: City) -> Commitment:
    """The first commitment of a report, agreed to."""
    report = reports.bring(city.people["office"])
    one = reporting.live(report)[0]
    return reporting.accept(reporting.Seen(pk=one.pk, version=one.version), by=city.people["office"])


def handed(city: City) -> Case:
    """A task of the education bureau in which the health commission has a part."""
    return service.hand_over(
        HandOver(
            commitment=accepted(city).pk,
            lead=city.units["education"],
            co=[city.units["health"]],
            result_form="床位名册",
            due=date(2027, 11, 30),
        ),
        by=city.people["office"],
        standing=standing_of(city.people["office"]),
    )


@pytest.fixture
def case(city: City) -> Case:
    return handed(city)


def take(case: Case, act: Act, who: User, seen: int | None = None, **said: Any) -> Case:
    saying = Saying(
        details=Details(**said.pop("details", {})),
        reason=str(said.pop("reason", "")),
        files=said.pop("files", ()),
    )
    return service.take(case.pk, act, saying, by=who, standing=standing_of(who), seen=seen)


def paper(name: str = "验收.pdf") -> tuple[SimpleUploadedFile, str, EvidenceKind]:
    return SimpleUploadedFile(name, PDF), name, EvidenceKind.DOCUMENT


def test_handing_over_keeps_the_sentence_the_units_and_the_day(case: Case, city: City) -> None:
    events = service.events_of(case)
    assert [event.act for event in events] == [Act.REGISTER, Act.PLAN, Act.HAND_OVER]
    origin = events[0].details.origin
    assert origin.quote == case.commitment.quote
    assert origin.document == case.commitment.report.sha256
    assert (case.stage, case.lead, list(case.co.all())) == (
        "handed_over",
        city.units["education"],
        [city.units["health"]],
    )
    assert case.key == f"{case.registered.year}-{case.pk:05d}"
    assert events[1].details.targets[0].value == 1500


def test_a_commitment_is_handed_over_once(case: Case, city: City) -> None:
    given = HandOver(commitment=case.commitment.pk, lead=city.units["health"], result_form="x")
    with pytest.raises(ConflictError):
        service.hand_over(given, by=city.people["office"], standing=standing_of(city.people["office"]))
    assert Case.objects.count() == 1


def test_only_the_office_hands_over(city: City) -> None:
    given = HandOver(commitment=accepted(city).pk, lead=city.units["health"], result_form="x")
    with pytest.raises(RefusedError):
        service.hand_over(given, by=city.people["head"], standing=standing_of(city.people["head"]))
    assert not Case.objects.exists()


def test_a_task_goes_its_way_from_signing_to_closing(case: Case, city: City) -> None:
    people = city.people
    take(case, Act.SIGN, people["liaison"], seen=3)
    take(case, Act.REPORT, people["liaison"], seen=4, details={"text": "已新增床位600张", "percent": 40})
    take(case, Act.CLAIM, people["head"], seen=5, details={"text": "已全部建成"}, files=[paper()])
    take(case, Act.VERIFY, people["office"], seen=6, files=[paper("现场核查.pdf")])
    done = take(case, Act.CLOSE, people["office_2"], seen=7, details={"result": "done"})
    assert (done.stage, done.seq, done.due) == ("closed", 8, None)


def test_the_rules_refuse_in_their_own_words(case: Case, city: City) -> None:
    with pytest.raises(RefusedError) as refused:
        take(case, Act.CLOSE, city.people["liaison"], details={"result": "done"})
    assert "办结" in str(refused.value)
    assert CaseEvent.objects.count() == 3


def test_another_unit_may_not_act(case: Case, city: City) -> None:
    with pytest.raises(RefusedError):
        take(case, Act.SIGN, city.people["other_head"])


def test_whoever_looked_at_something_older_is_told(case: Case, city: City) -> None:
    take(case, Act.SIGN, city.people["liaison"], seen=3)
    with pytest.raises(ConflictError) as told:
        take(case, Act.SIGN, city.people["head"], seen=3)
    assert "签收" in str(told.value)
    assert service.events_of(case)[-1].seq == 4


def test_a_note_disturbs_nobody(case: Case, city: City) -> None:
    take(case, Act.NOTE, city.people["office"], details={"text": "请尽快签收"})
    assert take(case, Act.SIGN, city.people["liaison"], seen=3).seq == 5


def test_a_file_that_is_not_taken_leaves_no_event(case: Case, city: City) -> None:
    from duban.errors import InputError

    take(case, Act.SIGN, city.people["liaison"])
    bad = (SimpleUploadedFile("run.exe", b"MZ"), "run.exe", EvidenceKind.DOCUMENT)
    with pytest.raises(InputError):
        take(case, Act.REPORT, city.people["liaison"], details={"text": "进展"}, files=[bad])
    assert service.events_of(case)[-1].act is Act.SIGN


def test_the_projection_follows_from_the_events(case: Case, city: City) -> None:
    take(case, Act.SIGN, city.people["liaison"])
    kept = Case.objects.get(pk=case.pk)
    Case.objects.filter(pk=case.pk).update(title="", stage="", lead=None, due=None, state={}, seq=0, head="")
    again = service.rebuild(case.pk, kept.evaluated)
    for name in ("title", "stage", "lead", "due", "state", "seq", "head", "lights", "light"):
        assert getattr(again, name) == getattr(kept, name), name


def test_the_database_refuses_to_change_or_delete_an_event(case: Case) -> None:
    for change in (lambda: CaseEvent.objects.update(act="close"), lambda: CaseEvent.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert CaseEvent.objects.filter(act="close").count() == 0


def test_each_event_holds_the_hash_of_the_one_before(case: Case) -> None:
    events = service.events_of(case)
    assert [event.prev for event in events] == ["", *(event.hash for event in events[:-1])]
    assert len({event.hash for event in events}) == len(events)


# --- screens ----------------------------------------------------------------------------------------------------------


def test_the_board_suggests_a_lead_and_hands_over_what_is_picked(office: Client, city: City) -> None:
    commitment = accepted(city)
    url = f"/reports/{commitment.report.pk}/hand-over/"
    row = office.get(url).context["rows"][0]
    fields = {
        f"pick-{commitment.pk}": "on",
        f"lead-{commitment.pk}": "卫健委",
        f"co-{commitment.pk}": "教育局，住建局",
        f"result-{commitment.pk}": row.result,
        f"due-{commitment.pk}": row.due,
    }
    assert office.post(url, fields)["Location"] == url
    case = Case.objects.get()
    assert case.lead == city.units["health"]
    assert [unit.name for unit in case.co.order_by("order")] == ["教育局", "住房和城乡建设局"]
    assert not office.get(url).context["rows"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("lead", "没有这个局", "没有这个局"), ("lead", "", ""), ("due", "2026-02-30", "2026-02-30")],
)
def test_a_row_that_cannot_be_is_told_of_and_keeps_what_was_typed(
    office: Client, city: City, field: str, value: str, told: str
) -> None:
    pk = (one := accepted(city)).pk
    fields = {f"pick-{pk}": "on", f"lead-{pk}": "教育局", f"result-{pk}": "名册", f"due-{pk}": "2026-12-31"}
    answer = office.post(f"/reports/{one.report.pk}/hand-over/", {**fields, f"{field}-{pk}": value})
    assert answer.status_code == 422
    row = answer.context["rows"][0]
    assert row.problem
    assert told in row.problem
    assert (row.result, row.picked) == ("名册", True)
    assert not Case.objects.exists()


def test_a_units_liaison_signs_and_reports_on_the_page(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "liaison")
    page = client.get(f"/tasks/{case.key}/")
    assert case.commitment.quote in page.content.decode()
    assert {act for act, *_ in page.context["forms"]} >= {"sign", "ask_extension"}
    assert client.post(f"/tasks/{case.key}/act/sign/", {"seen": 3}).status_code == 302
    evil = '<img src=x onerror="alert(1)">.pdf'
    fields = {
        "seen": 4,
        "text": "<script>alert(1)</script>",
        "value_t1": "600",
        "evidence_kind": "document",
        "evidence": SimpleUploadedFile(evil, PDF),
    }
    assert client.post(f"/tasks/{case.key}/act/report/", fields).status_code == 302
    shown = client.get(f"/tasks/{case.key}/").content.decode()
    assert "<script>alert" not in shown
    assert "<img" not in shown
    event = service.events_of(case)[-1]
    assert event.details.values[0].value == 600
    kept = case.files.get().file
    answer: Any = client.get(f"/tasks/{case.key}/files/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_form_that_is_wrong_says_so_and_stays_open(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "liaison")
    answer = client.post(f"/tasks/{case.key}/act/ask_extension/", {"seen": 3, "reason": "", "until": "never"})
    assert answer.status_code == 422
    assert answer.context["wrong"] == "ask_extension"
    assert service.events_of(case)[-1].seq == 3


def test_what_is_not_theirs_is_not_there(client: Client, city: City) -> None:
    one = handed(city)
    city.sign_in(client, "other_liaison")
    assert client.get(f"/tasks/{one.key}/").status_code == 200, "its unit has a part in it"
    one.co.clear()
    assert client.get(f"/tasks/{one.key}/").status_code == 404
    assert client.post(f"/tasks/{one.key}/act/sign/", {"seen": 3}).status_code == 404
    assert client.post(f"/tasks/{one.key}/note/", {"text": "x"}).status_code == 404


def test_everybody_with_a_part_can_write_in_the_conversation(client: Client, case: Case, city: City) -> None:
    for who in ("liaison", "other_head", "office", "leader"):
        city.sign_in(client, who)
        assert client.post(f"/tasks/{case.key}/note/", {"text": f"{who} 说"}).status_code == 302
    city.sign_in(client, "auditor")
    assert client.post(f"/tasks/{case.key}/note/", {"text": "x"}).status_code == 403
    page = client.get(f"/tasks/{case.key}/").content.decode()
    assert all(f"{who} 说" in page for who in ("liaison", "other_head", "office", "leader"))


# --- at once ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_many_at_once_lose_nothing_and_do_nothing_twice(committed: None) -> None:
    from tests.web.city import City

    city = City.build()
    case = handed(city)
    told: list[Exception] = []

    def act(number: int) -> None:
        try:
            if number % 2:
                take(case, Act.SIGN, city.people["liaison"], seen=3)
            else:
                take(case, Act.NOTE, city.people["office"], details={"text": f"第{number}条"})
        except (ConflictError, RefusedError) as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = service.events_of(case)
    assert [event.seq for event in events] == list(range(1, 15))
    assert sum(event.act is Act.SIGN for event in events) == 1
    assert sum(event.act is Act.NOTE for event in events) == 10
    assert len(told) == 9
    assert all(isinstance(error, ConflictError) for error in told)
    assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]
    assert connection.vendor in {"sqlite", "postgresql"}


def test_how_many_are_seen_is_how_many_there_are_to_see(case: Case, city: City) -> None:
    for name in ("office", "liaison", "other_liaison", "outsider", "auditor"):
        if name in city.people:
            standing = standing_of(city.people[name])
            assert service.how_many_visible(standing) == service.visible(standing).count()
