"""Who may do what: every role, every act, on what is their own and on what is another unit's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from duban.web.access import Role, acts, scope
from duban.web.access.marks import BY_TOKEN, OPEN, SIGNED_IN, act_of
from duban.web.cases import service as cases
from duban.web.cases.models import Case
from duban.web.cases.service import HandOver
from duban.web.intake import service as intake
from duban.web.intake.service import Submission
from duban.web.organisation.service import standing_of
from duban.web.reports import service as reporting
from duban.web.reports.models import Report
from duban.web.reports.service import Seen
from duban.web.succession.models import Handing
from tests.web import reports
from tests.web.city import City
from tests.web.test_cases import PDF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client


MATRIX = """
act                office  leader  head   liaison  auditor  administrator
unit.see           all     all     all    all      all      all
unit.edit          all     -       -      -        -        all
account.manage     -       -       -      -        -        all
signin.see         -       -       -      -        all      all
report.see         all     all     all    all      all      -
report.import      all     -       -      -        -        -
commitment.review  all     -       -      -        -        -
task.see           all     all     own    own      all      -
task.hand_over     all     -       -      -        -        -
task.act           all     own     own    own      -        -
board.see          all     all     -      -        all      -
board.act          all     all     -      -        -        -
task.talk          all     all     own    own      -        -
evidence.add       all     own     own    own      -        -
appeal.register    all     -       -      -        -        -
applicant.see      all     -       own    own      -        -
task.publish       all     -       -      -        -        -
token.use          all     all     all    all      all      all
token.manage       -       -       -      -        -        all
webhook.manage     all     -       all    all      -        -
log.export         all     -       -      -        all      -
paper.make         all     all     -      -        all      -
paper.template     all     -       -      -        -        -
progress.exchange  -       -       own    own      -        -
"""
HEAD, *LINES = [line.split() for line in MATRIX.strip().splitlines()]
WANTED = {line[0]: dict(zip(HEAD[1:], line[1:], strict=True)) for line in LINES}
ROLES = tuple(HEAD[1:])


def test_the_matrix_names_every_role_and_act() -> None:
    assert set(ROLES) == set(Role)
    assert set(WANTED) == set(acts())


@pytest.mark.parametrize("act", WANTED)
@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_the_matrix(act: str, role: str) -> None:
    assert scope(Role(role), act).value == WANTED[act][role].replace("-", "none")


# --- every view says who may call it ----------------------------------------------------------------------------------

OPEN_VIEWS = {
    *("language", "sign_in", "code", "oidc_start", "oidc_back", "sign_out"),
    *(
        "ask",
        "status",
        "rate",
        "reopen",
        "public_page",
        "public_json",
        "public_csv",
        "openapi",
        "reference",
        "feed",
    ),
}


def views(patterns: list[Any], above: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, f"{above}{pattern.pattern}")
        elif isinstance(pattern, URLPattern):
            yield f"{above}{pattern.pattern}", pattern.callback


@pytest.mark.parametrize(
    ("path", "view"),
    [pytest.param(*found, id=found[0]) for found in views(get_resolver().url_patterns)],
)
def test_every_view_says_who_may_call_it(path: str, view: Callable[..., Any]) -> None:
    assert act_of(view) is not None, f"{path} is open to nobody: mark {view.__name__}"
    assert (act_of(view) == OPEN) == (view.__name__ in OPEN_VIEWS)


# --- every role at every door -----------------------------------------------------------------------------------------


@dataclass
class World:
    """A city with a report under review, and a task of one's own unit and one of another's."""

    city: City
    report: Report
    own: Case
    other: Case
    submission: Submission


@pytest.fixture
def world(city: City) -> World:
    report = reports.bring(city.people["office"])
    office, made = city.people["office"], []
    for one, unit in zip(list(reporting.live(report))[:2], ("education", "housing"), strict=True):
        reporting.accept(Seen(pk=one.pk, version=one.version), by=office)
        given = HandOver(commitment=one.pk, lead=city.units[unit], result_form="名册", due=date(2027, 11, 30))
        case = cases.hand_over(given, by=office, standing=standing_of(office))
        file = SimpleUploadedFile("a.pdf", PDF)
        from duban.supervision.model import Act, Details, EvidenceKind

        saying = cases.Saying(details=Details(text="见附件"), files=[(file, "a.pdf", EvidenceKind.DOCUMENT)])
        cases.take(case.pk, Act.NOTE, saying, by=office, standing=standing_of(office), seen=None)
        made.append(case)
    city.posts["leader"].charge.set([city.units["education"]])
    appeal = intake.Received(
        work_type="appeal", title="堵塞", applicant="某公司", received=timezone.now(), channel="paper"
    )
    submission = intake.take_in(appeal, [(SimpleUploadedFile("a.pdf", PDF), "a.pdf")], by=office)
    return World(city, report, made[0], made[1], submission)


@dataclass(frozen=True)
class Door:
    """A request that an act lets through. `of`: whose task it is about, where it is about one."""

    act: str
    method: str
    path: Callable[[World, Case], str]
    fields: Callable[[World, Case], dict[str, Any]] = lambda _world, _case: {}
    passes: tuple[int, ...] = (200, 302)


OF_ONESELF = {"progress.exchange"}
"""Acts whose doors are about one's own units by themselves: no path names a task."""


