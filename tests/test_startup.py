"""Importing duban and asking for help stay light: nothing heavy is loaded until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *(
        "pyarrow",
        "xlsxwriter",
        "docx",
        "pypdfium2",
        "lxml",
        "charset_normalizer",
        "jinja2",
        "pandas",
        "polars",
    ),
    *(
        "numpy",
        "onnxruntime",
        "rapidocr",
        "duckdb",
        "ibis",
        "sqlglot",
        "django",
        "pyspark",
        "multiprocessing",
        "rich",
        "asyncio",
    ),
}
"""Libraries that take longer to import than everything of ours."""


def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded once a fresh interpreter has run the code."""
    program = (
        f"import sys\n{code}\nprint(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import duban", id="import duban"),
        pytest.param("import duban.cli", id="import duban.cli"),
        pytest.param(
            "from duban.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass",
            id="duban --help",
        ),
        pytest.param(
            "from duban.cli import main\ntry:\n    main(['read', '--help'])\nexcept SystemExit:\n    pass",
            id="duban read --help",
        ),
        pytest.param(
            "from duban.cli import main\ntry:\n    main(['measure', '--help'])\nexcept SystemExit:\n    pass",
            id="duban measure --help",
        ),
        pytest.param(
            "from duban.cli import main\ntry:\n    main(['reconcile', '--help'])\nexcept SystemExit:\n    pass",
            id="duban reconcile --help",
        ),
        pytest.param("from duban.measures import read\nread('air')", id="reading a pack's declarations"),
    ],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    assert loaded_by(code) & HEAVY == set()


def test_reading_a_text_loads_no_file_format() -> None:
    unused = {"pyarrow", "xlsxwriter", "docx", "pypdfium2", "lxml", "pandas", "polars", "numpy", "jinja2"}
    assert loaded_by("import duban\nduban.read('一、2024年工作回顾\\n粮食总产量增长3%。')") & unused == set()
