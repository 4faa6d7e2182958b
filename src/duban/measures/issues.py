"""What was found wrong with records: how bad, where, how often, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["Issue", "say", "strings"]


@cache
def strings() -> dict[str, Any]:
    """The engine's own words (strings.yaml)."""
    text = files("duban.measures").joinpath("strings.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def say(group: str, name: str, lang: str, /, **fields: object) -> str:
    """One of the engine's sentences."""
    template: str = strings()[group][name][lang]
    return template.format_map(fields)


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """One rule that rows of a table break."""

    rule: str
    table: str
    column: str
    """Empty where it concerns whole rows."""
    count: int
    file: str
    """Where it was met first; empty where it is not tied to a row."""
    rows: tuple[int, ...]
    """The first few rows or lines in that file."""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> str:
        """`error`: rows were set aside; `warning`: values were; `info`: good to know."""
        return str(strings()["rules"][self.rule]["severity"])

    def message(self, lang: str = "zh") -> str:
        """What is wrong, where, how often, and what to do."""
        words = {**dict(self.fields), "table": self.table, "name": self.column}
        rule = strings()["rules"][self.rule]
        if "type" in words:
            words["type"] = strings()["types"][words["type"]][lang]
        where = f"{self.file or self.table}"
        if self.rows:
            more = "…" if self.count > len(self.rows) else ""
            listed = ", ".join(map(str, self.rows)) + more
            where += f" 第 {listed} 行" if lang == "zh" else f", row {listed}"
        times = (f"（{self.count} 处）" if lang == "zh" else f" ({self.count}×)") if self.count else ""
        todo = rule["todo"][lang].format_map(words)
        ending = f"。处理：{todo}" if lang == "zh" else f". To do: {todo}"
        return f"{where}: {rule[lang].format_map(words)}{times}{ending}"
