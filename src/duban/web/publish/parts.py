"""What publishing shows on the page of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from duban.web.publish import service
from duban.web.publish.forms import PublishForm
from duban.web.publish.models import Publication

if TYPE_CHECKING:
    from django.http import HttpRequest

    from duban.web.cases.service import Case

__all__ = ["publishing"]


def publishing(request: HttpRequest, case: Case) -> str:
    """Whether it is public, and what of it could be: for who may publish."""
    standing = request.standing  # type: ignore[attr-defined]
    if not standing.may("task.publish") or case.work_type in service.NEVER or case.lead_id is None:
        return ""
    publication = Publication.objects.filter(case=case).first()
    newest = service.latest(case)
    context = {
        "case": case,
        "publication": publication,
        "form": PublishForm(suggested=service.suggested(case), promised=case.commitment_id is not None),
        "newer": newest["progress"]
        if publication and publication.progress and newest["progress"] != publication.progress
        else "",
    }
    return render_to_string("publish/part.html", context, request)
