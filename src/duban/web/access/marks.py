"""What a view says of who may call it. A view that says nothing is refused to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from duban.web.access.rules import Act, acts

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BY_TOKEN", "OPEN", "SIGNED_IN", "act_of", "by_token", "open_to_all", "requires", "signed_in"]

View = TypeVar("View", bound="Callable[..., Any]")

OPEN = Act("open to all")
SIGNED_IN = Act("signed in")
BY_TOKEN = Act("by token")


def requires(act: str) -> Callable[[View], View]:
    """Only those may call the view who may do the act; on what, the view itself has to ask."""
    if Act(act) not in acts():
        raise KeyError(act)
    return lambda view: _marked(view, Act(act))


def open_to_all(view: View) -> View:
    """Everybody may call the view."""
    return _marked(view, OPEN)


def signed_in(view: View) -> View:
    """Whoever has signed in may call the view: it is about themselves."""
    return _marked(view, SIGNED_IN)


def by_token(view: View) -> View:
    """Sessions open nothing here: the view itself asks whoever calls for a token, and what it allows."""
    return _marked(view, BY_TOKEN)


def act_of(view: Callable[..., Any]) -> Act | None:
    """What the view demands; None where it does not say."""
    return getattr(view, "act", None)


def _marked(view: View, act: Act) -> View:
    view.act = act  # type: ignore[attr-defined]
    return view
