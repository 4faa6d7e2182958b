"""One base error: what was wrong, where, what was expected, and what to do about it."""

from __future__ import annotations

__all__ = [
    "CorrectionError",
    "DubanError",
    "InputError",
    "MissingDependencyError",
    "OutputError",
    "PackError",
]


class DubanError(Exception):
    """A problem that a person can act on. The message is built from the fields.

    >>> print(InputError("the file is empty", where="a.txt", todo="check that the download finished"))
    a.txt: the file is empty. To do: check that the download finished
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "", todo: str = "") -> None:
        super().__init__(what, where, expected, todo)
        self.what = what
        self.where = where
        self.expected = expected
        self.todo = todo

    def __str__(self) -> str:
        message = f"{self.where}: {self.what}" if self.where else self.what
        if self.expected:
            message += f"; expected {self.expected}"
        if self.todo:
            message += f". To do: {self.todo}"
        return message


class InputError(DubanError, ValueError):
    """A file or text that cannot be read as what it is said to be."""


class OutputError(DubanError, OSError):
    """A result that cannot be written where it was asked for."""

    __str__ = DubanError.__str__


class MissingDependencyError(DubanError, ImportError):
    """An optional library or program that this input needs and that is not installed."""

    __str__ = DubanError.__str__


class PackError(DubanError, ValueError):
    """A pack whose declarations do not hold together. `where` names its file and key."""


class CorrectionError(DubanError, ValueError):
    """A correction of records whose condition no longer holds: the source has been mended, or never was so."""
