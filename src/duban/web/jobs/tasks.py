"""The one task there is: do a part of a round."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from duban.web.jobs.models import Part, Round
from duban.web.jobs.work import do

__all__ = ["do_part"]


@task()
def do_part(pk: int) -> None:
    """Do the part, unless somebody has, or a later round took the place of its round."""
    part = Part.objects.select_related("round").filter(pk=pk).first()
    if part is None or part.finished or part.round.dropped:
        return
    do(part)
    with transaction.atomic():
        whole = Round.objects.select_for_update().get(pk=part.round_id)
        part.finished = timezone.now()
        part.save(update_fields=["finished", "done", "failed", "note"])
        if not Part.objects.filter(round=whole, finished=None).exists():
            whole.finished = part.finished
            whole.save(update_fields=["finished"])
