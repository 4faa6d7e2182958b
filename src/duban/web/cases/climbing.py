"""The ladder: each rung that a case has come to and that needs no person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from msgspec.structs import replace

from duban.supervision import Act, Event, WorkType
from duban.web.cases import rules
from duban.web.cases.asking import events_of
from duban.web.cases.keeping import Saying, after, append
from duban.web.cases.models import Case, CaseEvent
from duban.web.organisation import service as organisation

__all__ = [
    "Climbed",
    "climb",
]


@dataclass(frozen=True, kw_only=True)
class Climbed:
    """What came of the ladder's rungs that a case had come to."""

    case: Case
    taken: list[Event] = field(default_factory=list)
    advised: list[rules.Prompt] = field(default_factory=list)
    """What a person has to decide: another unit, a leader that nobody is, the board."""


@transaction.atomic
def climb(case_pk: int, now: datetime | None = None) -> Climbed:
    """Take each rung that the case has come to and that the system may take. Safe to run twice: a rung is taken once."""
    case = Case.objects.select_for_update().get(pk=case_pk)
    events = events_of(case)
    moment = now or after(events)
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, moment)
    climbed = Climbed(case=case)
    if not rules.prompts_of(work, state, ()):
        return climbed
    asked = _asked_lately(case, work, moment)
    seen: set[str] = set()
    while prompt := rules.next_prompt(work, state, asked, seen):
        seen.add(prompt.rung)
        if not rules.system_may(work, state, prompt.act, moment) or (
            prompt.act is Act.ESCALATE and not _post_for(case, prompt)
        ):
            climbed.advised.append(prompt)
            continue
        saying = Saying(
            details=replace(prompt.details(), to_post=_post_for(case, prompt)),
            reason=rules.sentence("reason", prompt.reason.code, prompt.reason.facts, "zh"),
        )
        append(case, events, rules.SYSTEM, prompt.act, saying, by=None, now=moment)
        asked.append(moment)
        state = rules.state_of(work, events, moment)
        climbed.taken.append(events[-1])
    return climbed


def _asked_lately(case: Case, work: WorkType, moment: datetime) -> list[datetime]:
    """When its lead unit was asked for something, over all its cases; nobody else asks it until this is committed."""
    if work.asks is None or case.lead_id is None:
        return []
    organisation.lock(case.lead_id)
    asked = CaseEvent.objects.filter(
        act__in=[act.value for act in work.asks.acts], at__gt=moment - _LATELY, case__lead=case.lead_id
    )
    return list(asked.values_list("at", flat=True))


_LATELY = timedelta(days=62)


def _post_for(case: Case, prompt: rules.Prompt) -> str:
    """The post that is asked: the case's own, else the unit's, or of who answers for the unit."""
    return prompt.post or organisation.post_for(case.lead_id, prompt.to)
