"""The lights of a case as the rules evaluate them, ready to be kept and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from duban.supervision.state import State
    from duban.supervision.work_types.load import WorkType

__all__ = ["Light", "evaluated"]


class Light(NamedTuple):
    colour: str
    gravity: int
    record: dict[str, Any]


def evaluated(work: WorkType, state: State) -> list[Light]:  # noqa: ARG001
    """Each dimension's light."""
    return []
