"""A workbook of units, posts and people: what it says, what is wrong with it, and what taking it over would change.

A row names a unit; with a post and a role, a post of it; with a name and an account, who holds that post. Nothing is
deleted: what the workbook does not name stays as it is.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from duban.errors import InputError
from duban.web.access import Role
from duban.web.accounts import service as accounts
from duban.web.files.service import Columns, Issue, Severity, day_in, read_sheet
from duban.web.organisation import service
from duban.web.organisation.models import Membership, Post, Unit

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Change", "Check", "Issue", "Severity", "apply", "check", "read_rows", "template"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A line of the workbook, in words."""

    line: int
    unit: str
    short: str = ""
    kind: str = ""
    parent: str = ""
    post: str = ""
    role: str = ""
    name: str = ""
    username: str = ""
    email: str = ""
    since: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Something that taking the workbook over would do. `what`: unit, post, account, holder, ends."""

    what: str
    text: str
    line: int


@dataclass(kw_only=True, slots=True)
class Check:
    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def errors(self) -> int:
        return sum(issue.severity is Severity.ERROR for issue in self.issues)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    columns: Columns
    kinds: dict[str, str]
    roles: dict[str, str]


@cache
def _words() -> _Words:
    table = yaml.safe_load(files(__package__).joinpath("roster.yaml").read_text(encoding="utf-8"))
    return _Words(
        columns=Columns.of(table["columns"]),
        kinds={word: kind for kind, words in table["kinds"].items() for word in words},
        roles={word: role for role, words in table["roles"].items() for word in words},
    )


# --- reading ----------------------------------------------------------------------------------------------------------


def read_rows(path: Path) -> Check:
    """The rows of the workbook's first sheet, with what is wrong with them by themselves.

    Raises InputError for a file that is no workbook, has none of the headings, or has too many rows.
    """
    found = Check()
    for line, texts in read_sheet(path, _words().columns):
        _take(line, texts, found)
    return found


def _take(line: int, texts: dict[str, str], found: Check) -> None:
    """Add the row, if it can be understood, and what is wrong with it."""
    words = _words()
    before = found.errors

    def wrong(column: str, what: str, todo: str = "") -> None:
        found.issues.append(
            Issue(
                severity=Severity.ERROR, line=line, column=words.columns.shown[column], what=what, todo=todo
            )
        )

    if not texts.get("unit"):
        wrong("unit", _("no unit is named"))
    for column, known in (("kind", words.kinds), ("role", words.roles)):
        if texts.get(column) and texts[column].lower() not in known:
            wrong(
                column, _("%(word)s is not known") % {"word": texts[column]}, " ".join(dict.fromkeys(known))
            )
    for column, needs in (("post", "role"), ("role", "post"), ("username", "name"), ("name", "post")):
        if texts.get(column) and not texts.get(needs):
            wrong(needs, _("missing beside %(column)s") % {"column": words.columns.shown[column]})
    if texts.get("email") and not _is_address(texts["email"]):
        wrong("email", _("%(word)s is no address") % {"word": texts["email"]})
    since = day_in(texts.get("since", ""))
    if texts.get("since") and since is None:
        wrong("since", _("%(word)s is no day") % {"word": texts["since"]}, "2026-03-01")
    if found.errors == before:
        given = {key: value for key, value in texts.items() if key != "since"}
        given["kind"] = words.kinds.get(texts.get("kind", "").lower(), "")
        given["role"] = words.roles.get(texts.get("role", "").lower(), "")
        found.rows.append(Row(line=line, since=since, **given))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


# --- what it would change ---------------------------------------------------------------------------------------------


def check(path: Path) -> Check:
    """The workbook against what is there: what is wrong, what is odd, and what taking it over would change."""
    found = read_rows(path)
    _compare_units(found)
    _compare_people(found)
    return found


def _compare_units(found: Check) -> None:
    """Units that would be new, with the body of the catalogue each seems to be, and names that are nearly another's."""
    there = {unit.name: unit for unit in service.units()}
    for unit in service.units():
        if unit.short:
            there.setdefault(unit.short, unit)
    named = {row.unit for row in found.rows}
    seen: set[str] = set()
    for row in found.rows:
        if row.parent and row.parent not in named and row.parent not in there:
            text = _("%(unit)s is neither here nor in the workbook") % {"unit": row.parent}
            found.issues.append(_issue(Severity.ERROR, row, "parent", text))
        if row.unit in there or row.unit in seen:
            continue
        seen.add(row.unit)
        found.changes.append(Change(what="unit", text=row.unit, line=row.line))
        near = difflib.get_close_matches(row.unit, there, n=1, cutoff=0.75)
        if near:
            text = _("%(unit)s would be new; here there is %(near)s") % {"unit": row.unit, "near": near[0]}
            found.issues.append(
                _issue(Severity.WARNING, row, "unit", text, _("write it as it stands here if it is the same"))
            )
        body = service.body_of(row.unit)
        text = (
            _("taken for %(body)s of the catalogue: lead units are suggested by its duties")
            % {"body": body.name}
            if body
            else _("no unit of the catalogue is called so: it will not be suggested as a lead unit")
        )
        found.issues.append(_issue(Severity.NOTE, row, "unit", text))


def _issue(severity: Severity, row: Row, column: str, what: str, todo: str = "") -> Issue:
    return Issue(
        severity=severity, line=row.line, column=_words().columns.shown[column], what=what, todo=todo
    )


