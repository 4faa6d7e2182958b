"""What happens to a case of the sample city: the steps of a course, taken as people would have taken them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from duban.supervision import Act, Details, EvidenceKind, Satisfaction, Standing
from duban.web.cases import service as cases
from duban.web.organisation import service as organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from duban.web.accounts.service import User
    from duban.web.cases.service import Case
    from duban.web.reports import service as reports

__all__ = ["follow"]


def follow(
    case: Case,
    steps: Iterable[Mapping[str, Any]],
    slug: str,
    users: Mapping[str, User],
    now: datetime,
    due: date | None = None,
    commitment: reports.Commitment | None = None,
) -> None:
    """Take the steps, each on its day; `slug` names the accounts of the unit that leads."""
    posts = {"liaison": slug, "head": f"{slug}-head"}
    for step in steps:
        who = users[posts.get(step["by"], step["by"])]
        moment = now - timedelta(days=step["ago"])
        until = due + timedelta(days=step.get("more", 0)) if due else None
        cases.take(
            case.pk,
            Act(step["act"]),
            _saying(step, commitment, case, moment, until),
            by=who,
            standing=organisation.standing_of(who),
            seen=None,
            now=moment,
        )


def _saying(
    step: Mapping[str, Any],
    commitment: reports.Commitment | None,
    case: Case,
    moment: datetime,
    until: date | None,
) -> cases.Saying:
    share = step.get("share")
    values = _values(commitment, Decimal(str(share)), moment) if commitment and share is not None else ()
    satisfaction = step.get("satisfaction")
    details = Details(
        text=step.get("text", ""),
        problems=step.get("problems", ""),
        next_steps=step.get("next_steps", ""),
        result=step.get("result", ""),
        satisfaction=Satisfaction(satisfaction) if satisfaction else None,
        until=until if step["act"] == "ask_extension" else None,
        percent=int(share * 100) if share is not None and not values else None,
        values=values,
    )
    return cases.Saying(details=details, reason=step.get("reason", ""), files=_papers(step, case))


def _values(commitment: reports.Commitment, share: Decimal, moment: datetime) -> tuple[Standing, ...]:
    """What the targets stand at: rates hold all year and are near what was promised; the rest grows with the share."""
    found = []
    for number, figure in enumerate(commitment.figures, start=1):
        target = Decimal(str(figure["target"]["value"]))
        rate = figure["target"].get("kind", "level") != "level" or "%" in figure["unit"]
        value = target * (Decimal("0.9") + share / 5 if rate else share)
        found.append(
            Standing(
                target=f"t{number}",
                value=value.quantize(Decimal("0.1")).normalize() + 0,
                day=moment.date(),
                source=EvidenceKind.DOCUMENT,
            )
        )
    return tuple(found)


def _papers(step: Mapping[str, Any], case: Case) -> list[tuple[Any, str, EvidenceKind]]:
    if "evidence" not in step:
        return []
    name = step["evidence"]
    said = step.get("text") or step.get("reason", "")
    text = f"{name.removesuffix('.txt')}（样例）\n{case.title}\n{said}\n"
    return [(ContentFile(text.encode()), name, EvidenceKind.DOCUMENT)]
