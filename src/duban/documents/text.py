"""Bytes → text: which encoding a file is in, told by its mark, by strictness, and only then by guessing."""

from __future__ import annotations

import codecs
import re

from duban.errors import InputError

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_USUAL = re.compile(r"[的一是在和年工作发展业政府会人民市县区国]")


def decode(data: bytes, *, where: str) -> str:
    """The text of `data`, line ends and all, without its byte order mark.

    A mark decides; else UTF-8, UTF-16 without a mark, GB18030 (GBK, GB2312), each strictly; else the
    best guess. Raises `InputError` for an empty file and for what is no text.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise InputError(
            "the file is empty",
            where=where,
            expected="a text",
            todo="check that the download or export finished",
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data, encoding, where).removeprefix("\ufeff"), where)
    wide = _wide(data)
    if wide is not None:
        return _checked(wide, where)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding), where)
        except UnicodeDecodeError:
            continue
    return _checked(_guess(data, where), where)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"the file says it is {encoding} but byte {error.start} cannot be read as such",
            where=where,
            expected="one encoding throughout",
            todo="save it again as UTF-8, or check that the file is complete",
        ) from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: zero bytes beside every ASCII character, or Han where the bytes make no UTF-8."""
    sample = data[:4096]
    even = len(sample) - len(sample) % 2
    if len(data) % 2 or even < 4:
        return None
    candidates: list[tuple[float, str]] = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        candidates.append((_likeness(text), text))
    if not candidates:
        return None
    likeness, text = max(candidates, key=lambda candidate: candidate[0])
    if b"\x00" in sample:
        return text if likeness > 0.5 else None
    return text if likeness > 0.9 and not _reads_otherwise(data) else None


def _reads_otherwise(data: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _likeness(text) > 0.9:
            return True
    return False


def _likeness(text: str) -> float:
    """How much of the beginning looks like a Chinese text: Han, its punctuation, ASCII; 0 to 1."""
    sample = text[:2000]
    if not sample:
        return 0.0
    plain = sum(1 for char in sample if char.isascii() and (char.isprintable() or char in "\r\n\t"))
    usual = min(1.0, 0.6 + len(_USUAL.findall(sample)) / len(sample) * 8)
    return (len(_HAN.findall(sample)) * usual + plain) / len(sample)


def _guess(data: bytes, where: str) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:200_000]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    text = data.decode("gb18030", "replace")
    if text.count("\ufffd") * 50 < len(text):
        return text
    raise InputError(
        "no encoding makes a text of this file",
        where=where,
        expected="UTF-8, GB18030 (GBK) or UTF-16",
        todo="open it where it can be read and save it as UTF-8",
    )


def _checked(text: str, where: str) -> str:
    """The text, unless it is full of control characters: then it is a binary file."""
    sample = text[:100_000]
    if len(_BINARY.findall(sample)) * 20 > len(sample):
        raise InputError(
            "this is a binary file, not a text",
            where=where,
            expected=".txt, .docx, .pdf, .html or a corpus .jsonl",
            todo="give the file its right suffix, or convert it",
        )
    if not text.strip():
        raise InputError(
            "the file is empty",
            where=where,
            expected="a text",
            todo="check that the download or export finished",
        )
    return text
