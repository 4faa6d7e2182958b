"""Decoding: every encoding a Chinese office saves in, and what is no text at all."""

from __future__ import annotations

import pytest

from duban.documents.text import decode
from duban.errors import InputError

SHORT = "云溪市2026年政府工作报告"
LONG = "各位代表：\r\n现在，我代表市人民政府向大会报告工作。地区生产总值增长5.2%，粮食产量120万吨。\r\n" * 20


@pytest.mark.parametrize("text", [SHORT, LONG, "增长5％", "abc\n中"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gbk"]
)
def test_decodes_to_the_characters_that_were_saved(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="a.txt") == text


@pytest.mark.parametrize("text", ["增长", "云溪市", "㐂字", "１２％"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_decodes_very_short_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), where="a.txt") == text


def test_keeps_line_ends_and_odd_characters() -> None:
    text = "一、回顾\r\n二、安排\r三\u2028四\u3000\u3000五ＡＢ１"
    assert decode(text.encode(), where="a.txt") == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: the file is empty"),
        (b" \r\n\t ", "a.txt: the file is empty"),
        (b"\xef\xbb\xbf", "a.txt: the file is empty"),
        (bytes(range(32)) * 60, "binary file, not a text"),
        (b"\xef\xbb\xbf\xff\xff", "says it is utf-8-sig but byte"),
        (b"\xff\xfe\x00\xd8\x41\x00", "says it is utf-16 but byte"),
    ],
)
def test_says_what_is_wrong(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, where="a.txt")
    assert message in str(caught.value)
    assert "To do" in str(caught.value)
