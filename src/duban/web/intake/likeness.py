"""What a submission may be the same as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.web.intake.models import Submission

if TYPE_CHECKING:
    from django.db.models import QuerySet


__all__ = ["Like", "alike", "share"]

_COMPARED = 1000
"""How many of the latest are compared by their words."""
_WORDS = 400
"""Characters of a text that are compared."""
_LIKE = 0.35
_SHOWN = 5
_IDLE = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Like:
    """Another submission, and why it may be the same."""

    submission: Submission
    share: float
    """Of the pairs of characters of both, those that they have in common."""
    same_applicant: bool


def alike(submission: Submission, others: QuerySet[Submission]) -> list[Like]:
    """Those of the others that are of the same applicant or in nearly the same words."""
    mine = _pairs(submission)
    found = [_like(submission, mine, other) for other in others.order_by("-received")[:_COMPARED]]
    if submission.applicant:
        known = {like.submission.pk for like in found}
        older = others.filter(applicant=submission.applicant).exclude(pk__in=known)[:_SHOWN]
        found += [_like(submission, mine, other) for other in older]
    near = [like for like in found if like.same_applicant or like.share >= _LIKE]
    return sorted(near, key=lambda like: (-like.share, -like.submission.pk))[:_SHOWN]


def _like(submission: Submission, mine: frozenset[str], other: Submission) -> Like:
    return Like(
        submission=other,
        share=share(mine, _pairs(other)),
        same_applicant=bool(submission.applicant) and other.applicant == submission.applicant,
    )


def _pairs(submission: Submission) -> frozenset[str]:
    words = _IDLE.sub("", submission.title + submission.text[:_WORDS]).lower()
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets have in common, of all that is in either.

    >>> share(frozenset("abc"), frozenset("bcd"))
    0.5
    """
    return len(one & other) / len(one | other) if one or other else 0.0
