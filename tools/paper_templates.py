"""The templates of papers that come with Duban, in the look of GB/T 9704—2012: `python -m tools.paper_templates`.

A4; margins 37 mm above, 35 below, 28 left, 26 right; title 小标宋 22 pt, body 仿宋 16 pt on lines of 29 pt, headings
黑体 and 楷体, page numbers — 1 — in 宋体 14 pt. A computer without these fonts takes the names beside them (fontTable).
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FOLDER", "breakdown", "circular"]

FOLDER = Path(__file__).resolve().parents[1] / "src" / "duban" / "web" / "papers" / "originals"

SONG, FANG, HEI, KAI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_OTHER_NAMES = {
    SONG: "FZXiaoBiaoSong-B05S,方正小标宋_GBK,小标宋体,Noto Serif CJK SC",
    FANG: "FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "KaiTi_GB2312,楷体,KaiTi,Noto Serif CJK SC",
    PLAIN: "SimSun,Noto Serif CJK SC",
}
RED = RGBColor(0xD0, 0x10, 0x10)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


class Sheet:
    """A paper that is being written."""

    def __init__(self, *, landscape: bool = False) -> None:
        self.document: Any = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.top_margin, section.bottom_margin = Mm(28), Mm(26)
            section.left_margin, section.right_margin = Mm(25), Mm(25)
        section.footer_distance = Mm(20)
        self._normal()
        self._page_number(section)

    def _normal(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(16)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FANG)
        style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(29)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)

    def _page_number(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = CENTRE
        for piece in ("— ", "PAGE", " —"):
            run = _run(paragraph, "" if piece == "PAGE" else piece, font=PLAIN, size=14)
            if piece == "PAGE":
                for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
                    field = (
                        f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
                        if kind
                        else f'<w:instrText {nsdecls("w")} xml:space="preserve">{text}</w:instrText>'
                    )
                    run._r.append(parse_xml(field))

    def line(
        self,
        text: str,
        *,
        font: str = FANG,
        size: float = 16,
        align: Any = LEFT,
        indent: bool = False,
        colour: RGBColor | None = None,
        bold: bool = False,
        tall: bool = False,
    ) -> Any:
        """A paragraph. `indent`: two characters; `tall`: as high as its letters."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        if indent:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="640"/>'))
        if tall:
            paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        run = _run(paragraph, text, font=font, size=size)
        run.bold = bold
        if colour is not None:
            run.font.color.rgb = colour
        return paragraph

    def heading(self, text: str) -> None:
        """一、 in 黑体."""
        self.line(text, font=HEI, indent=True).paragraph_format.keep_with_next = True

    def tag(self, text: str) -> None:
        """A paragraph that holds nothing but an instruction."""
        self.line(f"{{%p {text} %}}")

    def rule(self) -> None:
        """A red line across the page."""
        paragraph = self.line("", size=4, tall=True)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="18" w:space="1" w:color="D01010"/></w:pBdr>'
            )
        )

    def table(
        self, columns: Sequence[tuple[str, float, str]], each: str, *, group: tuple[str, str] | None = None
    ) -> None:
        """A table: (heading, width in mm, what a cell holds) a column; a row for `each`, under rows of a `group`."""
        table = self.document.add_table(rows=1, cols=len(columns))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for cell, (heading, _width, _holds) in zip(table.rows[0].cells, columns, strict=True):
            _fill(cell, heading, font=HEI, align=CENTRE)
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        if group:
            _tag_row(table, f"for {group[0]}")
            row = table.add_row()
            merged = row.cells[0].merge(row.cells[-1])
            _fill(merged, group[1], font=HEI)
        _tag_row(table, f"for {each}")
        row = table.add_row()
        for cell, (_heading, width, holds) in zip(row.cells, columns, strict=True):
            _fill(cell, holds, align=CENTRE if width < _NARROW else LEFT)
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        _tag_row(table, "endfor")
        if group:
            _tag_row(table, "endfor")
        for column, (_heading, width, _holds) in zip(table.columns, columns, strict=True):
            for cell in column.cells:
                if len(cell._tc.tcPr.findall(qn("w:gridSpan"))) == 0:
                    cell.width = Mm(width)
            column.width = Mm(width)

    def write(self) -> bytes:
        """The file, the same bytes whenever it is made."""
        properties = self.document.core_properties
        properties.author, properties.title, properties.comments = "Duban", "", ""
        properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
        self._name_fonts()
        stream = io.BytesIO()
        self.document.save(stream)
        return _settled(stream.getvalue())

    def _name_fonts(self) -> None:
        part = next(
            rel.target_part for rel in self.document.part.rels.values() if rel.reltype.endswith("/fontTable")
        )
        fonts = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
            for name, others in _OTHER_NAMES.items()
        )
        part._blob = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
        ).encode()


