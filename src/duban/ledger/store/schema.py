"""The tables of a ledger: their columns, what each means, and the views that say what stands today.

Ids are the first 16 hexadecimal digits of a SHA-256 of what they name, so that two runs give the same ledger:
a document's of text, place and year; a reading's of document and reader; a figure's of document and span. Within the file
the rows of a reading carry its `number`, which counts up: they lie together on the disk and are found at once.
`docs/reference/ledger.md` is written from this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["KEYS", "SCHEMA_VERSION", "TABLES", "VIEWS", "Column", "arrow_schema", "statements_of"]

SCHEMA_VERSION = 3
"""Raised with every change of a table or a column."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: pa.DataType
    means: str


_TEXT, _INT, _REAL, _FLAG, _KEY = pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.int64()
_WORDS = pa.list_(pa.string())
_TIME = pa.timestamp("us", tz="UTC")
EVIDENCE = pa.list_(pa.struct([("document", _TEXT), ("start", _INT), ("end", _INT), ("quote", _TEXT)]))
"""Characters that something rests on; `document` is the text's sha256."""

_OF_READING = [
    Column("reading", _KEY, "number of the reading it is of"),
    Column("index", _INT, "its place in the reading, from 0"),
]
_SPAN = [
    Column("start", _INT, "first character in the document's text"),
    Column("end", _INT, "one behind the last character"),
    Column("text", _TEXT, "those characters"),
]

LINK = [
    Column("code", _TEXT, "link: indicator of the catalogue; null where it is linked to none"),
    Column("score", _REAL, "link: how sure, 0 to 1"),
    Column("reasons", _WORDS, "link: why"),
    Column(
        "linked_kind", _TEXT, "link: the kind; growth where its words say so although it was read as a level"
    ),
    Column("own", _FLAG, "link: whether it is of the report's own place"),
    Column("place_code", _TEXT, "link: code of the place it is of; null where that has none or is not known"),
    Column(
        "scope", _WORDS, "link: what narrows it (docs: audit, scopes): part_of_year, core, mean…, other_base"
    ),
    Column("dated", _FLAG, "link: whether its year is sure"),
]
"""What the catalogue makes of a figure: beside it in one table, so that a panel reads one; `links` shows it alone."""

