"""What intake shows on the page of a case: who asked for what, and that no unit has it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from duban.web.cases import service as cases
from duban.web.intake import service
from duban.web.intake.models import Submission

if TYPE_CHECKING:
    from django.http import HttpRequest

    from duban.web.cases.service import Case

__all__ = ["asked", "routing"]


def asked(request: HttpRequest, case: Case) -> str:
    """Who asked for what, in their words; how they are reached is shown to those who need it."""
    if case.commitment_id is not None:
        return ""
    submission = Submission.objects.filter(case=case).select_related("case").first()
    if submission is None:
        return ""
    near = service.may_see_applicant(request.standing, submission)  # type: ignore[attr-defined]
    context = {
        "submission": submission,
        "named": near or service.name_is_open(submission),
        "near": near,
    }
    return render_to_string("intake/asked.html", context, request)


def routing(request: HttpRequest, case: Case) -> str:
    """That it waits for a unit, and which ones its words speak for: for who hands over."""
    standing = request.standing  # type: ignore[attr-defined]
    ready = cases.unrouted().filter(pk=case.pk).exists()
    if not standing.may("task.hand_over") or not (ready or case.stage == "registered"):
        return ""
    suggested = [one.unit for one in service.suggested(case)]
    context = {
        "case": case,
        "suggested": suggested,
        "ready": ready,
    }
    return render_to_string("intake/routing.html", context, request)
