"""The words of a site in one language: its own strings, and the labels of what it shows."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from duban.ledger.audit.labels import label as audit_label
from duban.ledger.reconcile.labels import label as reconcile_label
from duban.reading.formats.labels import label as reading_label

__all__ = ["LANGUAGES", "Words", "one_line"]

LANGUAGES = ("zh", "en")
_BLANKS = re.compile(r"\s+")


class Words:
    """Looks words up. `t("home")`, `t("promises_of", place="澜川市", year=2025)`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._strings: dict[str, str] = dict(_strings(lang))

    def __call__(self, name: str, /, **fields: object) -> str:
        """One of the site's strings, filled in."""
        text = self._strings[name]
        return text.format(**fields) if fields else text

    def verdict(self, code: str) -> str:
        """What a verdict is called."""
        return reconcile_label("verdicts", code, self.lang)

    def reasons(self, codes: tuple[str, ...]) -> str:
        """What led to a verdict."""
        gap = "；" if self.lang == "zh" else "; "
        return gap.join(reconcile_label("reasons", code, self.lang) for code in codes)

    def kind(self, code: str) -> str:
        """What a kind of figure is called."""
        return reconcile_label("kinds", code, self.lang)

    def status(self, code: str) -> str:
        """What a figure's status is called."""
        return reading_label("status", code, self.lang)

    def gravity(self, code: str) -> str:
        """How grave a finding is."""
        return audit_label("gravities", code, self.lang)

    def check(self, code: str) -> str:
        """What a check is called."""
        return audit_label("checks", code, self.lang)


def one_line(text: str, longest: int) -> str:
    """Words of a report without the line breaks of its layout, cut where they are long.

    >>> one_line("全市 生产\\n总值 (GDP  growth)", 14)
    '全市生产总值(GDP gr…'
    """
    joined = _BLANKS.sub(lambda found: _between(text, *found.span()), text)
    return joined if len(joined) <= longest else joined[: longest - 1] + "…"


def _between(text: str, start: int, end: int) -> str:
    """Latin words are parted by a blank, Chinese ones by none."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    return " " if before and behind and before.isascii() and behind.isascii() else ""


@cache
def _strings(lang: str) -> tuple[tuple[str, str], ...]:
    loaded: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath("strings.yaml").read_text(encoding="utf-8")
    )
    found = {}
    for name, entry in loaded.items():
        if set(entry) == set(LANGUAGES):
            found[name] = entry[lang]
        else:
            found |= {f"{name}.{inner}": each[lang] for inner, each in entry.items()}
    return tuple(found.items())
