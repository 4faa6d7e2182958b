"""The chain: what was altered, dropped, repeated or cut off shows, and is pointed at."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from duban.cli import main
from duban.errors import InputError
from duban.supervision import chain
from duban.supervision.audit_log import read_log, write_log
from duban.supervision.cases import read_cases
from duban.supervision.chain import Checkpoint, checkpoint, hash_of, sealed, verify_chain
from duban.supervision.knowledge import knowledge
from duban.supervision.model import Event
from tests.supervision.test_cases import FILES

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = [case for path in FILES for case in read_cases(path)]


def chained(events: tuple[Event, ...]) -> list[Event]:
    found: list[Event] = []
    for event in events:
        found.append(sealed(event, found[-1] if found else None))
    return found


LOG = [event for case in CASES[:4] for event in chained(case.log())]
FIRST = LOG[0].case


def told(records: list[Any]) -> list[tuple[str, int]]:
    return [(found.code, found.seq) for found in verify_chain(records)]


def test_what_was_sealed_is_whole_in_any_order() -> None:
    assert verify_chain(LOG) == ()
    assert verify_chain(list(reversed(LOG))) == ()


def test_a_hash_does_not_depend_on_how_a_database_keeps_times() -> None:
    event = LOG[0]
    kept = replace(event, at=event.at.astimezone(UTC), recorded=event.recorded.astimezone(UTC))
    stored = msgspec.json.decode(msgspec.json.encode(kept), type=Event)
    assert hash_of(stored) == event.hash


def test_the_hash_is_that_of_canonical_json() -> None:
    """Pinned: a change here makes every log written before unprovable."""
    event = msgspec.convert(
        {
            "case": "2026-001",
            "seq": 1,
            "act": "register",
            "at": "2026-03-02T09:00:00+08:00",
            "recorded": "2026-03-02T09:00:00+08:00",
            "actor": {"role": "office", "person": "甲"},
            "details": {"title": "建成智算中心"},
        },
        Event,
    )
    written = (
        '{"act":"register","actor":{"person":"甲","role":"office"},"at":"2026-03-02T01:00:00.000000Z",'
        '"case":"2026-001","details":{"title":"建成智算中心"},"recorded":"2026-03-02T01:00:00.000000Z","seq":1}'
    )
    assert sealed(event, None).hash == hashlib.sha256(written.encode()).hexdigest()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda log: [replace(log[0], reason="改过"), *log[1:]], [("altered", 1)]),
        (lambda log: [*log[:1], *log[2:]], [("missing", 2)]),
        (lambda log: log[1:], [("missing", 1)]),
        (lambda log: [*log, log[1]], [("twice", 2)]),
        (lambda log: [log[0], replace(log[1], hash=""), *log[2:]], [("unsealed", 2), ("unlinked", 3)]),
        (
            lambda log: [log[0], sealed(replace(log[1], reason="改过并重新封存"), log[0]), *log[2:]],
            [("unlinked", 3)],
        ),
    ],
)
def test_damage_is_pointed_at(
    damage: Callable[[list[Event]], list[Event]], expected: list[tuple[str, int]]
) -> None:
    log = chained(next(case for case in CASES if len(case.events) > 4).log())
    assert told(damage(log)) == expected


@given(st.data())
def test_no_field_of_any_event_can_be_altered_unseen(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(LOG) - 1))
    event = LOG[at]
    fields: dict[str, Any] = {
        "at": event.at + timedelta(seconds=1),
        "recorded": event.recorded + timedelta(microseconds=1),
        "reason": f"{event.reason}。",
        "actor": replace(event.actor, person=f"{event.actor.person}某"),
        "details": replace(event.details, title=f"{event.details.title}。"),
        "prev": "0" * 64,
        "hash": "0" * 64,
    }
    name = data.draw(st.sampled_from(sorted(fields)))
    altered = [*LOG[:at], replace(event, **{name: fields[name]}), *LOG[at + 1 :]]
    assert any(
        found.case == event.case and found.seq in (event.seq, event.seq + 1)
        for found in verify_chain(altered)
    )


def heads(log: list[Event], at: datetime) -> list[Event]:
    last = {event.case: event for event in log if event.recorded <= at}
    return list(last.values())


def test_a_checkpoint_shows_a_case_that_is_gone_or_was_cut() -> None:
    at = max(event.recorded for event in LOG)
    first = checkpoint(heads(LOG, at), events=len(LOG), at=at)
    second = checkpoint(heads(LOG, at), events=len(LOG), at=at + timedelta(days=1), before=first)
    assert verify_chain([*LOG, first, second]) == ()
    gone = [event for event in LOG if event.case != FIRST]
    assert [found.code for found in verify_chain([*gone, first])] == ["checkpoint-differs"]
    cut = [event for event in LOG if event is not heads(LOG, at)[0]]
    assert [found.code for found in verify_chain([*cut, first])] == ["checkpoint-differs"]
    assert [found.code for found in verify_chain([*LOG, replace(first, cases=9)])] == [
        "checkpoint-altered",
        "checkpoint-differs",
    ]
    assert [found.code for found in verify_chain([*LOG, second])] == ["checkpoint-unlinked"]


def test_a_checkpoint_knows_nothing_of_later_events() -> None:
    log = chained(CASES[0].log())
    first = checkpoint([log[0]], events=1, at=log[0].recorded)
    assert verify_chain([*log, first]) == ()


def test_every_break_has_its_words() -> None:
    source = Path(chain.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'code="([a-z-]+)"', source)) == set(knowledge("words.yaml")["break"])


def write(path: Path, records: list[Event | Checkpoint]) -> str:
    path.write_bytes(b"".join(write_log(records)))
    return str(path)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["audit-log", "verify", *arguments])
    return result.exit_code, result.output


def test_the_command_proves_a_whole_log(tmp_path: Path) -> None:
    at = max(event.recorded for event in LOG)
    records: list[Event | Checkpoint] = [*LOG, checkpoint(heads(LOG, at), events=len(LOG), at=at)]
    path = write(tmp_path / "log.jsonl", records)
    assert list(read_log(path)) == records
    assert run(path) == (0, f"完整：4件，{len(LOG)}条，检查点1个\n")


def test_the_command_points_at_the_broken_link(tmp_path: Path) -> None:
    path = write(tmp_path / "log.jsonl", [LOG[0], *LOG[2:]])
    code, output = run(path, "--lang", "en")
    assert code == 1
    assert f"{FIRST}: events 2 to 2 are missing\n" in output
    assert "broken in 1 places" in output


def test_the_command_reads_an_sqlite_database(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE audit_log (record TEXT)")
        rows = [(line.decode(),) for line in write_log(LOG)]
        database.executemany("INSERT INTO audit_log VALUES (?)", rows)
    database.close()
    assert run(str(path)) == (0, f"完整：4件，{len(LOG)}条，检查点0个\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"case": 1}\n', "line 1: this is no record of a log"),
        (b"\n\xff\xfe\n", "line 2: this is no record of a log"),
        (b"[]\n", "line 1: this is no record of a log"),
    ],
)
def test_a_line_that_is_no_record_is_named(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        list(read_log(path))
    code, output = run(str(path))
    assert (code, "Error:" in output) == (1, True)


def test_a_database_without_a_log_says_what_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE other (id)")
    database.close()
    code, output = run(str(path))
    assert code == 1
    assert "expected a table or view audit_log with a column record" in output


def test_a_log_that_is_not_there_is_said(tmp_path: Path) -> None:
    code, output = run(str(tmp_path / "none.jsonl"))
    assert code == 1
    assert "No such file" in output
