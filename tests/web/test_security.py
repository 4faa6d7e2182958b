"""What a browser, a stranger and a forged form can do: nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import duban.web
from duban.errors import InputError
from duban.web.base.headers import POLICY
from duban.web.files import inspect
from tests.web import reports
from tests.web.test_cases import PDF, handed

if TYPE_CHECKING:
    from tests.web.city import City

WEB = Path(duban.web.__file__).parent
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/no-such-page/", "/units/", "/healthz"])
def test_every_answer_carries_the_policy(office: Client, path: str) -> None:
    answer = office.get(path)
    if path != "/healthz":
        assert answer["Content-Security-Policy"] == POLICY
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"
    assert "unsafe" not in POLICY


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_script_or_style_in_it(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|hx-on|<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:src|href|action)=["']https?:""", text), "nothing comes from elsewhere"
    assert "|safe" not in text.replace("field.help_text|safe", ""), "our own help texts alone are markup"


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused(city: City) -> None:
    browser = Client(enforce_csrf_checks=True)
    city.sign_in(browser, "office")
    case = handed(city)
    for path, fields in (
        ("/sign-in/", {"username": "office", "password": "x"}),
        ("/sign-out/", {}),
        ("/language/", {"language": "en"}),
        ("/reports/import/", {}),
        (f"/tasks/{case.key}/note/", {"text": "x"}),
        (f"/tasks/{case.key}/act/withdraw/", {"reason": "x", "seen": 3}),
        ("/account/password/", {}),
    ):
        assert browser.post(path, fields).status_code == 403, path


@pytest.mark.django_db
def test_cookies_are_out_of_a_scripts_reach(client: Client, city: City) -> None:
    from tests.web.city import PASSWORD

    answer = client.post("/sign-in/", {"username": "office", "password": PASSWORD})
    cookie = answer.cookies["duban_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.django_db
def test_an_error_of_ours_is_told_without_its_inside(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("duban.web.organisation.service.units", broken)
    office.raise_request_exception = False
    answer = office.get("/units/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "系统出错了" in answer.content.decode()


@pytest.mark.django_db
def test_words_of_a_report_are_never_markup(office: Client, city: City) -> None:
    text = reports.TEXT.replace("新增养老床位", "新增<script>alert(1)</script>养老床位").replace(
        "云溪市", '云溪市"><img src=x onerror=alert(1)>'
    )
    office.post("/reports/import/", {"file": reports.upload(text, '"><script>alert(2)</script>.txt')})
    for path in ("/reports/", "/reports/1/", "/reports/1/hand-over/", "/"):
        page = office.get(path)
        if page.status_code == 200:
            assert "<script>alert" not in page.content.decode()
            assert "<img src=x" not in page.content.decode()


# --- uploads ----------------------------------------------------------------------------------------------------------


def archive(*members: str, size: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for member in members:
            file.writestr(member, "0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("a.docx", archive("word/document.xml"), "docx"),
        ("A.XLSX", archive("xl/workbook.xml"), "xlsx"),
        ("a.ofd", archive("OFD.xml"), "ofd"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0", "jpg"),
        ("a.wps", bytes.fromhex("d0cf11e0a1b11ae1"), "doc"),
        ("a.txt", "文字".encode("gb18030"), "txt"),
        ("a.txt", "文字".encode("utf-16"), "txt"),
    ],
)
def test_a_file_is_what_is_in_it(name: str, content: bytes, kind: str) -> None:
    assert inspect.kind_of(io.BytesIO(content), name, purpose="evidence").key == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"<html>"),
        ("a.docx", PDF),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("a.docx", archive("word/document.xml", size=30_000_000)),
        ("a.docx", archive("word/document.xml")[:-30]),
        ("a.docm", archive("word/document.xml")),
        ("a.html", b"<html>"),
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.exe", b"MZ"),
        ("a", PDF),
        ("a.txt", b"\x00\x01\x02\x03"),
        ("a.pdf.exe", PDF),
    ],
)
def test_what_is_not_taken_as_evidence(name: str, content: bytes) -> None:
    with pytest.raises(InputError):
        inspect.kind_of(io.BytesIO(content), name, purpose="evidence")


@pytest.mark.django_db
def test_a_file_may_not_be_larger_than_is_said(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from django.conf import settings

    from duban.web.files import service
    from duban.web.files.models import StoredFile

    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, upload_bytes=1024))
    with pytest.raises(InputError):
        service.keep(SimpleUploadedFile("a.pdf", PDF + b"x" * 2000), "a.pdf", purpose="evidence", by=None)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("年报\u202excod.exe", "年报xcod.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", "file"),
        ("", "file"),
        ("长" * 300 + ".pdf", "长" * 110 + ".pdf"),
    ],
)
def test_a_name_is_made_one_that_a_file_can_have(name: str, cleaned: str) -> None:
    assert inspect.clean_name(name) == cleaned
