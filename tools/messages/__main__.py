"""Gather what is to be translated, keep what was, compile the catalog. Needs no program but Python."""

from __future__ import annotations

import sys

from tools.messages.catalog import CATALOG, compiled, gathered, merged, missing, read, written

if __name__ == "__main__":
    catalog = merged(read(), gathered())
    CATALOG.write_bytes(written(catalog))
    CATALOG.with_suffix(".mo").write_bytes(compiled(catalog))
    for message in missing(catalog):
        print(f"not translated: {message}", file=sys.stderr)
    sys.exit(1 if missing(catalog) else 0)
