"""The whole of a ledger as a Data Package (v2): a file a table with its schema, and the observations as SDMX-CSV.

https://datapackage.org/standard/data-package/ (profile https://datapackage.org/profiles/2.0/datapackage.json)
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from duban.errors import OutputError
from duban.ledger.store.panel import observations
from duban.ledger.store.schema import TABLES
from duban.ledger.store.sdmx import COLUMNS, sdmx_csv

if TYPE_CHECKING:
    from duban.ledger.store.database import Database
    from duban.ledger.store.schema import Column

__all__ = ["export"]

_LEFT_OUT = {"documents": {"outline"}}
"""Columns that are of use to Duban alone."""
_INTERNAL = frozenset({"settled", "audited"})
"""Tables that only say what has been done already."""
_PRIMARY = {
    "documents": ["id"], "readings": ["number"], "statements": ["reading", "index"], "figures": ["reading", "index"],
    "distinctions": ["reading", "index"], "corrections": ["id"], "lines": ["document", "start"],
}  # fmt: skip
_POINTS_TO = {
    "lines": [("document", "documents", "number")],
    "readings": [("document", "documents", "id")],
    **{
        name: [("reading", "readings", "number")]
        for name in ("statements", "figures", "distinctions", "changes", "findings")
    },
    "promises": [("earlier", "readings", "number")],
    **{
        name: [("earlier", "readings", "number"), ("later", "readings", "number")]
        for name in ("outcomes", "claims")
    },
}
_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_SDMX = "observations.sdmx.csv"
_ROWS = 50_000


def export(ledger: Database, folder: Path, *, form: str = "csv") -> None:
    """Write every table as csv or parquet, `observations.sdmx.csv`, and `datapackage.json`, into a new or empty folder.

    The folder appears when all is written, or not at all. Raises `OutputError` for a folder with something in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(
            "there is something there already",
            where=str(folder),
            todo="name a new or an empty folder with -o",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"the folder cannot be made ({error.strerror})", where=str(folder)) from error
    try:
        resources = [_table(ledger, name, stage, form) for name in TABLES if name not in _INTERNAL]
        resources.append(_observations(ledger, stage))
        package = json.dumps(_package(ledger, resources), ensure_ascii=False, indent=2)
        (stage / "datapackage.json").write_text(package + "\n", encoding="utf-8")
        stage.chmod(0o755)
        stage.replace(folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _package(ledger: Database, resources: list[dict[str, Any]]) -> dict[str, Any]:
    made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    sources = ledger.rows("SELECT DISTINCT source FROM documents ORDER BY source LIMIT 1000")
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "government-work-reports",
        "title": "政府工作报告总账 Ledger of government work reports",
        "created": made,
        "contributors": [{"title": "Duban", "roles": ["wrangler"]}],
        "sources": [{"title": source} for (source,) in sources],
        "resources": resources,
    }


def _table(ledger: Database, name: str, folder: Path, form: str) -> dict[str, Any]:
    columns = [column for column in TABLES[name] if column.name not in _LEFT_OUT.get(name, ())]
    file = folder / f"{name}.{form}"
    chosen = ", ".join(_column(column, form) for column in columns)
    options = "FORMAT csv, HEADER, NULLSTR ''" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
    order = "ORDER BY " + ", ".join(f'"{key}"' for key in _PRIMARY.get(name, [columns[0].name]))
    target = str(file).replace("'", "''")
    ledger.rows(f"COPY (SELECT {chosen} FROM {name} {order}) TO '{target}' ({options})")
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if name in _PRIMARY:
        schema["primaryKey"] = _PRIMARY[name]
    if name in _POINTS_TO:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": resource, "fields": [key]}}
            for field, resource, key in _POINTS_TO[name]
        ]
    return {**_resource(name, file, form), "schema": schema}


def _resource(name: str, file: Path, form: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": name,
        "type": "table",
        "path": file.name,
        "format": form,
        "mediatype": _MEDIA[form],
        "bytes": file.stat().st_size,
        "hash": f"sha256:{_sha256(file)}",
    }
    return {**found, "encoding": "utf-8"} if form == "csv" else found


def _column(column: Column, form: str) -> str:
    """A list or a structure goes into a cell of csv as JSON."""
    nested = form == "csv" and pa.types.is_list(column.type)
    return f'to_json("{column.name}")::VARCHAR AS "{column.name}"' if nested else f'"{column.name}"'


def _field(column: Column) -> dict[str, Any]:
    found = {"name": column.name, "type": _type(column.type), "description": column.means}
    if found["type"] == "datetime":
        found["format"] = "any"
    return {key: value for key, value in found.items() if value}


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array"
    if pa.types.is_timestamp(kind):
        return "datetime"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    return "boolean" if pa.types.is_boolean(kind) else "string"


def _observations(ledger: Database, folder: Path) -> dict[str, Any]:
    file = folder / _SDMX
    found = observations(ledger)
    with file.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        for number, part in enumerate(found.to_batches(max_chunksize=_ROWS) or [found]):
            lines = sdmx_csv(part.to_pylist())
            if number:
                next(lines)
            stream.writelines(lines)
    integers = {"UNIT_MULT", "DECIMALS", "REPORT_YEAR", "START", "END"}
    numbers = {"OBS_VALUE", "OBS_HIGH", "PRINTED"}
    fields = [
        {"name": name, "type": "integer" if name in integers else "number" if name in numbers else "string"}
        for name in COLUMNS
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": list(COLUMNS[3:9])}
    described = {
        "title": "Observations, SDMX-CSV 2.0",
        "description": "What each report states of its own place.",
    }
    return {**_resource("observations", file, "csv"), **described, "schema": schema}


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
