"""What mypyc makes of the reader reads as the sources do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import sys
from pathlib import Path
import yaml
from msgspec.structs import replace
from duban import samples, documents
from duban.documents.model import Part
from duban.quantities import scanner
from duban.reading.reader import read_document
print(scanner.__file__.rpartition(".")[2])
for text in samples.texts():
    reading = read_document(documents.from_text(text))
    print(reading.figures, reading.distinctions, reading.statements, sep="\\n")
for case in yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8")):
    document = documents.from_text(case["text"], year=case.get("year", 2026))
    part = Part(case.get("part", "review_year"))
    sections = tuple(replace(section, part=part) for section in document.sections)
    print(read_document(replace(document, sections=sections)).figures)
"""
CONSTRUCTIONS = ROOT / "tests" / "reading" / "constructions.yaml"


def said(**environment: str) -> tuple[str, str]:
    """How the scanner was loaded (py, so, pyd), and everything read from the samples and the constructions."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(CONSTRUCTIONS)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    loaded, _, read = done.stdout.partition("\n")
    return loaded, read


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_the_compiled_reader_reads_the_same() -> None:
    subprocess.run(["make", "compiled"], cwd=ROOT, check=True, capture_output=True)
    pure, compiled = said(), said(PYTHONPATH=str(ROOT / "build" / "compiled"))
    assert (pure[0], compiled[0] in ("so", "pyd")) == ("py", True)
    assert compiled[1] == pure[1]
