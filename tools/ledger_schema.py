"""docs/reference/ledger.md out of the ledger's own schema: `make ledger-schema`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duban.ledger.store.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

__all__ = ["PAGE", "page"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "ledger.md"

_HEAD = f"""# The ledger's tables

A ledger is a [DuckDB](https://duckdb.org) file (schema {SCHEMA_VERSION}, in the table `meta`). Anything that opens DuckDB may read it; only Duban should write.
Written from `duban/ledger/store/schema.py` by `make ledger-schema`. How to use it: [keep a ledger](../how-to/keep-a-ledger.md).

Ids are the first 16 hexadecimal digits of a SHA-256; `reading` is a reading's `number`. A `…_text` column holds exactly the digits of the number
beside it.

## Views

| view | what it shows |
|---|---|
| `texts` | the whole text of each document, by its number |
| `current` | the one reading that stands for each place and year |
| `standing` | the figures of those with their links, as corrections in force put them right; `printed` is what was read |
| `links` | figure → code, score and why, of every reading |
| `corrections_in_force` | the corrections that hold today |
| `mended` | the same by figure |
"""


def page() -> str:
    """The page's text."""
    return _HEAD + "".join(_tables())


def _tables() -> Iterator[str]:
    for table, columns in TABLES.items():
        yield f"\n## {table}\n\n| column | type | what it is |\n|---|---|---|\n"
        for column in columns:
            yield f"| `{column.name}` | {_type(column.type)} | {column.means} |\n"


def _type(kind: pa.DataType) -> str:
    return (
        str(kind)
        .replace("list<element: ", "list<")
        .replace("list<item: ", "list<")
        .split("<struct", maxsplit=1)[0]
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
