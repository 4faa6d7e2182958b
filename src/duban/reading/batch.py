"""From files and texts to readings: one (`read`), or a batch on all cores that survives bad files (`Batch`)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from duban import documents
from duban.documents.model import Document
from duban.errors import DubanError, InputError
from duban.reading.reader import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from duban.reading.reading import Reading

__all__ = [
    "Outcome",
    "Problem",
    "Task",
    "cores",
    "count",
    "expand",
    "mapped",
    "processors",
    "read",
    "run",
    "tasks",
]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_CORPUS = {".jsonl", ".ndjson"}
_SUFFIXES = {".txt", ".docx", ".pdf", ".html", ".htm", ".doc", ".wps", *_CORPUS}
"""What a folder is searched for."""
_WORTH_A_PROCESS = 300_000
"""Bytes that take as long to read as a process takes to start."""


def read(
    path_or_text: str | os.PathLike[str], *, place: str | None = None, year: int | None = None
) -> Reading:
    """The reading of one report, given as a file or as the text itself.

    A string is a file's name if there is such a file; else, if it is one short line that ends like a
    file name, the file is missing; else it is the text. `place` and `year` stand in for what the text
    does not tell, or tells wrongly. Raises `InputError` for a file that holds no report or many.
    """
    if isinstance(path_or_text, str) and not _names_a_file(path_or_text):
        return read_document(documents.from_text(path_or_text, place=place, year=year))
    found = list(islice(documents.load(Path(path_or_text), place=place, year=year, ocr=True), 2))
    if len(found) != 1:
        raise InputError(
            "the file holds more than one report" if found else "the file holds no report",
            where=str(path_or_text),
            todo="read the documents that duban.documents.load gives one by one" if found else "",
        )
    return read_document(found[0])


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What went wrong with one report of a batch, as it is told to a person."""

    message: str
    fatal: bool
    """True if the report could not be read; False for a warning."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One report to be read: a file, or a document already at hand, or a problem met on the way to it."""

    source: str
    """The file's name; of a document at hand, what to call it in a message."""
    document: Document | None = None
    place: str | None = None
    year: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one task: the document's id and the rendered reading, or why there is none."""

    source: str
    name: str = ""
    chunk: Any = None
    problem: Problem | None = None

    @property
    def read(self) -> bool:
        """Whether there is a reading."""
        return self.problem is None or not self.problem.fatal


def expand(paths: Sequence[str]) -> list[str]:
    """The files to read: a folder gives the reports anywhere below it, in order of their names.

    Raises `InputError` for a folder without any.
    """
    files: list[str] = []
    for path in paths:
        files += _documents_below(Path(path)) if path != "-" and Path(path).is_dir() else [path]
    return files


def count(files: Sequence[str]) -> int:
    """How many reports there are to read; a corpus has one a line."""
    return sum(_lines(Path(file)) if _is_corpus(file) else 1 for file in files)


def tasks(files: Sequence[str], *, place: str | None = None, year: int | None = None) -> Iterator[Task]:
    """One task a report, made as they are asked for: a corpus is never held whole.

    For a single file `place` and `year` stand in for what its text tells; of a corpus, whose lines
    tell both, they choose the reports.
    """
    for file in files:
        if file == "-" or _is_corpus(file):
            yield from _opened(file, place, year)
        else:
            yield Task(source=file, place=place, year=year)


def run(
    todo: Iterable[Task], render: Callable[[Reading], Any], *, jobs: int
) -> Generator[Outcome, None, None]:
    """Read every task and render it, in the order given, on `jobs` processes.

    `render` must be picklable if `jobs` > 1. At most a few documents a process are in memory at once.
    A task that fails gives an outcome with a problem and the batch goes on.
    """
    yield from mapped(partial(perform, render=render), todo, jobs=jobs)


def mapped(
    work: Callable[[_Given], _Made], todo: Iterable[_Given], *, jobs: int
) -> Generator[_Made, None, None]:
    """What `work` makes of each, in the order given, on `jobs` processes; picklable if `jobs` > 1.

    At most a few things a process are in memory at once. Raises `DubanError` if a process is ended from outside.
    """
    if jobs == 1:
        yield from map(work, todo)
        return
    with _workers(jobs) as pool:
        waiting: deque[Future[_Made]] = deque()
        try:
            for each in todo:
                waiting.append(pool.submit(work, each))
                if len(waiting) >= 3 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise DubanError(
                "a working process was ended from outside, most often for want of memory",
                todo="try again with --jobs 1",
            ) from error


