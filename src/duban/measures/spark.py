"""Apache Spark as an engine: the same expressions on Ibis's PySpark backend, on this machine or on a cluster.

Which cluster is Spark's own business: `spark-defaults.conf` in `SPARK_CONF_DIR` (spark.master …) or `PYSPARK_SUBMIT_ARGS` say so, as for
any Spark program; without them all cores of this machine work. Parquet is read by Spark itself, from a place that all
its machines see. Text, workbooks and databases are read and parsed by DuckDB here, cell by cell as ever, and handed over.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from duban.errors import InputError, MissingDependencyError
from duban.measures.backends import DuckDB

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir
    from ibis.expr.types.relations import CachedTable

    from duban.measures.sources import Source

__all__ = ["Spark"]

_SETTINGS = {
    "spark.app.name": "duban",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "8",
}
"""For a session of our own; what the user's configuration says goes before it."""
_OF_SESSION = {
    "spark.sql.session.timeZone": "UTC",  # records are in local time, which no zone may move
    "spark.sql.ansi.enabled": "false",  # nothing divided by nought is nothing, as in DuckDB, and no error
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


class Spark:
    """A session of Spark, shared by all that are opened in this process; closing drops what was kept in it."""

    def __init__(self) -> None:
        """Raises `MissingDependencyError` without pyspark, or without Java where Spark is to run here."""
        self._session = _session()
        import ibis

        self._here = DuckDB()
        self._kept: list[CachedTable] = []
        self._views: list[str] = []
        self.connection: ibis.BaseBackend = ibis.pyspark.connect(self._session)

    def read(self, source: Source, *, numbered: bool = False) -> ir.Table:
        if numbered or source.form in {"csv", "sheet"}:
            return self._here.read(source, numbered=numbered)
        if source.form == "parquet" and _is_read_by_spark(source):
            return self._parquet(source)
        return self._moved(self._here.read(source))

    def _parquet(self, source: Source) -> ir.Table:
        paths = [str(file.path.resolve()) for file in source.files]
        try:
            return self._view(self._session.read.option("mergeSchema", "true").parquet(*paths))
        except Exception as error:
            raise InputError(
                f"the table “{source.table}” cannot be read ({str(error).splitlines()[0]})",
                where=", ".join(paths[:3]),
                todo="the files have to be where all machines of the cluster see them",
            ) from error

    def keep(self, rows: ir.Table) -> ir.Table:
        if rows.get_backend() is self._here.connection:
            return self._moved(rows)
        kept = rows.cache()
        self._kept.append(kept)
        return kept

    def empty(self, schema: ibis.Schema) -> ir.Table:
        return self._view(self._session.createDataFrame(schema.to_pyarrow().empty_table()))

    def _moved(self, rows: ir.Table) -> ir.Table:
        """Rows of DuckDB's as a table of Spark's."""
        return self._view(self._session.createDataFrame(rows.to_pyarrow()))

    def _view(self, frame: Any) -> ir.Table:
        name = f"duban_{uuid4().hex}"
        frame.createOrReplaceTempView(name)
        self._views.append(name)
        found: ir.Table = self.connection.table(name)
        return found

    def close(self) -> None:
        while self._kept:
            self._kept.pop().release()
        while self._views:
            self._session.catalog.dropTempView(self._views.pop())
        self._here.close()


def _session() -> Any:
    try:
        from pyspark import SparkConf
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingDependencyError(
            f"the engine spark is not installed ({error})",
            todo="pip install 'duban[spark]', or use --engine duckdb",
        ) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if not _has_java():
        raise MissingDependencyError(
            "Spark needs Java, and there is none",
            expected="Java 17 or 21 on the PATH or in JAVA_HOME",
            todo="install it (Debian: apt-get install openjdk-17-jre-headless), or use --engine duckdb",
        )
    given = SparkConf()
    if given.get("spark.master", "local").startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for key, value in _SETTINGS.items():
        given.setIfMissing(key, value)
    session = SparkSession.builder.config(conf=given).getOrCreate()
    for key, value in _OF_SESSION.items():
        session.conf.set(key, value)
    return session


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(home and (Path(home) / "bin" / "java").exists()) or shutil.which("java") is not None


def _is_read_by_spark(source: Source) -> bool:
    """Whether no time is in nanoseconds, which Spark has not: pandas writes such."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    return not any(
        pa.types.is_timestamp(field.type) and field.type.unit == "ns"
        for file in source.files
        for field in pq.read_schema(file.path)
    )
