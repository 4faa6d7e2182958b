"""Search: whole words or parts of them, in whatever whoever asks may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from duban.web.organisation.service import standing_of
from duban.web.search.service import find, words_of
from duban.web.search.templatetags.search_words import marked
from tests.web.test_cases import handed

if TYPE_CHECKING:
    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chinese")]


@pytest.fixture
def case(city: City) -> Case:
    """新增养老床位1500张, of the education bureau; the health commission has a part in it."""
    return handed(city)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("养老床位", {"task", "commitment", "passage"}),
        ("老床", {"task", "commitment", "passage"}),
        ("养老 1500", {"task", "commitment", "passage"}),
        ("养老 电梯", {"passage"}),  # one paragraph holds both, no task does
        ("智算中心", {"commitment", "passage"}),
        ("2000p", {"commitment", "passage"}),  # letters in any case
        ("住建", {"unit"}),
        ("局长head", {"person"}),
        ("教育", {"unit"}),
        ("%", {"passage"}),
        ("__", set()),
        ("没有这样的话", set()),
        ("", set()),
    ],
)
def test_what_is_found(case: Case, city: City, asked: str, kinds: set[str]) -> None:
    found = find(words_of(asked), standing_of(city.people["office"]))
    assert {one.kind for one in found} == kinds


@pytest.mark.parametrize(
    ("who", "kinds"),
    [
        ("leader", {"task", "commitment", "passage"}),
        ("auditor", {"task", "commitment", "passage"}),
        ("liaison", {"task", "commitment", "passage"}),
        ("other_liaison", {"task", "commitment", "passage"}),
        ("administrator", set()),
        ("nobody", set()),
    ],
)
def test_only_what_may_be_seen_is_found(case: Case, city: City, who: str, kinds: set[str]) -> None:
    found = find(words_of("养老"), standing_of(city.people[who]))
    assert {one.kind for one in found} == kinds


def test_another_units_task_is_not_found(case: Case, city: City) -> None:
    from duban.web.organisation.models import Post
    from duban.web.organisation.service import appoint, today

    post = Post.objects.create(unit=city.units["housing"], title="联络员", role="liaison")
    appoint(post, city.people["nobody"], today())
    found = find(words_of("养老"), standing_of(city.people["nobody"]))
    assert "task" not in {one.kind for one in found}


def test_the_page_marks_the_words_and_leads_to_where_they_stand(office: Client, case: Case) -> None:
    page = office.get("/search/?q=养老床位").content.decode()
    assert "<mark>养老床位</mark>" in page
    assert f"/tasks/{case.key}/" in page
    report = case.commitment.report_id
    assert f"/reports/{report}/#b-" in page
    assert "没有找到" in office.get("/search/?q=没有这样的话").content.decode()
    assert office.get("/search/").status_code == 200


def test_a_passage_leads_to_its_paragraph(office: Client, case: Case) -> None:
    found = office.get("/search/?q=办好10件民生实事").context["found"]
    (passage,) = [one.hits[0] for _label, one in found if one.kind == "passage"]
    number = passage.url.rpartition("#b-")[2]
    block = case.commitment.report.document["blocks"][int(number)]
    assert "办好10件" in case.commitment.report.text[block["start"] : block["end"]]


def test_a_tasks_number_goes_straight_to_it(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "office")
    assert client.get(f"/search/?q={case.key}")["Location"] == f"/tasks/{case.key}/"
    city.sign_in(client, "administrator")
    assert client.get(f"/search/?q={case.key}").status_code == 200


@pytest.mark.parametrize(
    "asked", ["<script>alert(1)</script>", '"><img src=x>', "'; DROP TABLE--", "\x00", "％" * 300]
)
def test_hostile_words_do_nothing(office: Client, case: Case, asked: str) -> None:
    page = office.get("/search/", {"q": asked})
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_marks_do_not_let_markup_through() -> None:
    assert marked("a<i>老旧</i>", ("<i>", "老旧")) == "a<mark>&lt;i&gt;</mark><mark>老旧</mark>&lt;/i&gt;"