def cores(files: Sequence[str]) -> int:
    """How many processes are worth starting: all cores for a large batch, one where starting takes longer."""
    size = sum(Path(file).stat().st_size for file in files if Path(file).is_file())
    return max(1, min(processors(), count(files), size // _WORTH_A_PROCESS))


def processors() -> int:
    """How many processes this machine runs at a time."""
    return os.cpu_count() or 1


def perform(task: Task, render: Callable[[Reading], Any]) -> Outcome:
    """Read one task; whatever goes wrong becomes its problem."""
    if task.problem is not None:
        return Outcome(source=task.source, problem=task.problem)
    try:
        reading = _reading(task)
        return Outcome(
            source=task.source, name=reading.document.id, chunk=render(reading), problem=_doubt(reading)
        )
    except (DubanError, OSError) as error:
        return Outcome(source=task.source, problem=_told(error, task.source))
    except Exception as error:  # noqa: BLE001 - a defect met in one report must not lose the rest of a batch
        message = (
            f"{task.source}: Duban failed on this text ({type(error).__name__}: {error}). Please report it"
        )
        return Outcome(source=task.source, problem=Problem(message=message, fatal=True))


def _reading(task: Task) -> Reading:
    if task.document is None:
        return read(Path(task.source), place=task.place, year=task.year)
    return read_document(task.document)


def _doubt(reading: Reading) -> Problem | None:
    """A warning about a text that seems to be no report."""
    where = reading.document.id
    if not reading.document.blocks:
        return Problem(message=f"{where}: there is no text in it", fatal=False)
    if not reading.figures:
        return Problem(
            message=f"{where}: no figure found. To do: check that it is a work report", fatal=False
        )
    return None


def _told(error: Exception, source: str) -> Problem:
    if isinstance(error, DubanError):
        message = str(error) if error.where else f"{source}: {error}"
    else:
        message = f"{source}: {getattr(error, 'strerror', None) or error}"
    return Problem(message=message, fatal=True)


def _opened(file: str, place: str | None, year: int | None) -> Iterator[Task]:
    """The documents of a corpus or of standard input, and the problems met on the way."""
    bad: list[InputError] = []
    try:
        if file == "-":
            yield Task(source="-", document=_piped(place, year))
            return
        for document in documents.load(Path(file), on_error=bad.append):
            yield from (Task(source=file, problem=_told(error, file)) for error in bad)
            bad.clear()
            if _chosen(document, place, year):
                yield Task(source=f"{file}: {document.id}", document=document)
        yield from (Task(source=file, problem=_told(error, file)) for error in bad)
    except (DubanError, OSError) as error:
        yield Task(source=file, problem=_told(error, file))


def _piped(place: str | None, year: int | None) -> Document:
    """The report on standard input, whatever its format: its content tells."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "stdin")
        path.write_bytes(sys.stdin.buffer.read())
        document = next(documents.load(path, place=place, year=year, ocr=True))
        return replace(document, source="-", id="-")


def _chosen(document: Document, place: str | None, year: int | None) -> bool:
    return (year is None or document.year == year) and (place is None or place in (document.place or ""))


def _is_corpus(file: str) -> bool:
    return Path(file).suffix.lower() in _CORPUS


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 1


def _documents_below(folder: Path) -> list[str]:
    found = sorted(
        str(path)
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()
    )
    if not found:
        endings = " ".join(sorted(_SUFFIXES))
        raise InputError(
            "there is no report in the folder", where=str(folder), expected=f"files in {endings}"
        )
    return found


def _names_a_file(text: str) -> bool:
    if "\n" in text or len(text) > 1000:
        return False
    return Path(text).suffix.lower() in _SUFFIXES or os.path.lexists(text)


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that start clean (no copy of this one's threads) and leave no task behind."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_die_quietly)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback, and let none outlive a process that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # the pool's own threads wait for ever
