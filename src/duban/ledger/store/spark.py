"""Reading and linking on Apache Spark: the reading processes' own function under mapInArrow, from Parquet and to Parquet.

The reports are put into Parquet files of documents, a cluster turns each into one row of nested lists (the ledger's
tables), and the ledger takes those in as it takes in what its own processes read. Needs the extra `spark`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from duban.documents import load
from duban.documents.model import Document
from duban.errors import DubanError, InputError, MissingDependencyError
from duban.ledger.store.rows import READ, rows
from duban.ledger.store.schema import arrow_schema
from duban.reading.batch import Outcome, Problem, Task, perform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["RESULT", "TASKS", "read_batches", "read_on_spark"]

TASKS = pa.schema(
    [("position", pa.int64()), ("source", pa.string()), ("document", pa.binary()), ("problem", pa.string())]
)
"""What a cluster is given: a report (msgpack of `Document`), or the problem met on the way to it."""
RESULT = pa.schema(
    [
        ("position", pa.int64()),
        *(("source", pa.string()), ("name", pa.string()), ("problem", pa.string()), ("fatal", pa.bool_())),
        *((name, pa.list_(pa.struct(list(arrow_schema(name))))) for name in READ),
    ]
)
"""What it gives back: a row a report, with the rows of each table as a list."""
_REPORTS = 500
"""Reports of a Parquet file."""
_AT_A_TIME = 16
"""Reports of an Arrow batch: what a worker holds in memory."""


def read_on_spark(to_do: Iterable[Task], jobs: int) -> Iterator[Outcome]:
    """Tasks read by Spark, in the order given.

    The master is that of spark-submit or of the environment (SPARK_MASTER, SPARK_REMOTE), else this machine with `jobs` processes;
    DUBAN_SPARK_DIR names a folder that all machines of a cluster see. Raises `MissingDependencyError` without pyspark.
    """
    with _folder() as folder, _session(jobs) as session:
        written = _written(to_do, folder / "tasks")
        if not written:
            return
        from pyspark.sql.pandas.types import from_arrow_schema

        frame = session.read.parquet(*map(str, written)).repartition(max(jobs, len(written)))
        found = frame.mapInArrow(read_batches, from_arrow_schema(RESULT)).orderBy("position")
        try:
            found.write.mode("overwrite").parquet(str(folder / "read"))
        except Exception as error:
            raise DubanError(
                f"Spark could not read the reports ({str(error).partition(chr(10))[0]})",
                todo="see Spark's log; try without --engine spark",
            ) from error
        yield from _results(folder / "read")


def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of `TASKS` as rows of `RESULT`: what runs on a cluster's workers."""
    for batch in batches:
        for row in batch.to_pylist():
            yield _result(row["position"], _outcome(row))


def _outcome(row: dict[str, Any]) -> Outcome:
    if row["problem"] is not None:
        return Outcome(source=row["source"], problem=Problem(message=row["problem"], fatal=True))
    document = msgspec.msgpack.decode(row["document"], type=Document)
    return perform(Task(source=row["source"], document=document), rows)


def _result(position: int, outcome: Outcome) -> pa.RecordBatch:
    problem = outcome.problem
    columns: list[pa.Array] = [
        pa.array([position], pa.int64()),
        pa.array([outcome.source], pa.string()),
        pa.array([outcome.name], pa.string()),
        pa.array([problem.message if problem else None], pa.string()),
        pa.array([problem.fatal if problem else False], pa.bool_()),
    ]
    for name in READ:
        part = outcome.chunk[name] if outcome.read else arrow_schema(name).empty_table()
        columns.append(_nested(part, RESULT.field(name).type))
    return pa.RecordBatch.from_arrays(columns, schema=RESULT)


def _nested(part: pa.Table, kind: pa.DataType) -> pa.Array:
    """A table as one list of structures."""
    fields = [column.combine_chunks() for column in part.columns]
    rows_ = pa.StructArray.from_arrays(fields, fields=list(kind.value_type))
    return pa.ListArray.from_arrays(pa.array([0, part.num_rows], pa.int32()), rows_).cast(kind)


def _flat(row: pa.Table, name: str) -> pa.Table:
    """And back."""
    structures = row[name].combine_chunks().flatten()
    return pa.table(dict(zip(arrow_schema(name).names, structures.flatten(), strict=True))).cast(
        arrow_schema(name)
    )


def _results(folder: Path) -> Iterator[Outcome]:
    for file in sorted(folder.glob("*.parquet")):
        for batch in pq.ParquetFile(file).iter_batches(batch_size=_AT_A_TIME):
            for number in range(batch.num_rows):
                row = pa.Table.from_batches([batch.slice(number, 1)])
                yield _outcome_back(row)


def _outcome_back(row: pa.Table) -> Outcome:
    source, name, message, fatal = (row[field][0].as_py() for field in RESULT.names[1:5])
    problem = None if message is None else Problem(message=message, fatal=fatal)
    chunk = None if fatal else {part: _flat(row, part) for part in READ}
    return Outcome(source=source, name=name, chunk=chunk, problem=problem)


# --- what a cluster is given --------------------------------------------------------------------------------


def _written(to_do: Iterable[Task], folder: Path) -> list[Path]:
    """The tasks in Parquet files, a few hundred in each."""
    folder.mkdir()
    written: list[Path] = []
    records = (_task(position, task) for position, task in enumerate(to_do))
    while part := list(islice(records, _REPORTS)):
        written.append(folder / f"{len(written):05}.parquet")
        pq.write_table(pa.Table.from_pylist(part, TASKS), written[-1], row_group_size=_AT_A_TIME)
    return written


def _task(position: int, task: Task) -> dict[str, Any]:
    row = {"position": position, "source": task.source}
    if task.problem is not None:
        return {**row, "problem": task.problem.message}
    try:
        document = task.document or next(load(task.source, place=task.place, year=task.year, ocr=True))
    except (DubanError, OSError) as error:
        return {**row, "problem": str(error)}
    return {**row, "document": msgspec.msgpack.encode(document)}


@contextmanager
def _folder() -> Iterator[Path]:
    shared = os.environ.get("DUBAN_SPARK_DIR")
    try:
        with tempfile.TemporaryDirectory(prefix="duban-spark-", dir=shared) as folder:
            yield Path(folder)
    except FileNotFoundError as error:
        raise InputError("there is no such folder", where=f"DUBAN_SPARK_DIR={shared}") from error


@contextmanager
def _session(jobs: int) -> Iterator[Any]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingDependencyError(
            "Apache Spark is not installed", todo='pip install "duban[spark]"; it needs Java 17'
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("duban ledger").config(
        "spark.sql.execution.arrow.maxRecordsPerBatch", str(_AT_A_TIME)
    )
    if "SPARK_REMOTE" not in os.environ:
        if "SPARK_MASTER" in os.environ:
            builder = builder.master(os.environ["SPARK_MASTER"])
        else:
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = builder.master(f"local[{jobs}]").config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    if "SPARK_REMOTE" not in os.environ:
        session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
