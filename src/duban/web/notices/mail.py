"""A mail about notices, as text and as a page, in the language of whoever it goes to."""

from __future__ import annotations

import hashlib
import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from duban.web.notices.words import sentence

if TYPE_CHECKING:
    from duban.web.notices.models import Letter, Notice

__all__ = ["Problem", "deliver", "written"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why a mail did not go out; `final` where trying again is of no use."""

    text: str
    final: bool = False


def deliver(letter: Letter, language: str) -> Problem | None:
    """Hand the mail to the server; what was wrong, if it was not taken."""
    if not letter.user.is_active or not letter.user.email:
        return Problem(text="no address", final=True)
    with translation.override(language):
        message = written(letter)
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        return Problem(text=f"{type(error).__name__}: {error}", final=True)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return Problem(text=f"{type(error).__name__}: {error}", final=isinstance(error, ValueError))
    return None


def written(letter: Letter) -> EmailMultiAlternatives:
    """The mail, in the language that is chosen now."""
    notices = [
        {"said": sentence(one), "case": one.case, "url": _url(one), "at": one.at}
        for one in letter.notices.select_related("case").order_by("at")
    ]
    context = {
        "notices": notices,
        "name": letter.user.name,
        "place": settings.ENVIRONMENT.place,
        "settings_url": settings.ENVIRONMENT.address + reverse("notices:settings"),
        "language": translation.get_language(),
    }
    message = EmailMultiAlternatives(
        subject=_subject(notices),
        body=render_to_string("notices/mail.txt", context),
        to=[letter.user.email],
        headers={"Message-ID": _message_id(letter), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return message


def _url(notice: Notice) -> str:
    return str(settings.ENVIRONMENT.address + reverse("notices:open", args=[notice.pk]))


def _subject(notices: list[dict[str, object]]) -> str:
    if len(notices) == 1:
        subject = f"{notices[0]['said']} · {notices[0]['case']}"
    else:
        subject = _("%(count)d notices") % {"count": len(notices)}
    line = " ".join(f"[{_('Duban')}] {subject}".split())
    return line if len(line) <= _SUBJECT else line[: _SUBJECT - 1] + "…"


_SUBJECT = 120


def _message_id(letter: Letter) -> str:
    """The same whenever the mail is tried, so that a server that has it already can tell."""
    digest = hashlib.sha256(f"{letter.pk} {letter.key} {letter.made.isoformat()}".encode()).hexdigest()
    host = settings.ENVIRONMENT.hosts[0].lstrip(".") if settings.ENVIRONMENT.hosts else "duban.localhost"
    return f"<{digest[:32]}@{host}>"