TABLES: dict[str, list[Column]] = {
    "documents": [
        Column("id", _TEXT, "of text, place and year"),
        Column("number", _KEY, "order in which documents were added"),
        Column("sha256", _TEXT, "of the text"),
        Column("name", _TEXT, "the corpus id, or the file's name"),
        Column("title", _TEXT, "title of the report"),
        Column("place", _TEXT, "whose report it is, as a full name"),
        Column("place_code", _TEXT, "GB/T 2260 code in that year, CN for the nation; null where there is none"),
        Column("place_key", _TEXT, "the code, or the name where there is none: what places are told apart by"),
        Column("level", _TEXT, "national, province, city, county or township"),
        Column("year", _INT, "the year the report was given in"),
        Column("source", _TEXT, "file or corpus it came from"),
        Column("origin", _TEXT, "SHA-256 of the file's bytes; null for a line of a corpus"),
        Column("outline", pa.binary(), "blocks, sections and metadata (msgpack, zlib)"),
        Column("added", _TIME, "when"),
    ],
    "lines": [
        Column("document", _KEY, "number of the document whose text it is of"),
        Column("start", _INT, "its first character in the document's text"),
        Column("text", _TEXT, "a line with its end, or what of a long one fits; all in order are the text exactly as read"),
    ],
    "readings": [
        Column("id", _TEXT, "of document and reader"),
        Column("number", _KEY, "order in which readings were added"),
        Column("document", _TEXT, "what was read"),
        Column("reader", _TEXT, "version of Duban and digest of its reader"),
        Column("catalogue", _TEXT, "digest of the catalogue that its figures are linked by"),
        Column("figures", _INT, "how many there are"),
        Column("distinctions", _INT, "how many there are"),
        Column("statements", _INT, "how many there are"),
        Column("read", _TIME, "when"),
    ],
    "statements": [
        *_OF_READING,
        *_SPAN,
        Column("section", _INT, "index of its section"),
        Column("status", _TEXT, "done, planned, ongoing or context"),
        Column("action", _TEXT, "its verb"),
        Column("object", _TEXT, "what the verb acts on"),
    ],
    "figures": [
        *_OF_READING,
        Column("id", _TEXT, "of document and span: the same figure in every reading"),
        *_SPAN,
        Column("value", _REAL, "the number, or the low end of a range"),
        Column("value_text", _TEXT, "the same with exactly its digits"),
        Column("high", _REAL, "the high end of a range"),
        Column("high_text", _TEXT, "the same with exactly its digits"),
        Column("unit", _TEXT, "without multipliers"),
        Column("qualifier", _TEXT, "exact, about, nearly, over, at_least or at_most"),
        Column("indicator", _TEXT, "what is measured, in the report's words"),
        Column("kind", _TEXT, "level, growth, change, avg_growth or rank"),
        Column("status", _TEXT, "actual, estimate, target or reference"),
        Column("period", _TEXT, "2025, or 2021/2025"),
        Column("first_year", _INT, "of the period"),
        Column("last_year", _INT, "of the period"),
        Column("place", _TEXT, "null where it is the report's own"),
        Column("section", _INT, "index of its section"),
        Column("part", _TEXT, "what its section speaks of: review_year, review_term, plan_year, plan_outline or other"),
        Column("statement", _INT, "index of its statement"),
        Column("quote", _TEXT, "that statement"),
        Column("sentence", _INT, "where its sentence begins"),
        *LINK,
    ],
    "distinctions": [
        *_OF_READING,
        *_SPAN,
        Column("type", _TEXT, "rank, record_high, first, streak…"),
        Column("scope", _TEXT, "among whom"),
        Column("subject", _TEXT, "what is distinguished"),
        Column("n", _INT, "its number"),
        Column("section", _INT, "index of its section"),
        Column("statement", _INT, "index of its statement"),
    ],
    "changes": [
        Column("reading", _KEY, "number of the newer reading"),
        Column("before", _KEY, "number of the reading it is compared with"),
        Column("change", _TEXT, "added, gone or changed"),
        Column("figure", _TEXT, "id of the figure, of the older one where it is gone"),
        Column("text", _TEXT, "the figure as written"),
        Column("quote", _TEXT, "its statement"),
        Column("field", _TEXT, "what changed"),
        Column("was", _TEXT, "in the older reading"),
        Column("now", _TEXT, "in the newer reading"),
    ],
    "promises": [
        Column("id", _TEXT, "of place, year, evidence and what is promised"),
        Column("earlier", _KEY, "number of the reading of the report that promised"),
        Column("place", _TEXT, ""),
        Column("place_key", _TEXT, "as in documents"),
        Column("year", _INT, "year of the report that promised"),
        Column("code", _TEXT, "indicator of the catalogue"),
        Column("name", _TEXT, "in the report's words"),
        Column("kind", _TEXT, "a figure's kind, or deed"),
        Column("value", _REAL, "the target"),
        Column("value_text", _TEXT, "the same with exactly its digits"),
        Column("high", _REAL, "its high end"),
        Column("high_text", _TEXT, "the same with exactly its digits"),
        Column("unit", _TEXT, ""),
        Column("qualifier", _TEXT, ""),
        Column("period", _TEXT, "for when it was promised"),
        Column("relation", _TEXT, "faster_than, at_least_as_fast_as or in_step_with"),
        Column("against", _TEXT, "what a relation is with"),
        Column("section", _TEXT, "headings above it"),
        Column("evidence", EVIDENCE, "the figure's characters first, then its statement"),
    ],
    "outcomes": [
        Column("promise", _TEXT, "id of the promise"),
        Column("earlier", _KEY, "number of the reading of the report that promised"),
        Column("later", _KEY, "number of the reading of the report that answers"),
        Column("verdict", _TEXT, "met, exceeded, partly, missed, under_way, no_answer or not_checkable"),
        Column("value", _REAL, "what was reached; null without an answer in numbers"),
        Column("value_text", _TEXT, "the same with exactly its digits"),
        Column("high", _REAL, "its high end"),
        Column("high_text", _TEXT, "the same with exactly its digits"),
        Column("unit", _TEXT, ""),
        Column("qualifier", _TEXT, ""),
        Column("status", _TEXT, "actual, estimate, done, ongoing, context, planned; null without an answer"),
        Column("reasons", _WORDS, "codes of the rules that led to the verdict"),
        Column("score", _REAL, "how sure the two belong together"),
        Column("rules", _TEXT, "version of the rules"),
        Column("evidence", EVIDENCE, "null without an answer"),
    ],
    "claims": [
        Column("earlier", _KEY, "number of the reading of the report that does not announce it"),
        Column("later", _KEY, "number of the reading of the report that claims it"),
        Column("place", _TEXT, ""),
        Column("place_key", _TEXT, "as in documents"),
        Column("year", _INT, "year of the report that claims it"),
        Column("code", _TEXT, "indicator of the catalogue"),
        Column("name", _TEXT, "the indicator or the deed in the report's words"),
        Column("kind", _TEXT, "a figure's kind, or deed"),
        Column("value", _REAL, "what is claimed; null for a deed"),
        Column("value_text", _TEXT, "the same with exactly its digits"),
        Column("high", _REAL, "its high end"),
        Column("high_text", _TEXT, "the same with exactly its digits"),
        Column("unit", _TEXT, ""),
        Column("qualifier", _TEXT, ""),
        Column("status", _TEXT, "actual or estimate; of a deed done"),
        Column("section", _TEXT, "headings above it"),
        Column("evidence", EVIDENCE, "the figure's characters first, then its statement"),
    ],
    "settled": [
        Column("earlier", _KEY, "number of a reading"),
        Column("later", _KEY, "number of a reading"),
        Column("rules", _TEXT, "version of the rules it was settled by"),
    ],
    "findings": [
        Column("id", _TEXT, "of check, version and evidence"),
        Column("reading", _KEY, "number of the reading that was audited"),
        Column("check", _TEXT, "docs: reference, audit"),
        Column("version", _TEXT, "of the rules"),
        Column("gravity", _TEXT, "note, doubt or contradiction"),
        Column("sum", _TEXT, "the sum done"),
        Column("tolerance", _TEXT, "the rounding allowed for"),
        Column("evidence", EVIDENCE, ""),
    ],
    "audited": [
        Column("reading", _KEY, "number of a reading"),
        Column("basis", _TEXT, "digest of the rules and of the readings it was compared with"),
    ],
    "corrections": [
        Column("id", _TEXT, "of figure, field, value, reason and who"),
        Column("figure", _TEXT, "id of the figure that is put right"),
        Column("document", _TEXT, "the document it stands in"),
        Column("field", _TEXT, "value, high, unit, qualifier, indicator, kind, status, period or place"),
        Column("expect", _TEXT, "what the field said: where it says something else, the correction has lapsed"),
        Column("value", _TEXT, "what is right; null for nothing"),
        Column("reason", _TEXT, ""),
        Column("who", _TEXT, ""),
        Column("when", _TEXT, "ISO 8601"),
        Column("until", _TEXT, "the day from which it no longer holds; null for none"),
        Column("quote", _TEXT, "the figure as written"),
        Column("withdrawn", _TEXT, "when and why it was taken back; null where it was not"),
    ],
}  # fmt: skip

