"""Bad files: each is told what is wrong, where, and what to do."""

from __future__ import annotations

import os
import resource
import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest

from duban.documents import load
from duban.errors import DubanError, InputError, MissingDependencyError

if TYPE_CHECKING:
    from pathlib import Path


def problem(path: Path, error: type[Exception] = InputError, **given: Any) -> Any:
    with pytest.raises(error) as caught:
        list(load(path, **given))
    message = str(caught.value)
    assert str(path) in message
    assert "To do: " in message
    return message


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in problem(tmp_path / "none.txt")


def test_directory(tmp_path: Path) -> None:
    assert "this is a directory" in problem(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("增长5%", encoding="utf-8")
    path.chmod(0)
    try:
        assert "no permission" in problem(path)
    finally:
        path.chmod(stat.S_IRUSR)


def test_no_permission_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("增长5%", encoding="utf-8")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert "no permission to read the file" in problem(path)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.xyz"])
def test_empty_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert "the file is empty" in problem(path)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_binary_rubbish(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes((index * 7919 + index // 3) % 32 for index in range(5000)))
    assert "binary file" in problem(path)


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_truncated_docx(tmp_path: Path, keep: Any) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("增长5%。" * 500)
    path = tmp_path / "a.docx"
    document.save(str(path))
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    assert "damaged or no .docx" in problem(path)


def test_docx_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("增长5%", encoding="utf-8")
    assert "damaged or no .docx" in problem(path)


def test_encrypted_docx(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    message = problem(path, DubanError)
    assert "encrypted" in message


def test_docx_without_text(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    assert "no text" in problem(path)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nrubbish", b"%PDF-1.4\n" + b"\x00\xff" * 4000])
def test_damaged_pdf(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert "damaged or no PDF" in problem(path)


def test_encrypted_pdf(tmp_path: Path) -> None:
    canvas_of = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = tmp_path / "a.pdf"
    canvas = canvas_of.Canvas(str(path), encrypt=StandardEncryption("geheim", strength=128))
    canvas.drawString(72, 700, "5%")
    canvas.save()
    assert "the PDF is encrypted" in problem(path)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    from PIL import Image

    path = tmp_path / "scan.pdf"
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def test_scan_without_the_extra(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duban.documents.scan.find_spec", lambda _: None)
    assert "pip install 'duban[ocr]'" in problem(scan, MissingDependencyError)
    assert "pip install 'duban[ocr]'" in problem(scan, MissingDependencyError, ocr=True)


def test_scan_with_the_extra_that_was_not_asked_for(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duban.documents.scan.find_spec", lambda _: object())
    assert "ocr=True" in problem(scan)


def test_image_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    path = tmp_path / "page.png"
    Image.new("RGB", (30, 40), "white").save(path)
    monkeypatch.setattr("duban.documents.scan.find_spec", lambda _: None)
    assert "duban[ocr]" in problem(path, MissingDependencyError)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf"])
def test_old_formats_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    monkeypatch.setattr("shutil.which", lambda _: None)
    message = problem(path, MissingDependencyError)
    assert "LibreOffice" in message
    assert "save the file as .docx" in message


def test_html_without_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><script>1</script></html>", encoding="utf-8")
    assert "the page has no text" in problem(path)


def test_html_nested_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 50_000 + "增长5%", encoding="utf-8")
    assert "nested too deep" in problem(path)


@pytest.mark.slow
def test_a_text_of_100_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    line = "过去一年，全市地区生产总值增长5.2%，城镇新增就业3.6万人，社会大局保持稳定。\n".encode()
    with path.open("wb") as file:
        for _ in range(100_000_000 // len(line)):
            file.write(line)
    (document,) = load(path)
    assert len(document.blocks) == 100_000_000 // len(line)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform == "darwin" else 1024)
    assert peak < 4000
