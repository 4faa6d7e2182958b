"""What the tests of the formats start from."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from duban.reading.formats import FORMATS, Selection
from tests.formats import example

if TYPE_CHECKING:
    from duban.reading.reading import Reading

Write = Callable[..., bytes]


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The small reading made by hand."""
    return example.reading()


@pytest.fixture(scope="session")
def write() -> Write:
    """Writes readings in a format and gives the bytes."""

    def bytes_of(name: str, *readings: Reading, **selection: Any) -> bytes:
        form = FORMATS[name]
        chosen = Selection(**{"of": form.default, **selection})
        stream = BytesIO()
        writer = form.writer(stream, chosen)
        for each in readings:
            writer.write(form.render(each, chosen))
        writer.close()
        return stream.getvalue()

    return bytes_of
