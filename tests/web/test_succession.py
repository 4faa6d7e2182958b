"""Units that are renamed, merged and dissolved, posts that change hands, and the work that passes on with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from duban.errors import InputError
from duban.supervision.chain import verify_chain
from duban.supervision.model import Act
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation
from duban.web.organisation.models import Membership, Post, Unit
from duban.web.organisation.service import appoint, standing_of
from duban.web.succession.models import Handing
from duban.web.succession.service import answers_for, merge
from tests.web.test_cases import handed, paper, take

if TYPE_CHECKING:
    from django.test import Client

    from duban.web.cases.models import Case
    from tests.web.city import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chinese")]


@pytest.fixture
def case(city: City) -> Case:
    """A task of the education bureau, signed for."""
    found = handed(city)
    return take(found, Act.SIGN, city.people["liaison"])


def today() -> date:
    return organisation.today()


# --- posts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("post", "answers"), [("head", 1), ("liaison", 1), ("leader", 1), ("other_head", 0), ("office", 0), ("auditor", 0)])  # fmt: skip
def test_what_a_post_answers_for(case: Case, city: City, post: str, answers: int) -> None:
    city.posts["leader"].charge.set([city.units["education"]])
    assert answers_for(city.posts[post]).count() == answers


def test_the_open_work_passes_on_with_the_post(case: Case, city: City) -> None:
    office, new = city.people["office"], city.people["nobody"]
    appoint(city.posts["head"], new, today(), by=office)
    last = cases.events_of(case)[-1]
    assert (last.act, last.details.to_person, last.actor.person) == (Act.HAND_ON, "nobody", "office")
    assert last.details.to_post == f"post/{city.posts['head'].pk}"
    listed = Handing.objects.get()
    assert (listed.from_user, listed.to_user, listed.day) == (city.people["head"], new, today())
    assert [item["case"] for item in listed.items] == [case.key]
    assert last.details.text == listed.key
    assert listed.items[0]["part"] == "head"
    assert not verify_chain(cases.log())


def test_who_held_it_first_takes_nothing_over(case: Case, city: City) -> None:
    post = Post.objects.create(unit=city.units["education"], title="副局长", role="head")
    appoint(post, city.people["nobody"], today())
    assert not Handing.objects.exists()
    assert cases.events_of(case)[-1].act is Act.SIGN


def test_after_a_vacancy_the_successor_still_gets_the_list(case: Case, city: City) -> None:
    held = Membership.objects.get(post=city.posts["head"])
    organisation.relieve(held, today() - timedelta(days=9))
    appoint(city.posts["head"], city.people["nobody"], today())
    assert len(Handing.objects.get().items) == 1


def test_a_closed_task_is_not_handed_over(case: Case, city: City) -> None:
    people = city.people
    take(case, Act.CLAIM, people["head"], details={"text": "已建成"}, files=[paper()])
    take(case, Act.VERIFY, people["office"], files=[paper("核查.pdf")])
    take(case, Act.CLOSE, people["office_2"], details={"result": "done"})
    appoint(city.posts["head"], people["nobody"], today(), by=people["office"])
    assert not Handing.objects.exists()


def test_a_deputy_beside_the_holder_takes_nothing_over(case: Case, city: City) -> None:
    appoint(city.posts["head"], city.people["nobody"], today(), alone=False)
    assert not Handing.objects.exists()


def test_appointing_on_the_screen(office: Client, case: Case, city: City) -> None:
    path = f"/units/posts/{city.posts['liaison'].pk}/appoint/"
    assert case.title in office.get(path).content.decode()
    sent = {"user": city.people["nobody"].pk, "since": today().isoformat(), "alone": "on"}
    answer = office.post(path, sent, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/units/handings/{Handing.objects.get().pk}/"
    assert case.key in text
    assert "移交清单" in text
    assert "移交" in office.get(f"/tasks/{case.key}/").content.decode()
    early = office.post(path, {**sent, "user": city.people["auditor"].pk, "since": "2020-01-01"})
    assert early.status_code == 422


def test_relieving_says_what_waits(office: Client, case: Case, city: City) -> None:
    held = Membership.objects.get(post=city.posts["head"])
    path = f"/units/holders/{held.pk}/relieve/"
    assert office.post(path, {"day": "2019-01-01"}).status_code == 422
    answer = office.post(path, {"day": today().isoformat()}, follow=True)
    assert "1项" in answer.content.decode()
    assert not organisation.holders_of(city.posts["head"].pk)
    assert office.post(path, {"day": today().isoformat()}).status_code == 404


def test_an_administrator_appoints_without_seeing_the_tasks(client: Client, case: Case, city: City) -> None:
    city.sign_in(client, "administrator")
    path = f"/units/posts/{city.posts['head'].pk}/appoint/"
    page = client.get(path).content.decode()
    assert case.title not in page
    client.post(path, {"user": city.people["nobody"].pk, "since": today().isoformat(), "alone": "on"})
    listed = Handing.objects.get()
    assert client.get(f"/units/handings/{listed.pk}/").status_code == 403


def test_a_list_is_seen_by_its_unit_and_by_no_other(client: Client, case: Case, city: City) -> None:
    appoint(city.posts["liaison"], city.people["nobody"], today())
    listed = Handing.objects.get()
    for who, status, rows in (
        ("head", 200, 1),
        ("nobody", 200, 1),
        ("other_head", 404, 0),
        ("leader", 200, 1),
    ):
        city.sign_in(client, who)
        assert client.get(f"/units/handings/{listed.pk}/").status_code == status, who
        assert len(client.get("/units/handings/").context["page"].object_list) == rows, who


# --- units ------------------------------------------------------------------------------------------------------------


def test_a_renamed_unit_stays_what_it_is(case: Case, city: City) -> None:
    unit = city.units["education"]
    former = organisation.rename(unit, "教育和体育局", "教体局", today())
    assert (former.name, former.dissolved, former.successor) == ("教育局", today(), unit)
    assert former.key != unit.key
    case.refresh_from_db()
    assert str(case.lead) == "教体局"
    take(case, Act.REPORT, city.people["liaison"], details={"text": "已开工", "percent": 10})
    assert organisation.by_name("教育局") is None
    assert organisation.by_name("教育局", date(2026, 2, 1)) == former


@pytest.mark.parametrize("name", ["卫生健康委员会"])
def test_a_name_is_had_by_one_unit(city: City, name: str) -> None:
    with pytest.raises(InputError):
        organisation.rename(city.units["education"], name, "", today())
    with pytest.raises(InputError):
        organisation.found(name, "", "department", None, None)


def test_a_merged_units_tasks_go_over_to_its_successor(case: Case, city: City) -> None:
    city.posts["leader"].charge.set([city.units["education"]])
    office = city.people["office"]
    listed = merge(
        city.units["education"],
        city.units["health"],
        today(),
        "机构改革",
        by=office,
        standing=standing_of(office),
    )
    assert listed is not None
    assert [item["case"] for item in listed.items] == [case.key]
    case.refresh_from_db()
    assert (case.lead, case.stage) == (city.units["health"], "handed_over")
    last = cases.events_of(case)[-1]
    assert (last.act, last.reason) == (Act.TRANSFER, "机构改革")
    gone = Unit.objects.get(pk=city.units["education"].pk)
    assert (gone.dissolved, gone.successor) == (today(), city.units["health"])
    assert not organisation.holders_of(city.posts["head"].pk)
    assert list(city.posts["leader"].charge.all()) == [city.units["health"]]
    take(case, Act.SIGN, city.people["other_liaison"])


@pytest.mark.parametrize(
    ("successor", "part"),
    [("housing", ["housing"]), ("education", []), (None, [])],
    ids=["to another", "to the lead, which has no second part", "to nobody"],
)
def test_a_merged_units_part_in_others_tasks_passes_on(
    client: Client, case: Case, city: City, successor: str | None, part: list[str]
) -> None:
    office, heir = city.people["office"], city.units[successor] if successor else None
    merge(city.units["health"], heir, today(), "机构改革", by=office, standing=standing_of(office))
    case.refresh_from_db()
    assert (case.lead, case.stage) == (city.units["education"], "under_way")
    assert list(case.co.all()) == [city.units[one] for one in part]
    last = cases.events_of(case)[-1]
    assert (last.act, last.details.part_of, last.reason) == (Act.HAND_ON, "city/health", "机构改革")
    assert last.details.part_to == (heir.key if heir else "")
    assert not verify_chain(cases.log())
    city.sign_in(client, "office")
    page = client.get(f"/tasks/{case.key}/").content.decode()
    assert "原协办单位" in page
    assert "卫健委" in page


def test_a_unit_with_open_tasks_needs_a_successor(case: Case, city: City) -> None:
    office = city.people["office"]
    with pytest.raises(InputError):
        merge(city.units["education"], None, today(), "撤销", by=office, standing=standing_of(office))
    assert Unit.objects.get(pk=city.units["education"].pk).dissolved is None
    merge(city.units["housing"], None, today(), "撤销", by=office, standing=standing_of(office))
    assert Unit.objects.get(pk=city.units["housing"].pk).dissolved == today()


def test_what_is_claimed_is_decided_before_a_unit_ends(case: Case, city: City) -> None:
    take(case, Act.CLAIM, city.people["head"], details={"text": "已建成"}, files=[paper()])
    office = city.people["office"]
    with pytest.raises(InputError, match=case.key):
        merge(
            city.units["education"],
            city.units["health"],
            today(),
            "x",
            by=office,
            standing=standing_of(office),
        )
    assert Unit.objects.get(pk=city.units["education"].pk).dissolved is None


def test_a_merge_that_the_rules_refuse_leaves_nothing_behind(client: Client, case: Case, city: City) -> None:
    """An administrator may change units, but hands no task to another unit."""
    city.sign_in(client, "administrator")
    sent = {"end-successor": city.units["health"].pk, "end-day": today().isoformat(), "end-reason": "改革"}
    answer = client.post(f"/units/{city.units['education'].pk}/end/", sent)
    assert answer.status_code == 422
    assert Unit.objects.get(pk=city.units["education"].pk).dissolved is None
    assert cases.events_of(case)[-1].act is Act.SIGN


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/units/new/", {"name": "体育局", "kind": "department"}, 302),
        ("/units/new/", {"name": "教育局", "kind": "department"}, 422),
        ("/units/new/", {"name": "", "kind": "x"}, 422),
        ("/units/{education}/edit/", {"name": "市教育局", "kind": "department"}, 302),
        ("/units/{education}/edit/", {"name": "审计局", "kind": "department"}, 422),
        ("/units/{education}/edit/", {"name": "教育局", "kind": "department", "parent": "{education}"}, 422),
        ("/units/{education}/rename/", {"rename-name": "教体局", "rename-day": "2026-03-01"}, 302),
        ("/units/{education}/rename/", {"rename-name": "审计局", "rename-day": "2026-03-01"}, 422),
        ("/units/{education}/rename/", {"rename-name": "教体局", "rename-day": "昨天"}, 422),
        ("/units/{housing}/end/", {"end-day": "2026-03-01", "end-reason": "撤销"}, 302),
        ("/units/{housing}/end/", {"end-day": "2026-03-01"}, 422),
        ("/units/{housing}/end/", {"end-day": "2026-03-01", "end-reason": "x", "end-successor": "{housing}"}, 422),
        ("/units/{education}/posts/new/", {"title": "副局长", "role": "head", "order": 0}, 302),
        ("/units/{education}/posts/new/", {"title": "局长", "role": "head", "order": 0}, 422),
        ("/units/{education}/posts/new/", {"title": "x", "role": "king", "order": 0}, 422),
        ("/units/99999/edit/", {}, 404),
    ],
)  # fmt: skip
def test_changing_units_and_posts(
    office: Client, city: City, path: str, sent: dict[str, Any], status: int
) -> None:
    keys = {key: str(unit.pk) for key, unit in city.units.items()}
    filled = {name: str(value).format(**keys) for name, value in sent.items()}
    assert office.post(path.format(**keys), filled).status_code == status


def test_a_posts_role_stays_and_a_leaders_charge_changes(office: Client, city: City) -> None:
    post = city.posts["leader"]
    sent = {"title": "常务副市长", "role": "auditor", "order": 1, "charge": [city.units["housing"].pk]}
    assert office.post(f"/units/posts/{post.pk}/", sent).status_code == 302
    post.refresh_from_db()
    assert (post.title, post.role) == ("常务副市长", "leader")
    assert list(post.charge.all()) == [city.units["housing"]]


def test_a_unit_shows_its_history(office: Client, city: City) -> None:
    organisation.rename(city.units["education"], "教育和体育局", "教体局", today())
    page = office.get(f"/units/{city.units['education'].pk}/").content.decode()
    assert "教育和体育局" in page
    assert ">教育局</a>" in page