def _commitment(world: World) -> Any:
    return next(one for one in reporting.live(world.report) if one.state == "open")


def _list_of(world: World, case: Case) -> Handing:
    """A list of what was handed over that holds this case."""
    unit = case.lead
    assert unit is not None
    return Handing.objects.create(
        key="0" * 16, unit=unit, successor=world.city.units["audit"], day=date(2026, 6, 1), items=[]
    )


DOORS = (
    Door("token.use", "get", lambda w, c: "/account/tokens/"),
    Door("token.use", "post", lambda w, c: "/account/tokens/", passes=(422,)),
    Door("token.manage", "get", lambda w, c: "/tokens/"),
    Door("token.manage", "post", lambda w, c: "/tokens/", passes=(422,)),
    Door("webhook.manage", "get", lambda w, c: "/webhooks/"),
    Door("webhook.manage", "post", lambda w, c: "/webhooks/", passes=(422,)),
    Door("unit.see", "get", lambda w, c: "/units/"),
    Door("unit.see", "get", lambda w, c: "/search/?q=养老"),
    Door("unit.see", "get", lambda w, c: f"/units/{w.city.units['health'].pk}/"),
    Door("unit.edit", "get", lambda w, c: "/units/import/"),
    Door("unit.edit", "get", lambda w, c: "/units/import/template/"),
    Door("unit.edit", "post", lambda w, c: "/units/import/", passes=(422,)),
    Door("account.manage", "get", lambda w, c: "/accounts/"),
    Door("account.manage", "post", lambda w, c: f"/accounts/{w.city.people['nobody'].pk}/reset/"),
    Door("account.manage", "post", lambda w, c: f"/accounts/{w.city.people['nobody'].pk}/active/"),
    Door("signin.see", "get", lambda w, c: "/sign-ins/"),
    Door("report.see", "get", lambda w, c: "/reports/"),
    Door("report.see", "get", lambda w, c: f"/reports/{w.report.pk}/"),
    Door("report.see", "get", lambda w, c: f"/reports/{w.report.pk}/file/"),
    Door("report.import", "get", lambda w, c: "/reports/import/"),
    Door("report.import", "post", lambda w, c: "/reports/import/", passes=(422,)),
    Door(
        "commitment.review",
        "post",
        lambda w, c: f"/reports/commitments/{_commitment(w).pk}/accept/",
        lambda w, c: {"version": 1},
    ),
    Door(
        "commitment.review",
        "post",
        lambda w, c: f"/reports/{w.report.pk}/add/",
        lambda w, c: {"start": 0, "end": 8},
        (302, 422),  # once; the second time the characters belong to another
    ),
    Door("task.see", "get", lambda w, c: f"/tasks/{c.key}/"),
    Door("task.see", "get", lambda w, c: f"/tasks/{c.key}/files/{c.files.get().file_id}/"),
    Door("task.hand_over", "get", lambda w, c: f"/reports/{w.report.pk}/hand-over/"),
    Door("task.hand_over", "post", lambda w, c: f"/reports/{w.report.pk}/hand-over/"),
    *(
        Door("appeal.register", "get", lambda w, c, plural=plural: f"/{plural}/new/")  # type: ignore[misc]
        for plural in ("appeals", "petitions", "proposals", "instructions", "inspections")
    ),
    Door("appeal.register", "post", lambda w, c: "/appeals/new/", passes=(422,)),
    Door("appeal.register", "get", lambda w, c: f"/received/{w.submission.pk}/"),
    Door(
        "appeal.register",
        "get",
        lambda w, c: f"/received/{w.submission.pk}/files/{w.submission.files.get().file_id}/",
    ),
    Door("appeal.register", "post", lambda w, c: f"/received/{w.submission.pk}/register/", passes=(422,)),
    Door("appeal.register", "post", lambda w, c: f"/received/{w.submission.pk}/decline/", passes=(422,)),
    Door("appeal.register", "post", lambda w, c: f"/received/{w.submission.pk}/code/", passes=(200,)),
    Door("appeal.register", "get", lambda w, c: "/received/import/"),
    Door("appeal.register", "post", lambda w, c: "/received/import/", passes=(422,)),
    Door("appeal.register", "get", lambda w, c: "/received/import/template/"),
    Door("task.hand_over", "get", lambda w, c: "/received/hand-over/"),
    Door("task.hand_over", "post", lambda w, c: "/received/hand-over/"),
    Door("task.publish", "get", lambda w, c: "/publish/"),
    Door("task.publish", "post", lambda w, c: "/publish/"),
    Door("task.publish", "post", lambda w, c: f"/publish/{c.key}/", passes=(422,)),
    Door("task.talk", "post", lambda w, c: f"/tasks/{c.key}/note/", lambda w, c: {"text": "收到"}),
    Door("paper.make", "get", lambda w, c: "/papers/"),
    Door("paper.make", "get", lambda w, c: f"/papers/breakdown/{w.report.pk}.docx"),
    Door("paper.make", "get", lambda w, c: f"/papers/breakdown/{w.report.pk}.xlsx"),
    Door("paper.make", "get", lambda w, c: "/papers/circular/"),
    Door("paper.make", "post", lambda w, c: "/papers/circular/", passes=(422,)),
    Door("paper.make", "get", lambda w, c: "/papers/templates/circular.docx"),
    Door("paper.template", "get", lambda w, c: "/papers/templates/new/"),
    Door("paper.template", "post", lambda w, c: "/papers/templates/new/", passes=(422,)),
    Door("paper.template", "post", lambda w, c: "/papers/templates/circular/aside/"),
    Door("progress.exchange", "get", lambda w, c: "/papers/progress/"),
    Door("progress.exchange", "post", lambda w, c: "/papers/progress/", passes=(422,)),
    Door("progress.exchange", "get", lambda w, c: "/papers/progress/workbook.xlsx"),
    Door(
        "task.act", "post", lambda w, c: f"/tasks/{c.key}/act/report/", lambda w, c: {"seen": 9}, (403, 422)
    ),
    *(
        Door("unit.edit", "get", path)
        for path in (
            lambda w, c: "/units/new/",
            lambda w, c: f"/units/{w.city.units['housing'].pk}/edit/",
            lambda w, c: f"/units/{w.city.units['housing'].pk}/posts/new/",
            lambda w, c: f"/units/posts/{w.city.posts['head'].pk}/",
            lambda w, c: f"/units/posts/{w.city.posts['head'].pk}/appoint/",
            lambda w, c: f"/units/holders/{w.city.posts['head'].memberships.get().pk}/relieve/",
        )
    ),
    *(
        Door("unit.edit", "post", path, passes=(422,))
        for path in (
            lambda w, c: f"/units/{w.city.units['housing'].pk}/rename/",
            lambda w, c: f"/units/{w.city.units['housing'].pk}/end/",
        )
    ),
    Door("task.see", "get", lambda w, c: f"/units/handings/{_list_of(w, c).pk}/"),
    Door("board.see", "get", lambda w, c: "/board/"),
    Door("board.see", "get", lambda w, c: "/leader/"),
    Door(
        "board.act",
        "post",
        lambda w, c: "/board/act/",
        lambda w, c: {"pick": f"{c.key}:9", "act": "board", "text": "超期"},
        (200, 422),  # the rules may refuse it, and say so
    ),
)


