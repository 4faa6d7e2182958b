"""Who asks, and whether anybody answers."""

from importlib.metadata import version as installed

from django.http import HttpRequest
from ninja import Router, Status

from duban.web.access import acts
from duban.web.api.caller import Bearer, caller
from duban.web.api.schemas import Health, HeldOut, TokenOut, Who
from duban.web.operation.health import problems
from duban.web.tokens.service import scopes

__all__ = ["router"]

router = Router(tags=["me"])


@router.get("/health", response={200: Health, 503: Health}, auth=None, summary="Whether it can do its work")
def health(request: HttpRequest) -> Status[Health]:  # noqa: ARG001 - ninja's
    """Asks for no token: database, migrations, and room for files."""
    found = problems()
    answer = Health(ready=not found, version=installed("duban"), problems=found)
    return Status(503 if found else 200, answer)


@router.get("/whoami", response=Who, auth=Bearer(), summary="Whose token it is and what it allows")
def whoami(request: HttpRequest) -> Who:
    """Any token may ask."""
    who = caller(request)
    covered = {act for scope in scopes().values() for act in scope.acts}
    return Who(
        username=who.user.username,
        name=who.user.name,
        posts=[
            HeldOut(post=held.post, title=held.title, unit=held.unit_key, role=held.role.value)
            for held in who.standing.held
        ],
        token=TokenOut(name=who.token.name, scopes=sorted(who.scopes), expires=who.token.expires),
        acts=[act for act in acts() if act in covered and who.may(act)],
    )
