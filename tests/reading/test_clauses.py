"""How a text is parted into sentences and clauses."""

from __future__ import annotations

import pytest

from duban.documents import from_text
from duban.reading.clauses import sentences
from duban.reading.reader import read_document


@pytest.mark.parametrize("piece", ["新建学校12所，", "新建学校12所", "，", "1", "一", "1,234"])
def test_a_sentence_without_an_end_is_read_in_pieces(piece: str) -> None:
    text = piece * 4000
    found = list(sentences(text, 0, len(text)))
    assert max((each.end - each.start for each in found), default=0) <= 2000
    assert all(text[clause.start : clause.end] == clause.text for each in found for clause in each.clauses)
    reading = read_document(from_text(text, year=2026))
    assert all(text[figure.start : figure.end] == figure.text for figure in reading.figures)
    for figure in reading.figures:
        statement = reading.statements[figure.statement]
        assert statement.start <= figure.start < statement.end


def test_pieces_end_with_a_clause() -> None:
    text = "新建学校12所，" * 400 + "新建医院3所。"
    found = list(sentences(text, 0, len(text)))
    assert [clause.text for each in found for clause in each.clauses] == ["新建学校12所"] * 400 + [
        "新建医院3所"
    ]