def _compare_people(found: Check) -> None:
    """Posts, accounts and holders that would be new, and who would no longer hold a post."""
    posts: dict[tuple[str, str], str] = {}
    accounts_: dict[str, str] = {}
    for row in found.rows:
        if not row.post:
            continue
        key = (row.unit, row.post)
        if posts.setdefault(key, row.role) != row.role:
            found.issues.append(
                _issue(Severity.ERROR, row, "role", _("this post has another role further up"))
            )
        post = Post.objects.filter(unit__in=_named(row.unit), title=row.post).first()
        if post is None:
            found.changes.append(Change(what="post", text=f"{row.unit} {row.post}", line=row.line))
        if row.username:
            _compare_holder(row, post, accounts_, found)
    found.changes = list({(change.what, change.text): change for change in found.changes}.values())


def _named(unit: str) -> list[int]:
    return [found.pk for found in service.units() if unit in {found.name, found.short}]


def _compare_holder(row: Row, post: Post | None, seen: dict[str, str], found: Check) -> None:
    if seen.setdefault(row.username, row.name) != row.name:
        text = _("the account %(username)s belongs to %(name)s further up") % {
            "username": row.username,
            "name": seen[row.username],
        }
        found.issues.append(_issue(Severity.ERROR, row, "username", text))
    user = accounts.by_username(row.username)
    if user is None:
        found.changes.append(Change(what="account", text=f"{row.name} {row.username}", line=row.line))
    elif user.name != row.name:
        text = _("the account %(username)s belongs to %(name)s") % {
            "username": row.username,
            "name": user.name,
        }
        found.issues.append(
            _issue(Severity.ERROR, row, "name", text, _("give this person another account name"))
        )
    present = Membership.objects.filter(post=post, until=None).select_related("user") if post else []
    if user is not None and any(membership.user_id == user.pk for membership in present):
        return
    found.changes.append(Change(what="holder", text=f"{row.name} → {row.unit} {row.post}", line=row.line))
    since = row.since or service.today()
    for membership in present:
        text = f"{membership.user.name} → {row.unit} {row.post}"
        found.changes.append(Change(what="ends", text=text, line=row.line))
        if since < membership.since:
            what = _("%(name)s holds the post only since %(since)s") % {
                "name": membership.user,
                "since": membership.since,
            }
            found.issues.append(_issue(Severity.ERROR, row, "since", what, _("choose a later day")))


# --- taking it over ---------------------------------------------------------------------------------------------------


@transaction.atomic
def apply(path: Path, by: accounts.User | None = None) -> list[accounts.NewAccount]:
    """Take the workbook over, all of it or nothing. The new accounts, with their first passwords.

    Raises InputError if it has errors.
    """
    found = check(path)
    if found.errors:
        raise InputError(_("the workbook has errors"), todo=_("mend them and upload it again"))
    units = _apply_units(found.rows)
    new: list[accounts.NewAccount] = []
    for order, row in enumerate(found.rows):
        if not row.post:
            continue
        post, _made = Post.objects.get_or_create(
            unit=units[row.unit], title=row.post, defaults={"role": Role(row.role), "order": order}
        )
        if row.username:
            user = accounts.by_username(row.username)
            if user is None:
                made = accounts.create(username=row.username, name=row.name, email=row.email)
                new.append(made)
                user = made.user
            service.appoint(post, user, row.since or service.today(), by=by)
    return new


def _apply_units(rows: list[Row]) -> dict[str, Unit]:
    """Every unit that the rows name, made if there was none."""
    units: dict[str, Unit] = {}
    for unit in service.units():
        units[unit.name] = unit
        if unit.short:
            units.setdefault(unit.short, unit)
    last = max((unit.order for unit in units.values()), default=0)
    for order, row in enumerate(rows, start=last + 1):
        if row.unit not in units:
            body = service.body_of(row.unit)
            units[row.unit] = Unit.objects.create(
                name=row.unit,
                short=row.short,
                kind=row.kind or Unit.Kind.DEPARTMENT,
                body=body.id if body else "",
                order=order,
            )
            if row.short:
                units.setdefault(row.short, units[row.unit])
    for row in rows:
        if row.parent and units[row.unit].parent_id is None and units[row.parent].pk != units[row.unit].pk:
            units[row.unit].parent = units[row.parent]
            units[row.unit].save(update_fields=["parent"])
    return units


def template(stream: Any) -> None:
    """Write an empty workbook with the headings, an example, and the words that can be chosen."""
    import xlsxwriter

    words = _words()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("单位岗位")
        head = book.add_format({"bold": True, "bg_color": "#fbeaea", "border": 1})
        for at, heading in enumerate(words.columns.shown.values()):
            sheet.write_string(0, at, heading, head)
            sheet.set_column(at, at, 16)
        for at, text in enumerate(
            ("教育局", "", "部门", "", "督查联络员", "联络员", "（姓名）", "jyj.lly", "", "2026-03-01")
        ):
            sheet.write_string(1, at, text)
        for name, known in (("kind", words.kinds), ("role", words.roles)):
            at = list(words.columns.shown).index(name)
            first = {value: word for word, value in reversed(known.items())}
            sheet.data_validation(1, at, 5000, at, {"validate": "list", "source": list(first.values())})
        sheet.freeze_panes(1, 0)
