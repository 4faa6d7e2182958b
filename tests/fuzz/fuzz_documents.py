"""Fuzz the readers of files: `python tests/fuzz/fuzz_documents.py -max_total_time=180 [CORPUS_FOLDER]`.

Any bytes give a document or one of our errors, whatever the file says it is.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["duban"]):
    from duban.documents import from_text, load
    from duban.errors import DubanError

SUFFIXES = (".txt", ".html", ".jsonl", ".docx", ".pdf")
FOLDER = Path(tempfile.mkdtemp())


def read(data: bytes) -> None:
    """One input: its first byte chooses the suffix, the rest is the file."""
    path = FOLDER / f"input{SUFFIXES[data[0] % len(SUFFIXES)] if data else '.txt'}"
    path.write_bytes(data[1:])
    try:
        documents = list(load(path, on_error=lambda _: None))
    except DubanError:
        documents = []
    encoding = "gb18030" if data[:1] > b"\x80" else "utf-8"
    documents.append(from_text(data[1:].decode(encoding, "replace")))
    for document in documents:
        end = 0
        for block in document.blocks:
            assert end <= block.start < block.end <= len(document.text)
            end = block.end


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