KEYS = {"documents": "id", "readings": "id"}
"""Tables with a unique key that the database watches over; the others are filled by reading, whole or not at all."""

_CORRECTED = (
    *(("value", "value_text", "value_text"), ("high", "high_text", "high_text"), ("unit", "unit", "unit")),
    *(
        ("qualifier", "qualifier", "qualifier"),
        ("indicator", "code", "code"),
        ("kind", "linked_kind", "kind"),
    ),
    *(("status", "status", "status"), ("period", "period", "period"), ("place", "place", "of_place")),
)
"""Field of a correction, the column of `figures` that it puts right, and the column of `standing` that shows it."""


def _standing(columns: str, own: str, corrections: str, source: str) -> str:
    return f"""
        SELECT n.document, n.name, n.place, n.place_code, n.place_key, n.level, n.year AS report_year, f.reading, f."index",
               f.id AS figure, f.start, f."end", f.text, f.quote, f.indicator AS words, f.part, f.score, f.scope, f.dated,
               f.value_text AS printed, f.high_text AS printed_high, {corrections} AS corrections, {columns}, {own} AS own
        FROM {source}"""


_AS_READ = _standing(
    ", ".join(f"f.{column} AS {name}" for _, column, name in _CORRECTED),
    "f.own",
    "[]::VARCHAR[]",
    'figures f JOIN current n ON n.reading = f.reading WHERE (f.reading, f."index") NOT IN (SELECT (reading, "index") FROM mended)',
)
_MENDED = _standing(
    ", ".join(
        f"CASE WHEN map_contains(m.fields, '{field}') THEN m.fields['{field}'] ELSE f.{column} END AS {name}"
        for field, column, name in _CORRECTED
    ),
    "CASE WHEN map_contains(m.fields, 'place') THEN m.fields['place'] IS NULL ELSE f.own END",
    "m.ids",
    'mended m JOIN figures f ON f.reading = m.reading AND f."index" = m."index" JOIN current n ON n.reading = m.reading',
)

