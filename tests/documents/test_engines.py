"""Old office files and scans through the programs that open them: LibreOffice, and the models of the extra `ocr`."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import docx
import pytest

from duban.documents import load
from duban.reading.reader import read_document

LINES = [
    "澜川市2026年政府工作报告",
    "一、2025年工作回顾",
    "地区生产总值增长5.6%，建成养老服务中心10所。",
    "新增城镇就业3.2万人，空气优良天数达到329天。",
]
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
)
FIGURES = [
    ("地区生产总值", "5.6%"),
    ("建成养老服务中心", "10所"),
    ("新增城镇就业", "3.2万人"),
    ("空气优良天数", "329天"),
]


def found(path: Path, *, ocr: bool = False) -> list[tuple[str, str]]:
    (document,) = load(path, year=2026, ocr=ocr)
    return [(figure.indicator, figure.text) for figure in read_document(document).figures]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "wps", "rtf", "odt"])
def test_an_old_office_file_is_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(tmp_path / "report.docx"))
    made = "doc" if suffix == "wps" else suffix
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", made,
         "--outdir", str(tmp_path / "made"), str(tmp_path / "report.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    path = (tmp_path / "made" / f"report.{made}").rename(tmp_path / f"report.{suffix}")
    assert found(path) == FIGURES


@pytest.mark.slow
@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra ocr is not installed: make setup-ocr")
@pytest.mark.parametrize("suffix", ["png", "pdf"])
def test_a_scan_is_recognised(tmp_path: Path, suffix: str) -> None:
    from PIL import Image, ImageDraw, ImageFont

    name = next((font for font in FONTS if Path(font).exists()), None)
    if name is None:
        pytest.skip("no Chinese font to draw the page with: fonts-noto-cjk")
    page = Image.new("RGB", (1600, 900), "white")
    font = ImageFont.truetype(name, 44)
    for row, line in enumerate(LINES):
        ImageDraw.Draw(page).text((100, 100 + 120 * row), line, font=font, fill="black")
    path = tmp_path / f"scan.{suffix}"
    page.save(path, resolution=200)
    assert found(path, ocr=True) == FIGURES
