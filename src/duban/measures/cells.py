"""From what stands in a file to typed values: numbers, times, dates and flags as offices write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duban.measures.tables import Type

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["MISSING", "read", "tidy"]

MISSING = ("", "-", "--", "—", "——", "na", "n/a", "nan", "null", "none", "/", "无", "缺测", "-999")
"""What stands in a cell for no value; case does not count."""
_YES = ("1", "1.0", "true", "t", "yes", "y", "是", "有", "√")
_NO = ("0", "0.0", "false", "f", "no", "n", "否", "×")
_TIMES = (
    (r"[年月/.]", "-"),
    ("日", " "),
    (r"[时時]$", ":00"),
    (r"[时時]", ":"),
    ("分", ""),
    (r"^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})$", r"\1-\2-\3 \4:00"),
    (r"^([0-9]{4})([0-9]{2})([0-9]{2})\b", r"\1-\2-\3"),
    (r"^([0-9-]+)[ T]+([0-9]{1,2})$", r"\1 \2:00"),
    (r"-? *$", ""),
    (r"^([0-9]{4})-([0-9]{1,2})$", r"\1-\2-01"),
    (" +", " "),
)


def read(
    cell: ir.Value, kind: Type, *, typed: bool = False, nan: bool = False
) -> tuple[ir.Value, ir.BooleanValue]:
    """The typed value, null where there is none or it cannot be read; and whether it could not be read.

    `typed` says that the file itself has types, so that its texts need no tidying; `nan` that some of the
    floats are no numbers, and stand for nothing.
    """
    import ibis

    if typed and kind is Type.TEXT and cell.type().is_string():
        return cell.nullif(""), ibis.literal(value=False)
    if not cell.type().is_string():
        value: Any = _typed(cell, kind)
        return value.isnan().ifelse(None, value) if nan else value, ibis.literal(value=False)
    text = tidy(cell)
    given = cell.notnull() & ~text.lower().isin(MISSING)
    value = given.ifelse(_parsed(text, kind), None)
    return value, given & value.isnull()


def tidy(cell: ir.Value) -> ir.StringValue:
    """The cell's text without blanks around it."""
    text: ir.StringValue = cell.cast("string").re_replace(r"^\s+|\s+$", "")
    return text


def _typed(cell: ir.Value, kind: Type) -> ir.Value:
    match kind:
        case Type.NUMBER | Type.MEASURED:
            return cell.cast("float64")
        case Type.INTEGER:
            return cell.cast("int64")
        case Type.TIME:
            return cell.cast("timestamp(6)")
        case Type.DATE:
            return cell.cast("date")
        case Type.FLAG:
            return cell.cast("boolean")
    return cell.cast("string")


def _parsed(text: ir.StringValue, kind: Type) -> ir.Value:
    match kind:
        case Type.NUMBER:
            return text.replace(",", "").try_cast("float64")
        case Type.INTEGER:
            return text.replace(",", "").try_cast("int64")
        case Type.TIME:
            return _time(text).try_cast("timestamp(6)")
        case Type.DATE:
            return _time(text).try_cast("date")
        case Type.FLAG:
            return _flag(text.lower())
    return text


def _time(text: ir.StringValue) -> ir.StringValue:
    for pattern, replacement in _TIMES:
        text = text.re_replace(pattern, replacement)
    return text


def _flag(text: ir.StringValue) -> ir.Value:
    import ibis

    return ibis.cases((text.isin(_YES), True), (text.isin(_NO), False))