VIEWS = {
    "current": """
        SELECT r.number AS reading, d.id AS document, d.sha256, d.name, d.title, d.place, d.place_code, d.place_key,
               d.level, d.year, r.reader, r.catalogue
        FROM documents d JOIN readings r ON r.document = d.id
        QUALIFY row_number() OVER (PARTITION BY d.place_key, d.year ORDER BY d.number DESC, r.number DESC) = 1""",
    "texts": """
        SELECT document, string_agg(text, '' ORDER BY start) AS text FROM lines GROUP BY document""",
    "links": f"""
        SELECT reading, "index", id AS figure, {", ".join(column.name for column in LINK)} FROM figures""",
    "corrections_in_force": f"""
        SELECT c.*, f.reading, f."index"
        FROM corrections c
        JOIN current n ON n.document = c.document
        JOIN figures f ON f.reading = n.reading AND f.id = c.figure
        WHERE c.withdrawn IS NULL AND (c.until IS NULL OR c.until > current_date::VARCHAR)
          AND c.expect IS NOT DISTINCT FROM
              CASE c.field {" ".join(f"WHEN '{field}' THEN f.{column}" for field, column, _ in _CORRECTED)} END""",
    "mended": """
        SELECT reading, "index", map_from_entries(list((field, value))) AS fields, list(id ORDER BY id) AS ids
        FROM corrections_in_force GROUP BY reading, "index" """,
    "standing": f"{_AS_READ} UNION ALL {_MENDED}",
}
"""Name → what it selects. `texts` is the whole text of each document, by its number; `current` is the one reading that stands for each place and year; `standing` its figures with
their links, as corrections in force put them right; `links` and `mended` are parts of that."""


def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table."""
    return pa.schema([(column.name, column.type) for column in TABLES[table]])


def statements_of() -> Iterator[str]:
    """The SQL that makes an empty ledger."""
    for table, columns in TABLES.items():
        fields = ", ".join(
            f'"{column.name}" {_sql(column.type)}{" PRIMARY KEY" if KEYS.get(table) == column.name else ""}'
            for column in columns
        )
        yield f"CREATE TABLE {table} ({fields})"
    for view, select in VIEWS.items():
        yield f"CREATE VIEW {view} AS {select}"
    yield "CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR)"


def _sql(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{field.name}" {_sql(field.type)}' for field in kind) + ")"
    return _SQL[kind]


_SQL = {
    _TEXT: "VARCHAR",
    _INT: "INTEGER",
    _KEY: "BIGINT",
    _REAL: "DOUBLE",
    _FLAG: "BOOLEAN",
    _TIME: "TIMESTAMPTZ",
    pa.binary(): "BLOB",
}