def knock(client: Client, door: Door, world: World, case: Case) -> int:
    path = door.path(world, case)
    answer = client.get(path) if door.method == "get" else client.post(path, door.fields(world, case))
    return int(answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_door_opens_to_those_who_may_and_to_nobody_else(client: Client, world: World, role: str) -> None:
    """`head` and `liaison` are of the unit that has `own`, and the leader is in charge of it.

    What is not theirs to see is said not to be there.
    """
    for door in DOORS:
        for case, theirs in ((world.own, True), (world.other, False)):
            world.city.sign_in(client, role)
            wanted = WANTED[door.act][role]
            may = wanted == "all" or (wanted == "own" and (theirs or door.act in OF_ONESELF))
            status = knock(client, door, world, case)
            told = f"{role} {door.act} {door.method} {door.path(world, case)} of {'own' if theirs else 'other'}: {status}"
            if may:
                assert status in door.passes, told
            elif wanted == "own":
                assert status == (404 if WANTED["task.see"][role] == "own" else 403), told
            else:
                assert status in {403, 404}, told


LISTS = (
    "/tasks/",
    "/received/",
    "/appeals/",
    "/petitions/",
    "/proposals/",
    "/instructions/",
    "/inspections/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_lists_are_open_to_who_may_see_tasks(client: Client, world: World, role: str) -> None:
    world.city.sign_in(client, role)
    wanted = 403 if WANTED["task.see"].get(role, "-") == "-" else 200
    assert {client.get(path).status_code for path in LISTS} == {wanted}


@pytest.mark.django_db
def test_nobody_gets_in_without_signing_in_or_without_a_post(client: Client, world: World) -> None:
    for door in DOORS:
        client.logout()
        path = door.path(world, world.own)
        answer = client.get(path) if door.method == "get" else client.post(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/sign-in/")
        world.city.sign_in(client, "nobody")
        assert knock(client, door, world, world.own) in {403, 404}, path


@pytest.mark.django_db
def test_every_act_has_a_door_that_is_tried() -> None:
    within = {
        "evidence.add",
        "applicant.see",
        "log.export",
    }  # part of the form of an act, of the page of a case; the API's alone
    assert {door.act for door in DOORS} == set(acts()) - within
    tried = {act_of(view) for _, view in views(get_resolver().url_patterns)} - {OPEN, SIGNED_IN, BY_TOKEN}
    assert tried == {door.act for door in DOORS}


@pytest.mark.django_db
def test_a_post_that_has_ended_opens_nothing(client: Client, world: World) -> None:
    from duban.web.organisation.models import Membership
    from duban.web.organisation.service import relieve, today

    relieve(Membership.objects.get(user=world.city.people["office"]), today())
    world.city.sign_in(client, "office")
    assert client.get("/reports/").status_code == 403


@pytest.mark.django_db
def test_a_list_shows_only_what_is_theirs(client: Client, world: World) -> None:
    for who, seen in (
        ("liaison", {world.own.key}),
        ("other_head", set()),
        ("leader", {world.own.key, world.other.key}),
    ):
        world.city.sign_in(client, who)
        found = client.get("/tasks/").context["cases"]
        assert {case.key for case in found} == seen, who
