"""Logs on standard error: lines for a person, or JSON objects for a machine that gathers them."""

from __future__ import annotations

import json as json_module
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.config import dictConfig

__all__ = ["JsonFormatter", "configure", "request_id"]

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The request that is being answered; stands in every line logged meanwhile."""

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request"}


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, request, whatever `extra` brought, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json_module.dumps(line, ensure_ascii=False, default=str)


def configure(*, json: bool, level: str) -> None:
    """Let everything be logged this way from now on."""
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
                "json": {"()": JsonFormatter},
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": "json" if json else "text"}
            },
            "root": {"handlers": ["stderr"], "level": "WARNING"},
            "loggers": {"duban": {"level": level}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
        }
    )
