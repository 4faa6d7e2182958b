"""Run the examples in the documentation: the `console` blocks of a page, and its `>>>` lines.

A line `$ command` is run by bash in a folder that holds the sample reports, and what it prints must be what
the page shows. A line `…` stands for any number of lines. After a change that alters what is printed,
`make docs-update` rewrites what no longer holds; read the difference before you commit it.
"""

from __future__ import annotations

import doctest
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import termios
from contextlib import chdir
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from duban import samples
from duban.supervision import CHINA, Act, Actor, Checkpoint, Event, Role, checkpoint, sealed
from duban.supervision.audit_log import write_log

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Step", "holds", "pages", "run", "run_python", "sandbox", "steps"]

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SHOWN = 8
"""Lines shown of a long output when a page is filled in."""

STYLE = re.compile(r"\x1b\[[0-9;]*m")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a page and what the page shows below it; `start` and `end` span that in the page."""

    command: str
    shown: str
    start: int
    end: int


def pages() -> list[Path]:
    """The pages of the documentation and the READMEs."""
    return [*sorted(REPOSITORY.glob("README*.md")), *sorted((REPOSITORY / "docs").rglob("*.md"))]


def steps(page: str) -> list[Step]:
    """The commands of a page's console blocks, in order."""
    return [step for block in BLOCK.finditer(page) for step in _steps_of(block.group(1), block.start(1))]


def _steps_of(block: str, offset: int) -> Iterator[Step]:
    commands = list(re.finditer(r"^\$ (.*)\n", block, re.MULTILINE))
    for command, following in zip(commands, [*commands[1:], None], strict=True):
        start, end = command.end(), following.start() if following else len(block)
        yield Step(command=command.group(1), shown=block[start:end], start=offset + start, end=offset + end)


def sandbox(folder: Path) -> None:
    """Lay out what the examples use: the two sample reports, the same as a corpus, the records, a log of two cases."""
    (folder / "log.jsonl").write_bytes(b"".join(write_log(_log())))
    shutil.copytree(samples.records_path("air").parent, folder / "records")
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as corpus:
        for path, text in zip(samples.paths(), samples.texts(), strict=True):
            (folder / path.name).write_bytes(path.read_bytes())
            report = {
                "id": path.stem.replace("_", "-"),
                "level": "city",
                "region": samples.PLACE,
                "year": int(path.stem[-4:]),
                "title": text.partition("\n")[0].strip(),
                "text": text,
            }
            corpus.write(json.dumps(report, ensure_ascii=False) + "\n")


def _log() -> list[Event | Checkpoint]:
    """Two cases, three events and two, and a checkpoint over them."""
    events: list[Event] = []
    heads: list[Event] = []
    for case, acts in (
        ("2026-001", (Act.REGISTER, Act.PLAN, Act.HAND_OVER)),
        ("2026-002", (Act.REGISTER, Act.PLAN)),
    ):
        before: Event | None = None
        for seq, act in enumerate(acts, start=1):
            at = datetime(2026, 2, 2, 8 + seq, tzinfo=CHINA)
            event = Event(case=case, seq=seq, act=act, at=at, recorded=at, actor=Actor(role=Role.OFFICE))
            before = sealed(event, before)
            events.append(before)
        heads += [before] if before else []
    at = datetime(2026, 2, 3, tzinfo=CHINA)
    return [*events, checkpoint(heads, events=len(events), at=at)]


def run(command: str, folder: Path) -> str:
    """What the command prints on a terminal of 80 columns, without its bold type; then its messages."""
    scripts = str(Path(sys.executable).parent)
    settings = {"PATH": scripts + os.pathsep + os.environ["PATH"], "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
    ours, terminal = os.openpty()
    termios.tcsetattr(terminal, termios.TCSANOW, _raw(terminal))
    with subprocess.Popen(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=terminal,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(terminal)
        printed = _until_closed(ours) + (process.stderr.read() if process.stderr else b"")
    text = STYLE.sub("", printed.decode("utf-8"))
    return text if process.returncode == 0 else f"{text}exit status {process.returncode}\n"


def _raw(terminal: int) -> list[Any]:
    """The terminal's settings with line ends left as they are."""
    settings = termios.tcgetattr(terminal)
    settings[1] &= ~termios.OPOST
    return settings


def _until_closed(terminal: int) -> bytes:
    pieces = []
    try:
        while piece := os.read(terminal, 65536):
            pieces.append(piece)
    except OSError:  # how Linux says that the other side has closed
        pass
    finally:
        os.close(terminal)
    return b"".join(pieces)


def holds(shown: str, printed: str) -> bool:
    """Whether the page shows what was printed; blanks at the ends of lines do not count."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else re.escape(line.rstrip()) + r"\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed.splitlines())) is not None


def run_python(page: str, name: str, folder: Path) -> str:
    """Run a page's `>>>` examples in the folder; the report of what failed, empty if nothing did."""
    test = doctest.DocTestParser().get_doctest(page, {}, name, name, 0)
    report = io.StringIO()
    with chdir(folder):
        doctest.DocTestRunner(verbose=False).run(test, out=report.write)
    return report.getvalue()


def rewritten(page: str, folder: Path) -> str:
    """The page with what its commands print now, wherever it shows something else or only `…`."""
    pieces, last = [], 0
    for step in steps(page):
        printed = run(step.command, folder)
        if step.shown.strip() == "…" or not holds(step.shown, printed):
            pieces += [page[last : step.start], _abridged(printed, step.shown)]
            last = step.end
    return "".join([*pieces, page[last:]])


def _abridged(printed: str, shown: str) -> str:
    lines = [line.rstrip() + "\n" for line in printed.splitlines()]
    before = shown.splitlines()
    wanted = before.index("…") if "…" in before and before[0] != "…" else SHOWN
    return "".join(lines) if len(lines) <= wanted + 2 else "".join([*lines[:wanted], "…\n"])


def main() -> None:
    """Rewrite the pages that show what is no longer printed, and name them."""
    for path in pages():
        page = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            sandbox(Path(folder))
            new = rewritten(page, Path(folder))
        if new != page:
            path.write_text(new, encoding="utf-8")
            print(path.relative_to(REPOSITORY))


if __name__ == "__main__":
    main()
