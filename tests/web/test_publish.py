"""The public page: what was chosen and nothing else, the same for everybody, off until it is turned on."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from duban.errors import InputError
from duban.web.cases.models import Case
from duban.web.publish import service
from duban.web.publish.models import Publication, PublishingAct
from duban.web.publish.service import Chosen, Show, Status
from tests.web.test_cases import handed, paper
from tests.web.test_intake import SECRET, WHO, answered, registered, routed, take

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.web.city import City

pytestmark = pytest.mark.django_db

PUBLIC = ("/public/", "/public/en/", "/public/data.json", "/public/data.csv")


@pytest.fixture
def turned_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, public_page=True))


def every(client: Client) -> dict[str, str]:
    """What everybody can read, by address."""
    found = {}
    for path in PUBLIC:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = answer.content.decode("utf-8-sig")
    return found


def publish(city: City, case: Case, *parts: Show, **more: Any) -> Publication:
    chosen = Chosen(parts=frozenset(parts), **({"wording": "公开的表述"} | more))
    return service.publish(case.pk, chosen, by=city.people["office"])


# --- nothing leaks ----------------------------------------------------------------------------------------------------

SUBSETS = list(chain.from_iterable(combinations(Show, size) for size in range(len(Show) + 1)))


@pytest.mark.usefixtures("turned_on")
def test_of_a_task_exactly_what_was_chosen_is_public(client: Client, city: City) -> None:
    """Every choice of parts, on every public page: what was chosen is there, everything else is not."""
    case = handed(city)
    take(city, case, "sign", "liaison")
    take(
        city,
        case,
        "report",
        "liaison",
        details={"text": "内部进展甲", "problems": "内部问题乙"},
        files=[paper("内部丙.pdf")],
    )
    take(city, case, "note", "office", details={"text": "内部留言丁"})
    case.refresh_from_db()
    day = date(2026, 9, 3)
    marks = {
        Show.SENTENCE: [case.commitment.quote],
        Show.UNIT: [city.units["education"].name],
        Show.DUE: ["2027-11-30"],
        Show.PROGRESS: ["公开进展戊", "2026-09-03"],
        Show.ANSWER: ["公开答复己"],
    }
    statuses = {
        "/public/": "有序推进",
        "/public/en/": "under way as planned",
        "/public/data.json": '"on_track"',
        "/public/data.csv": "on_track",
    }
    never = ["内部", case.key, "卫生健康委员会", "督查", "liaison", "sha256", "床位名册"]
    assert len(SUBSETS) == 64
    for parts in SUBSETS:
        publish(city, case, *parts, progress="公开进展戊", progress_day=day, answer="公开答复己")
        for path, text in every(client).items():
            assert "公开的表述" in text
            for part, words in marks.items():
                for word in words:
                    assert (word in text) is (part in parts), (path, parts, word)
            assert (statuses[path] in text) is (Show.STATUS in parts), (path, parts)
            for word in never:
                assert word not in text, (path, word)


@pytest.mark.usefixtures("turned_on")
def test_who_asked_is_never_public_by_itself(client: Client, city: City) -> None:
    case = answered(city, routed(city, registered(city, "proposal"), "education"), "A")
    service.publish_many([case.pk], list(Show), by=city.people["office"])
    for path, text in every(client).items():
        for secret in (WHO, SECRET, "请协调", "已放行"):
            assert secret not in text, path
    publish(city, case, Show.ANSWER, answer=service.suggested(case).answer or "已放行。")
    assert "已放行" in every(client)["/public/"]


def test_a_petition_is_never_published(city: City) -> None:
    case = registered(city, "petition")
    take(city, case, "accept", "office")
    routed(city, case)
    with pytest.raises(InputError):
        publish(city, case)
    assert service.publish_many([case.pk], list(Show), by=city.people["office"]) == 0
    Publication.objects.create(case=case, wording="x")  # not even if the database says so
    assert service.items() == []


@pytest.mark.usefixtures("turned_on")
def test_what_was_not_published_or_was_withdrawn_is_not_there(client: Client, city: City) -> None:
    case = handed(city)
    assert all(
        "承诺事项" in text or "items" in text or "What" in text or "wording" in text
        for text in every(client).values()
    )
    assert json.loads(every(client)["/public/data.json"])["items"] == []
    publish(city, case, Show.SENTENCE)
    assert len(json.loads(every(client)["/public/data.json"])["items"]) == 1
    assert service.withdraw([case.pk, 999], by=city.people["office"]) == 1
    assert service.withdraw([case.pk], by=city.people["office"]) == 0
    for text in every(client).values():
        assert "公开的表述" not in text
        assert case.commitment.quote not in text
    acts = [
        (one.act, one.shown.get("wording"), one.by.username) for one in PublishingAct.objects.order_by("pk")
    ]
    assert acts == [("publish", "公开的表述", "office"), ("withdraw", None, "office")]


def test_later_words_of_the_unit_are_not_public_before_somebody_read_them(city: City) -> None:
    case = handed(city)
    take(city, case, "sign", "liaison")
    take(city, case, "report", "liaison", details={"text": "先说的"})
    chosen = service.suggested(case)
    assert chosen.progress == "先说的"
    service.publish(case.pk, replace(chosen, parts=frozenset({Show.PROGRESS})), by=city.people["office"])
    take(city, case, "report", "liaison", details={"text": "后说的"})
    assert [item.progress for item in service.items()] == ["先说的"]
    service.publish_many([case.pk], [Show.UNIT], by=city.people["office"])
    (item,) = service.items()
    assert (item.progress, item.unit) == ("先说的", "教育局")
    service.withdraw([case.pk], by=city.people["office"])
    service.publish_many([case.pk], [Show.UNIT], by=city.people["office"])
    assert service.items()[0].progress is None


# --- the same for everybody -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PUBLIC)
def test_there_is_no_public_page_until_it_is_turned_on(client: Client, city: City, path: str) -> None:
    publish(city, handed(city))
    answer = client.get(path)
    assert answer.status_code == 404
    assert "公开的表述" not in answer.content.decode()
    assert not answer.cookies


@pytest.mark.usefixtures("turned_on")
@pytest.mark.parametrize("path", PUBLIC)
def test_it_knows_nobody_and_may_be_kept(client: Client, city: City, path: str) -> None:
    publish(city, handed(city), *Show)

    def got(**headers: str) -> HttpResponse:
        return client.get(path, headers=headers)  # type: ignore[return-value]

    plain = got()
    city.sign_in(client, "office")
    client.cookies["duban_language"] = "en"
    known = got(**{"accept-language": "en"})
    for answer in (plain, known):
        assert answer.content == plain.content
        assert not answer.cookies
        assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"  # of packing alone
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "script-src 'self'" in answer["Content-Security-Policy"]
    again = got(**{"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/").status_code == 200  # who is signed in stays so


@pytest.mark.usefixtures("turned_on")
def test_words_of_anybody_are_words(client: Client, city: City) -> None:
    script = "<script>alert(1)</script>"
    publish(city, handed(city), *Show, wording=script, progress=script, answer=f"{script}\n=1+1")
    found = every(client)
    assert script not in found["/public/"]
    assert "&lt;script&gt;" in found["/public/"]
    assert json.loads(found["/public/data.json"])["items"][0]["wording"] == script
    publish(city, Case.objects.get(), wording="=HYPERLINK(1)")
    (row,) = csv.DictReader(io.StringIO(every(client)["/public/data.csv"]))
    assert row["wording"] == "'=HYPERLINK(1)"
    assert row["sentence"] == ""


@pytest.mark.usefixtures("turned_on")
def test_many_are_read_with_few_questions(client: Client, city: City) -> None:
    for _ in range(8):
        publish(city, routed(city, registered(city, "proposal"), "education"), *Show)
    with CaptureQueriesContext(connection) as queries:
        client.get("/public/")
    assert len(queries) <= 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"stage": "handed_over"}, Status.STARTING),
        ({"stage": "under_way", "light": "green"}, Status.ON_TRACK),
        ({"stage": "under_way", "light": "grey"}, Status.ON_TRACK),
        ({"stage": "under_way", "light": ""}, Status.ON_TRACK),
        ({"stage": "under_way", "light": "yellow"}, Status.ATTENTION),
        ({"stage": "under_way", "light": "red"}, Status.LATE),
        ({"stage": "handed_over", "light": "red"}, Status.STARTING),
        ({"stage": "handed_over", "due": -1}, Status.LATE),
        ({"stage": "under_way", "light": "green", "due": -1}, Status.LATE),
        ({"stage": "claimed", "light": "red"}, Status.CHECKING),
        ({"stage": "closed", "state": {"solved": True}}, Status.DONE),
        ({"stage": "archived", "state": {"solved": True}}, Status.DONE),
        ({"stage": "closed", "state": {"solved": False}}, Status.ANSWERED),
        ({"stage": "withdrawn", "light": "red"}, Status.ENDED),
    ],
)
def test_how_it_stands_in_plain_words(fields: dict[str, Any], status: Status) -> None:
    now = timezone.now()
    if "due" in fields:
        fields = fields | {"due": now + timedelta(days=fields["due"])}
    assert service.status_of(Case(**fields), now) is status


# --- choosing ---------------------------------------------------------------------------------------------------------


def test_the_office_chooses_one_and_many(office: Client, city: City) -> None:
    case = handed(city)
    fields = {
        "wording": "新增学位",
        "parts": ["unit", "progress"],
        "progress": "过半",
        "progress_day": "",
        "answer": "没选",
    }
    assert office.post(f"/publish/{case.key}/", fields | {"do": "publish"}).status_code == 302
    publication = Publication.objects.get()
    assert (publication.wording, publication.progress, publication.answer) == ("新增学位", "过半", "")
    assert "新增学位" in office.get(f"/tasks/{case.key}/").content.decode()
    assert office.post(f"/publish/{case.key}/", {"do": "withdraw"}).status_code == 302
    assert not Publication.objects.get().is_open
    assert office.post(f"/publish/{case.key}/", {"wording": "", "parts": ["nonsense"]}).status_code == 422
    where = f"/publish/?report={case.commitment.report_id}"
    page = office.get(where)
    assert [number for number, _path in page.context["sections"]] == [case.commitment.section]
    many = {"do": "publish", "whole": "on", "parts": ["unit", "answer", "nonsense"]}
    assert office.post(f"{where}&section={case.commitment.section}", many).status_code == 302
    publication.refresh_from_db()
    assert (publication.is_open, publication.parts, publication.wording) == (True, ["unit"], "新增学位")
    assert office.get(f"{where}&state=public").context["page"].paginator.count == 1
    assert office.get(f"{where}&state=not").context["page"].paginator.count == 0
    assert office.get("/publish/?report=none&page=x").context["page"].paginator.count == 0
    assert office.get("/publish/?report=9999").status_code == 404
    office.post("/publish/", {"do": "withdraw", f"pick-{case.pk}": "on"})
    publication.refresh_from_db()
    assert not publication.is_open


def test_what_no_unit_has_is_not_published(city: City) -> None:
    with pytest.raises(InputError):
        publish(city, registered(city))
