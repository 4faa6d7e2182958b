"""Files of every format, made here: the same report comes out of each."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from duban.documents import BlockKind, Part, load
from tests.documents.reports import CITY
from tests.documents.test_properties import check

if TYPE_CHECKING:
    from pathlib import Path

    from duban.documents.model import Document


def only(path: Path, **given: Any) -> Document:
    (document,) = load(path, **given)
    check(document)
    return document


def blocks_of(document: Document, kind: Any = None) -> Any:
    return [document.text[block.start : block.end] for block in document.blocks if kind in (None, block.kind)]


@pytest.fixture
def docx_file(tmp_path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_heading("云溪市2026年政府工作报告", 0)
    document.add_heading("一、2025年工作回顾", 1)
    document.add_paragraph("过去一年，地区生产总值增长5.2%。")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("指标", "单位", "2025年"), ("粮食产量", "万吨", "120")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("二、2026年工作安排", 1)
    document.add_heading("扩大有效需求", 2)
    document.add_paragraph("今年，新增就业3万人。\n力争更好。")
    path = tmp_path / "云溪.docx"
    document.save(str(path))
    return path


def test_docx_keeps_the_order_of_paragraphs_headings_and_tables(docx_file: Path) -> None:
    document = only(docx_file)
    assert blocks_of(document)[2:5] == [
        "过去一年，地区生产总值增长5.2%。",
        "指标\t单位\t2025年",
        "粮食产量\t万吨\t120",
    ]
    assert blocks_of(document, BlockKind.TABLE) == ["指标\t单位\t2025年", "粮食产量\t万吨\t120"]
    assert blocks_of(document)[-1] == "今年，新增就业3万人。\n力争更好。"
    assert [(section.level, section.heading, section.part) for section in document.sections[1:]] == [
        (1, "一、2025年工作回顾", Part.REVIEW_YEAR),
        (1, "二、2026年工作安排", Part.PLAN_YEAR),
        (2, "扩大有效需求", Part.PLAN_YEAR),
    ]
    assert (document.source, document.id, document.year, document.place) == (
        "云溪.docx",
        "云溪.docx",
        2026,
        "云溪市",
    )


def test_a_docx_is_known_by_its_content(docx_file: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "report.txt"
    shutil.copy(docx_file, renamed)
    assert only(renamed).text == only(docx_file).text


@pytest.fixture
def pdf_file(tmp_path: Path) -> Path:
    canvas_of = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "report.pdf"
    canvas = canvas_of.Canvas(str(path))
    sentence = (
        "全市地区生产总值增长百分之五点二，城镇新增就业三万六千人，居民收入稳步提高，社会大局保持稳定，"
    )
    paragraph = sentence * 3 + "各项工作都有新的进展。"
    for page in range(1, 4):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 800, "云溪市政府工作报告汇编")
        lines = ["一、2025年工作回顾"] if page == 1 else []
        lines += [paragraph[at : at + 34] for at in range(0, len(paragraph), 34)]
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.drawString(290, 40, f"- {page} -")
        canvas.showPage()
    canvas.save()
    return path


def test_pdf_joins_lines_broken_at_the_margin_without_changing_the_text(pdf_file: Path) -> None:
    document = only(pdf_file)
    own = [document.text[block.start : block.end] for block in document.blocks if not block.furniture]
    assert own[0] == "一、2025年工作回顾"
    assert len(own) == 4
    for paragraph in own[1:]:
        assert "".join(paragraph.split()).startswith(
            "全市地区生产总值增长百分之五点二，城镇新增就业三万六千人"
        )
        assert paragraph.endswith("各项工作都有新的进展。")
        assert "\r\n" in paragraph


def test_pdf_marks_page_numbers_and_running_heads(pdf_file: Path) -> None:
    document = only(pdf_file)
    marked = [
        (document.text[block.start : block.end], block.furniture)
        for block in document.blocks
        if block.furniture
    ]
    assert marked == [
        item
        for page in (1, 2, 3)
        for item in (("云溪市政府工作报告汇编", "navigation"), (f"- {page} -", "page_number"))
    ]


def test_pdf_pages_begin_where_they_begin(pdf_file: Path) -> None:
    document = only(pdf_file)
    assert len(document.pages) == 3
    for start in document.pages:
        assert document.text.startswith("云溪市政府工作报告汇编", start)


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>报告</title><script>alert("坏")</script>
<style>p {{color: red}}</style></head><body><nav><a href="/">首页</a><a>政务公开</a></nav>
<h1>云溪市2026年政府工作报告</h1><div>来源：云溪日报</div><div id="zoom">
<p>　　各位代表：</p><p>现在，我代表市人民政府向大会报告工作，请予<b>审</b>议。</p><p><strong>一、2025年工作回顾</strong></p>
<p>过去一年，细颗粒物（PM<sub>2.5</sub>）浓度下降3.1%&nbsp;，&lt;script&gt;是文字&lt;/script&gt;。<br>新增就业3万人。</p>
<table><tr><th>指标</th><td>数值</td></tr><tr><td>粮食</td><td>120万吨</td></tr></table></div>
<footer>版权所有 云溪市人民政府<img src=x onerror=alert(1)></footer><iframe src="javascript:alert(1)">坏</iframe></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gbk"), ("nonsense", "gb18030")],
)
def test_html_gives_the_text_and_marks_the_portal(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE.format(charset=charset).encode(encoding))
    document = only(path)
    own = [document.text[block.start : block.end] for block in document.blocks if not block.furniture]
    assert own == [
        "云溪市2026年政府工作报告",
        "各位代表：",
        "现在，我代表市人民政府向大会报告工作，请予审议。",
        "一、2025年工作回顾",
        "过去一年，细颗粒物（PM2.5）浓度下降3.1%\xa0，<script>是文字</script>。",
        "新增就业3万人。",
        "指标\t数值",
        "粮食\t120万吨",
    ]
    assert {block.furniture for block in document.blocks if block.furniture} == {
        "navigation",
        "byline",
        "footer",
    }
    assert "坏" not in document.text
    assert "alert" not in document.text


def test_html_nested_deep_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html><body>" + "<div>" * 1_900 + "今年，新增就业3万人。", encoding="utf-8")
    assert only(path).text == "今年，新增就业3万人。"


def corpus(tmp_path: Path, *lines: Any) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(
        b"\n".join(
            line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode()
            for line in lines
        )
    )
    return path


def test_a_corpus_gives_one_document_a_line_and_its_fields_win(tmp_path: Path) -> None:
    path = corpus(
        tmp_path,
        {"id": "a", "level": "county", "region": "青湾县", "year": 2020, "title": "题", "text": CITY},
        {"text": CITY},
    )
    first, second = load(path)
    assert (first.id, first.place, first.year, first.title, first.level) == (
        "a",
        "青湾县",
        2020,
        "题",
        "county",
    )
    assert (second.id, second.place, second.year) == ("corpus.jsonl:2", "云溪市", 2026)
    assert first.source == "corpus.jsonl"
    assert [document.year for document in load(path, year=2019)] == [2019, 2019]


BAD_LINES = [
    (b"{not json", "corpus.jsonl, line 2: the line is no JSON"),
    (b"[1, 2]", "the line is no JSON object"),
    (b'{"id": "x"}', "the line has no text"),
    (b'{"text": "  "}', "the line has no text"),
    (b'{"text": "a", "year": "soon"}', 'year "soon" is no number'),
    (b'{"text": "a", "level": "planet"}', 'unknown level "planet"'),
    (b"\xff\xfe\xff", "the line is no JSON"),
    (b"[" * 100_000, "the line is no JSON"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_a_bad_line_of_a_corpus_is_told_and_the_rest_goes_on(tmp_path: Path, line: Any, message: str) -> None:
    path = corpus(tmp_path, {"id": "a", "text": CITY}, line, b"", {"id": "c", "text": CITY})
    problems: list[Any] = []
    assert [document.id for document in load(path, on_error=problems.append)] == ["a", "c"]
    (problem,) = problems
    assert message in str(problem)
    assert "corpus.jsonl, line 2" in str(problem)


def test_a_bad_line_is_raised_where_nobody_gathers_problems(tmp_path: Path) -> None:
    documents = load(corpus(tmp_path, {"id": "a", "text": CITY}, b"{"))
    assert next(documents).id == "a"
    with pytest.raises(ValueError, match="line 2"):
        next(documents)


def test_a_file_name_tells_the_year_where_the_text_does_not(tmp_path: Path) -> None:
    path = tmp_path / "北泽_2017.txt"
    path.write_text("各位代表：\n新增就业3万人。", encoding="utf-8")
    assert only(path).year == 2017
