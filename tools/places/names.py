"""What a place is called for short: 保定市 → 保定, 岫岩满族自治县 → 岫岩, 恩施土家族苗族自治州 → 恩施 and 恩施州."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["names_file", "other_names", "short_name", "stem"]


@cache
def names_file() -> dict[str, Any]:
    """names.yaml as it stands."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))
    return loaded


def short_name(code: str, name: str) -> str:
    """The name without what says its kind and whose autonomy it is; the whole name where nothing fit is left."""
    short: str = names_file()["short"].get(code) or stem(name)
    return short if len(short) > 1 and short not in names_file()["no_short"] else name


def other_names(code: str, name: str) -> tuple[str, ...]:
    """Names in use besides the full and the short one."""
    found = list(names_file()["other"].get(code, ()))
    if name.endswith("自治州"):
        found.append(short_name(code, name) + "州")
    return tuple(found)


def stem(name: str) -> str:
    """The name without its kind, without its peoples if it is autonomous; at least two characters.

    >>> [stem(name) for name in ("双江拉祜族佤族布朗族傣族自治县", "长白朝鲜族自治县", "梅里斯达斡尔族区", "易县")]
    ['双江', '长白', '梅里斯', '易县']
    """
    return _ending().sub("", name, count=1)


@cache
def _ending() -> re.Pattern[str]:
    peoples = "|".join(sorted(names_file()["peoples"], key=len, reverse=True))
    people = f"(?:(?:{peoples})族?)"
    return re.compile(
        f"(?<=..)(?:{people}*族?自治[区州县旗]|(?:{people}+)(?<=族)区|特别行政区|地区|特区|[省市盟旗县]|(?<![新矿])区)$"
    )
