"""The words people read for the codes of a settlement (labels.yaml)."""

from __future__ import annotations

from duban.ledger.reconcile.knowledge import knowledge

__all__ = ["label", "message", "style"]


def label(group: str, code: str, lang: str) -> str:
    """What a code of a group (verdicts, reasons, headings…) is called."""
    return str(knowledge("labels.yaml")[group][code][lang])


def style(verdict: str) -> str:
    """The terminal's style for a verdict."""
    return str(knowledge("labels.yaml")["verdicts"][verdict]["style"])


def message(name: str, lang: str, **fields: object) -> str:
    """A sentence, filled in."""
    return str(knowledge("labels.yaml")["messages"][name][lang]).format(**fields)
