"""Scanned pages and images → text, with the extra `ocr` (rapidocr, its models inside the package, offline)."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from duban.documents.pdf import pages_of, pieces_of_pages
from duban.errors import InputError, MissingDependencyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duban.documents.blocks import Piece

__all__ = ["read_scan", "require_ocr"]

_SCALE = 200 / 72
"""Pages are rendered at 200 dots an inch."""


def require_ocr(path: Path, *, asked: bool) -> None:
    """Raise what to do unless scans can be read and were asked for."""
    if find_spec("rapidocr") is None:
        raise MissingDependencyError(
            "this is a scan without a text layer, and reading scans needs the extra ocr",
            where=str(path),
            expected="the packages rapidocr and onnxruntime",
            todo="pip install 'duban[ocr]' and read it again; from Python with ocr=True",
        )
    if not asked:
        raise InputError(
            "this is a scan without a text layer",
            where=str(path),
            expected="a text",
            todo="read it with ocr=True; 2–3 seconds a page",
        )


def read_scan(path: Path) -> tuple[str, list[Piece], tuple[int, ...]]:
    """Text, blocks and page starts of a scanned PDF or an image, as recognised."""
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})
    pages = ["\n".join(_lines(engine(image))) for image in _images(path)]
    text = "\n".join(pages)
    if not text.strip():
        raise InputError(
            "no text was recognised", where=str(path), todo="scan it upright, at 200 dots an inch or more"
        )
    starts = pages_of(pages)
    return text, pieces_of_pages(text, starts), starts


def _images(path: Path) -> Iterator[Any]:
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    if path.suffix.lower() == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(str(path))
        try:
            for page in document:
                yield np.asarray(page.render(scale=_SCALE).to_pil().convert("RGB"))
        finally:
            document.close()
        return
    try:
        with Image.open(path) as image:
            yield np.asarray(image.convert("RGB"))
    except (UnidentifiedImageError, OSError) as error:
        raise InputError(
            "the file is damaged or no image",
            where=str(path),
            expected="PNG, JPEG, TIFF or BMP",
            todo="export it again",
        ) from error


def _lines(result: Any) -> list[str]:
    """Recognised boxes as lines from top to bottom; boxes at one height are one line."""
    if result.txts is None:
        return []
    boxes = sorted(
        ((float(box[:, 1].mean()), float(box[:, 0].min()), float(box[:, 1].max() - box[:, 1].min()), text)
         for box, text in zip(result.boxes, result.txts, strict=True)),
        key=lambda box: box[0],
    )  # fmt: skip
    rows: list[list[tuple[float, float, float, str]]] = []
    for box in boxes:
        if rows and box[0] - rows[-1][0][0] < rows[-1][0][2] / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return ["".join(text for _, _, _, text in sorted(row, key=lambda box: box[1])) for row in rows]
