"""Events can be added and read, and nothing else: the database itself refuses to change or delete one.

A view shows them as `duban audit-log verify` reads them.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

_POSTGRESQL = """
CREATE FUNCTION duban_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END $$;
CREATE TRIGGER duban_event_stays BEFORE UPDATE OR DELETE ON cases_caseevent
FOR EACH ROW EXECUTE FUNCTION duban_event_stays();
"""
_SQLITE = (
    (
        "CREATE TRIGGER duban_event_unchanged BEFORE UPDATE ON cases_caseevent"
        " BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END;"
    ),
    (
        "CREATE TRIGGER duban_event_stays BEFORE DELETE ON cases_caseevent"
        " BEGIN SELECT RAISE(ABORT, 'events are never changed or deleted'); END;"
    ),
)


_VIEW = "CREATE VIEW audit_log AS SELECT record FROM cases_caseevent ORDER BY case_id, seq"


def guard(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
    elif editor.connection.vendor == "sqlite":
        for statement in _SQLITE:
            editor.execute(statement)


def unguard(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER duban_event_stays ON cases_caseevent;DROP FUNCTION duban_event_stays();")
    elif editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER duban_event_unchanged")
        editor.execute("DROP TRIGGER duban_event_stays")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial")]
    operations = [
        migrations.RunPython(guard, unguard, elidable=False),
        migrations.RunSQL(_VIEW, "DROP VIEW audit_log"),
    ]
