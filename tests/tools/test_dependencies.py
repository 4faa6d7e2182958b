"""The look-up of known vulnerabilities: a finding fails, a service that is away is said to be."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from tools.dependencies import audit, main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pip_audit", reason="needs pip-audit")

pytestmark = pytest.mark.slow

KNOWN = {
    "id": "GHSA-0000-0000-0000",
    "summary": "invented",
    "aliases": [],
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
            "versions": ["3.0.0"],
        }
    ],
}


@pytest.fixture
def service() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bad = asked["package"]["name"] == "jinja2"
            body = json.dumps({"vulns": [KNOWN]} if bad else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    server.shutdown()
    server.server_close()
    thread.join()


def lock(folder: Path, line: str) -> str:
    file = folder / "lock.txt"
    file.write_text(f"{line}\n", encoding="utf-8")
    return str(file)


def test_a_finding_is_named_and_fails(
    tmp_path: Path, service: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([lock(tmp_path, "jinja2==3.0.0"), "--service", service]) == 1
    assert "jinja2 3.0.0: GHSA-0000-0000-0000, mended in 9.9" in capsys.readouterr().out


def test_what_nothing_is_known_of_passes(tmp_path: Path, service: str) -> None:
    assert audit(lock(tmp_path, "click==8.5.1"), service=service) == []


def test_a_service_that_is_away_is_said_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([lock(tmp_path, "click==8.5.1"), "--service", "http://127.0.0.1:9/"]) == 0
    assert "not looked up" in capsys.readouterr().out


def test_a_lock_that_cannot_be_read_is_no_service_that_is_away(tmp_path: Path, service: str) -> None:
    with pytest.raises(RuntimeError):
        audit(lock(tmp_path, "jinja2=="), service=service)