_NARROW = 30
"""Millimetres: what a narrower column holds stands in the middle."""


def _run(paragraph: Any, text: str, *, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._r.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), font)
    return run


def _fill(cell: Any, text: str, *, font: str = FANG, align: Any = LEFT) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(18)
    _run(paragraph, text, font=font, size=12)
    cell.vertical_alignment = 1


def _tag_row(table: Any, text: str) -> None:
    _fill(table.add_row().cells[0], f"{{%tr {text} %}}")


def _settled(data: bytes) -> bytes:
    """Without the picture of python-docx's own template, and without times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
        for name in read.namelist():
            if "thumbnail" in name:
                continue
            part = read.read(name)
            if name == "_rels/.rels":
                part = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", part)
            write.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def breakdown() -> bytes:
    """重点任务分解表."""
    sheet = Sheet(landscape=True)
    sheet.line("{{ title }}", font=SONG, size=22, align=CENTRE, tall=True)
    sheet.line("（{{ made }}，共{{ total }}项）", size=14, align=CENTRE)
    sheet.table(
        (
            ("序号", 13, "{{ row.number }}"),
            ("重点任务", 78, "{{ row.title }}"),
            ("目标", 50, "{{ row.targets }}"),
            ("牵头单位", 25, "{{ row.lead }}"),
            ("配合单位", 34, "{{ row.co }}"),
            ("完成时限", 25, "{{ row.due }}"),
            ("责任领导", 24, "{{ row.leader }}"),
        ),
        "row in section.rows",
        group=("section in sections", "{{ section.name }}"),
    )
    return sheet.write()


_TASK = (
    ("序号", 13, "{{ row.number }}"),
    ("任务", 66, "{{ row.title }}"),
    ("牵头单位", 25, "{{ row.lead }}"),
)


def circular() -> bytes:
    """督办通报."""
    sheet = Sheet()
    sheet.line("督 办 通 报", font=SONG, size=42, align=CENTRE, colour=RED, tall=True)
    sheet.line("〔{{ year }}〕第{{ number }}期", align=CENTRE)
    paragraph = sheet.line("{{ office }}", align=LEFT)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=2)
    _run(paragraph, "\t{{ made }}", font=FANG, size=16)
    sheet.rule()
    sheet.line("", size=16)
    sheet.line("{{ title }}", font=SONG, size=22, align=CENTRE, tall=True)
    sheet.line("", size=16)
    sheet.line("{{ opening }}", indent=True)
    sheet.heading("一、总体情况")
    sheet.line("{{ overview }}", indent=True)
    sheet.table(
        (
            ("单位", 34, "{{ row.unit }}"),
            ("承担任务", 23, "{{ row.all }}"),
            ("已办结", 18, "{{ row.closed }}"),
            ("在办", 17, "{{ row.open }}"),
            ("逾期", 17, "{{ row.late }}"),
            ("未签收", 18, "{{ row.unsigned }}"),
            ("被督促次数", 28, "{{ row.asked }}"),
        ),
        "row in units",
    )
    for number, heading, name, none, last in (
        ("二", "逾期未办结事项", "late", "无逾期事项。", ("已超期", 25, "{{ row.overdue }}")),
        ("三", "尚未签收事项", "unsigned", "交办事项均已签收。", ("交办日期", 25, "{{ row.handed }}")),
        ("四", "本期办结事项", "done", "本期无办结事项。", ("办结日期", 25, "{{ row.closed }}")),
    ):
        sheet.heading(f"{number}、{heading}")
        sheet.tag(f"if {name}")
        sheet.table([*_TASK, ("完成时限", 25, "{{ row.due }}"), last], f"row in {name}")
        sheet.tag("else")
        sheet.line(none, indent=True)
        sheet.tag("endif")
    sheet.heading("五、通报表扬与批评")
    for word, name in (("表扬", "praised"), ("批评", "criticised")):
        sheet.tag(f"if {name}")
        sheet.line(f"予以通报{word}的单位：", font=KAI, indent=True)
        sheet.tag(f"for one in {name}")
        sheet.line("{{ one }}", indent=True)
        sheet.tag("endfor")
        sheet.tag("endif")
    sheet.tag("if not praised and not criticised")
    sheet.line("本期无。", indent=True)
    sheet.tag("endif")
    sheet.tag("if demands")
    sheet.heading("六、工作要求")
    sheet.tag("for one in demands")
    sheet.line("{{ one }}", indent=True)
    sheet.tag("endfor")
    sheet.tag("endif")
    sheet.line("", size=16)
    for text in ("{{ office }}", "{{ made }}"):
        sheet.line(text, align=RIGHT).paragraph_format.right_indent = Pt(64)
    return sheet.write()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for paper in (breakdown, circular):
        (FOLDER / f"{paper.__name__}.docx").write_bytes(paper())
    sys.exit(0)
