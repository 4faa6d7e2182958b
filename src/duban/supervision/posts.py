"""Posts answer, not persons (Popolo: Post, Membership). When a holder changes, the open work passes to the successor."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from duban.errors import InputError
from duban.supervision.days import day_of
from duban.supervision.model import Details, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duban.supervision.state import State

__all__ = ["Handover", "HandoverItem", "Membership", "Post", "handover", "holder", "overlaps"]


class Post(Struct, frozen=True, kw_only=True):
    """A position in a body: 市交通运输局局长."""

    id: str
    label: str
    organization_id: str
    """The body ("city/transport")."""
    start_date: date | None = None
    end_date: date | None = None


class Membership(Struct, frozen=True, kw_only=True):
    """That a person holds a post, from a day to a day (the last day in it)."""

    person_id: str
    post_id: str
    start_date: date | None = None
    end_date: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the post was held on a day."""
        return (self.start_date is None or self.start_date <= day) and (
            self.end_date is None or day <= self.end_date
        )


class HandoverItem(Struct, frozen=True, kw_only=True):
    """A case that passes on, as it stands on the day."""

    case: str
    title: str
    part: str
    """In what part the post answers for it: `lead`, `head`, `leader` …"""
    stage: Stage
    due: date | None
    late: bool
    waits: tuple[str, ...]
    """What waits for somebody: `sign`, `refusal`, `extension`, `claim`, `board`, `follow-up`."""
    reported: date | None
    """When the unit last reported."""


class Handover(Struct, frozen=True, kw_only=True):
    """What passes from one holder of a post to the next (移交清单): what is late and what ends first stand first."""

    post: str
    day: date
    from_person: str | None
    to_person: str | None
    items: tuple[HandoverItem, ...]

    @property
    def id(self) -> str:
        """A hash of the list: the same list has the same id."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:16]

    def details(self) -> Details:
        """What the `hand_on` event of each case on the list says."""
        return Details(to_post=self.post, to_person=self.to_person or "", text=self.id)


def holder(post: str, memberships: Iterable[Membership], on: date) -> str | None:
    """Who holds a post on a day, None while it is vacant. Raises `InputError` where two do."""
    found = sorted({each.person_id for each in memberships if each.post_id == post and each.holds_on(on)})
    if len(found) > 1:
        raise InputError(
            f"{' and '.join(found)} hold the post at once",
            where=f"{post} on {on}",
            todo="end one of the memberships (end_date)",
        )
    return found[0] if found else None


def overlaps(memberships: Sequence[Membership]) -> Iterator[tuple[Membership, Membership]]:
    """Memberships of one post that overlap, for checking a list before it is used."""
    ordered = sorted(memberships, key=lambda each: (each.post_id, each.start_date or date.min))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.post_id != one.post_id:
                break
            if one.end_date is None or (other.start_date or date.min) <= one.end_date:
                yield one, other


def handover(post: str, memberships: Sequence[Membership], states: Iterable[State], *, on: date) -> Handover:
    """What a post answers for on the day its holder changes: every case that is open, or that is still followed.

    `on` is the new holder's first day. The duty passes with the post, without a new document; the list is what the two
    sign. Nothing in a case changes but that it records the change.
    """
    before = holder(post, memberships, date.fromordinal(on.toordinal() - 1))
    items = [item for state in states for item in _items(post, state)]
    items.sort(key=lambda item: (not item.late, item.due or date.max, item.case))
    return Handover(
        post=post, day=on, from_person=before, to_person=holder(post, memberships, on), items=tuple(items)
    )


def _items(post: str, state: State) -> Iterator[HandoverItem]:
    parts = [part for part, named in state.posts.items() if named == post]
    if not parts or not (state.is_open or state.following):
        return
    deadlines = [clock for clock in state.clocks if clock.is_running and clock.deadline is not None]
    ends = [clock.deadline.current_due.day for clock in deadlines if clock.deadline is not None]
    reports = [report.at for report in state.reports if report.by_unit]
    yield HandoverItem(
        case=state.case,
        title=state.title,
        part=", ".join(parts),
        stage=state.stage,
        due=min(ends, default=None),
        late=any(clock.is_late for clock in deadlines),
        waits=tuple(_waits(state)),
        reported=day_of(max(reports)) if reports else None,
    )


def _waits(state: State) -> Iterator[str]:
    if state.stage is Stage.HANDED_OVER:
        yield "sign"
    if state.refusal is not None:
        yield "refusal"
    if state.request is not None:
        yield "extension"
    if state.stage is Stage.CLAIMED:
        yield "claim"
    if state.on_board:
        yield "board"
    if state.following:
        yield "follow-up"
