"""Common words of two characters across which a short name of a place may seem to stand: 平台 and 安全 for 台安."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["write_pairs"]

_COMMON = 100
"""How often the dictionary's corpus has a word at least. Lower lets more rare words hide names, higher hides fewer."""
_A_LINE = 30


def write_pairs(sdist: Path, short_names: Iterable[str], target: Path) -> None:
    """The words of jieba's dictionary that end as a two-character name begins, or begin as one ends."""
    names = [name for name in short_names if len(name) == 2]
    firsts, lasts = {name[0] for name in names}, {name[1] for name in names}
    words = sorted(
        word
        for word, count, kind in _dictionary(sdist)
        if len(word) == 2
        and count >= _COMMON
        and not kind.startswith("nr")
        and (word[1] in firsts or word[0] in lasts)
    )
    lines = [" ".join(words[at : at + _A_LINE]) for at in range(0, len(words), _A_LINE)]
    head = f"# Written by `make places` from the dictionary of {sdist.name.removesuffix('.tar.gz')} (MIT)."
    target.write_text("\n".join([head, *lines]) + "\n", "utf-8")


def _dictionary(sdist: Path) -> Iterable[tuple[str, int, str]]:
    """(word, count, part of speech); nr is a person's name."""
    name = sdist.name.removesuffix(".tar.gz")
    with tarfile.open(sdist) as archive:
        member = archive.extractfile(f"{name}/jieba/dict.txt")
        assert member is not None
        for line in member.read().decode("utf-8").splitlines():
            word, count, kind = line.rsplit(" ", 2)
            yield word, int(count), kind
