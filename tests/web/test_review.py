"""The review of a report's commitments: every act, its record, and two people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from duban import samples
from duban.errors import InputError
from duban.web.reports import pieces, service
from duban.web.reports.models import Commitment, Report
from duban.web.reports.service import Seen
from tests.web import reports

if TYPE_CHECKING:
    from django.test import Client

    from tests.web.city import City

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(city: City) -> Report:
    return reports.bring(city.people["office"])


def live(report: Report) -> list[Commitment]:
    return list(service.live(report))


def seen(one: Commitment) -> Seen:
    return Seen(pk=one.pk, version=one.version)


def test_a_report_that_is_brought_in_has_its_commitments_cut_out(office: Client, city: City) -> None:
    answer = office.post("/reports/import/", {"file": reports.upload()})
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.pk}/"
    assert (report.place, report.year, report.by) == ("云溪市", 2026, city.people["office"])
    quotes = [one.quote for one in live(report)]
    assert "新增养老床位1500张" in quotes[0]
    assert all(one.quote == report.text[one.start : one.end] for one in live(report))
    page = office.get(answer["Location"]).content.decode()
    assert all(f'id="c-{one.pk}"' in page and f'id="m-{one.pk}"' in page for one in live(report))


def test_the_same_report_is_brought_in_once(office: Client, report: Report) -> None:
    answer = office.post("/reports/import/", {"file": reports.upload()})
    assert answer.status_code == 422
    assert report.title in answer.content.decode()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("no-plan.txt", "今天天气很好。".encode()),
        ("broken.docx", b"PK\x03\x04 no archive"),
        ("virus.exe", b"MZ"),
        ("not-really.pdf", b"<html><script>alert(1)</script>"),
    ],
)
def test_what_is_no_report_is_told_of_and_leaves_nothing(office: Client, name: str, content: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = office.post("/reports/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_pieces_of_a_page_are_the_text(city: City) -> None:
    text = samples.texts()[1]
    report = service.bring(reports.upload(text), "lanchuan.txt", by=city.people["office"])
    shown = list(pieces.paragraphs(report, live(report)))
    for paragraph in shown:
        block = report.document["blocks"][paragraph.number]
        assert "".join(piece.text for piece in paragraph.pieces) == text[block["start"] : block["end"]]
    marked = {piece.commitment.pk for paragraph in shown for piece in paragraph.pieces if piece.commitment}
    assert marked == {one.pk for one in live(report)}


def test_accept_drop_and_take_up_again(report: Report, city: City) -> None:
    by = city.people["office"]
    one = service.accept(seen(live(report)[0]), by=by)
    assert one.state == "accepted"
    one = service.drop(seen(one), reason="属区县事权", by=by)
    assert one.state == "dropped"
    one = service.reopen(seen(one), by=by)
    assert (one.state, one.version) == ("open", 4)
    assert list(one.decisions.values_list("act", "reason")) == [
        ("accept", ""),
        ("drop", "属区县事权"),
        ("reopen", ""),
    ]


def test_dropping_needs_a_reason(report: Report, city: City) -> None:
    with pytest.raises(InputError):
        service.drop(seen(live(report)[0]), reason="  ", by=city.people["office"])


def test_rewording_keeps_the_quotation(report: Report, city: City) -> None:
    before = live(report)[0]
    one = service.edit(seen(before), wording="新增 养老床位\n1500张", by=city.people["office"])
    assert one.wording == "新增 养老床位 1500张"
    assert one.quote == before.quote
    assert one.decisions.get().before == before.wording


def test_neighbours_are_merged_into_one_span(report: Report, city: City) -> None:
    first, second, third = live(report)[:3]
    merged = service.merge(seen(second), seen(first), by=city.people["office"])
    assert (merged.start, merged.end) == (first.start, second.end)
    assert merged.figures == [*first.figures, *second.figures]
    assert set(merged.replaces.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert [one.pk for one in live(report)][:2] == [merged.pk, third.pk]


def test_only_neighbours_can_be_merged(report: Report, city: City) -> None:
    first, _, third = live(report)[:3]
    with pytest.raises(InputError):
        service.merge(seen(first), seen(third), by=city.people["office"])


def test_splitting_parts_the_span_and_its_figures(report: Report, city: City) -> None:
    by = city.people["office"]
    first, second = live(report)[:2]
    whole = service.merge(seen(first), seen(second), by=by) if len(service.cuts(first)) == 0 else first
    at = service.cuts(whole)[0]
    parts = service.split(seen(whole), at=[at], by=by)
    assert [part.quote for part in parts] == ["新增养老床位1500张", report.text[parts[1].start : whole.end]]
    assert [figure["value"] for figure in parts[0].figures] == ["1500"]
    assert sum(len(part.figures) for part in parts) == len(whole.figures)


def test_one_cannot_cut_anywhere(report: Report, city: City) -> None:
    one = live(report)[0]
    for at in ([], [one.start + 2], [one.end], [0]):
        with pytest.raises(InputError):
            service.split(seen(one), at=at, by=city.people["office"])


def test_what_the_machine_passed_over_is_added_by_hand(office: Client, report: Report) -> None:
    start = report.text.index("着力扩大内需")
    answer = office.post(f"/reports/{report.pk}/add/", {"start": start, "end": start + 7})
    added = Commitment.objects.get(origin="hand")
    assert answer["Location"].endswith(f"#c-{added.pk}")
    assert (added.quote, added.state) == ("着力扩大内需", "accepted")
    assert report.document["sections"][added.section]["heading"].startswith("（二）")


def test_added_characters_belong_to_no_other(report: Report, city: City) -> None:
    one = live(report)[0]
    with pytest.raises(InputError):
        service.add(report, start=one.start, end=one.end, by=city.people["office"])


@pytest.mark.parametrize("act", ["accept", "drop", "edit", "reopen", "merge", "split"])
def test_whoever_was_slower_is_told_and_changes_nothing(
    office: Client, report: Report, city: City, act: str
) -> None:
    first, second = live(report)[:2]
    service.drop(seen(first), reason="重复", by=city.people["office_2"])
    fields = {
        "version": first.version,
        "reason": "x",
        "wording": "x",
        "next": second.pk,
        "next_version": second.version,
        "at": first.start + 1,
    }
    answer = office.post(f"/reports/commitments/{first.pk}/{act}/", fields, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert city.people["office_2"].name in answer.content.decode()
    assert answer["HX-Retarget"] == "#problem"
    first.refresh_from_db()
    assert (first.state, first.version) == ("dropped", 2)


def test_a_decision_answers_with_what_changed_on_the_page(office: Client, report: Report) -> None:
    first, second, third = live(report)[:3]
    fields = {"version": second.version, "next": third.pk, "next_version": third.version}
    url = f"/reports/commitments/{second.pk}/merge/"
    page = office.post(url, fields, headers={"HX-Request": "true"}).content.decode()
    merged = Commitment.objects.get(origin="merge")
    assert f'id="c-{merged.pk}"' in page
    assert f'<li id="c-{third.pk}" hx-swap-oob="delete">' in page
    assert f'id="c-{first.pk}"' in page, "its neighbour is another now"
    assert f'id="m-{merged.pk}"' in page
    assert 'id="counts"' in page


def test_without_a_script_a_decision_leads_back(office: Client, report: Report) -> None:
    one = live(report)[0]
    answer = office.post(f"/reports/commitments/{one.pk}/accept/", {"version": one.version})
    assert answer["Location"] == f"/reports/{report.pk}/#c-{one.pk}"


def test_nobody_else_reviews(client: Client, city: City, report: Report) -> None:
    one = live(report)[0]
    city.sign_in(client, "liaison")
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "hx-post" not in page
    assert client.post(f"/reports/commitments/{one.pk}/accept/", {"version": 1}).status_code == 403
