"""PDF pages → grey page pictures, bounded in pixels, straight, ink dark on light whatever its colour."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageOps

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.pdf import opened

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

PIXEL_LIMIT = 12_000_000  # an A4 page at 300 dpi has 8.7 million
SIDE_LIMIT = 10_000
_FORMATS = ("PNG", "JPEG", "TIFF", "GIF", "BMP")  # what `sniff` calls a picture; other readers are never tried
_SHOWN = (4000, 4000)
_DPI = 300
_LEAST_DPI = 90
_SKEW_DEGREES = 3.0
_SKEW_STEP = 0.1
_RED = 30  # of 255
_LEAST_RED = 0.0003  # of the page


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: `number` from 1, `grey` its darkest channel (blue letters on white are as dark as black ones).

    `red` says where the ink is that of a seal, or of red letters; None where there is none.
    """

    number: int
    grey: Grey
    red: Mask | None = None


def page_images(data: bytes, wanted: Collection[int]) -> Iterator[PageImage]:
    """The wanted pages of a PDF (numbers from 1), one at a time, so that memory holds one page. A broken page is left out.

    Raises:
        UnreadableError: as `extractors.formats.pdf.opened`.
    """
    with opened(data) as document:
        for index in range(len(document)):
            if index + 1 not in wanted:
                continue
            try:
                page = document[index]
                picture = page.render(scale=_scale(page)).to_pil()
                page.close()
            except pypdfium2.PdfiumError:
                continue
            yield _page(index + 1, picture)


def picture_page(data: bytes) -> PageImage:
    """A picture file as page 1.

    Raises:
        UnreadableError: broken, or larger than any sheet scanned at 300 dpi.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > 3 * PIXEL_LIMIT or max(picture.size) > SIDE_LIMIT:
                raise UnreadableError("picture.large", width=picture.width, height=picture.height)
            picture.draft("RGB", _SHOWN)
            shown = picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")
            # One copy at a time: a sheet at 600 dpi takes 140 million bytes as it is.
            shown = shown.convert("L") if shown.mode == "1" else shown
            shown.thumbnail(_SHOWN, Image.Resampling.LANCZOS)
            upright = ImageOps.exif_transpose(shown).convert("RGB")
    except (UnreadableError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableError("picture.bomb") from error
    except Exception as error:  # each kind of picture has its own reader, which raises what it does: OSError, KeyError, struct.error…
        raise UnreadableError("picture.broken") from error
    return _page(1, upright)


def _page(number: int, picture: Image.Image) -> PageImage:
    grey, red = darkest(picture), _red(picture)
    angle = _skew(grey)
    if abs(angle) < _SKEW_STEP:
        return PageImage(number, grey, red)
    return PageImage(number, _turned(grey, angle, 255), _turned(red.astype(np.uint8) * 255, angle, 0) > 0 if red is not None else None)


def _red(picture: Image.Image) -> Mask | None:
    """Where red is far lighter than green and blue; None where hardly anything is. Print under a seal is dark in red as well."""
    if picture.mode in ("L", "1", "I;16"):
        return None
    red, green, blue = picture.convert("RGB").split()
    mask = np.asarray(ImageChops.subtract(red, ImageChops.lighter(green, blue))) > _RED
    return mask if int(mask.sum()) > _LEAST_RED * mask.size else None


def _scale(page: pypdfium2.PdfPage) -> float:
    """The picture's own resolution where one picture covers the page, so that its pixels are not smeared; else `_DPI`."""
    width, height = page.get_size()
    dpi = float(_DPI)
    for drawn in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = drawn.get_bounds()
        if (right - left) * (top - bottom) > 0.8 * width * height:
            own = drawn.get_px_size()[0] / max(right - left, 1.0) * 72
            dpi = min(max(own, _LEAST_DPI), _DPI)
    scale = dpi / 72
    return float(min(scale, math.sqrt(PIXEL_LIMIT / max(width * height, 1.0)), SIDE_LIMIT / max(width, height, 1.0)))


def darkest(picture: Image.Image) -> Grey:
    """The darkest of red, green and blue at each point."""
    if picture.mode in ("L", "1", "I;16"):
        return np.asarray(picture.convert("L"))
    red, green, blue = picture.convert("RGB").split()
    return np.asarray(ImageChops.darker(ImageChops.darker(red, green), blue))


def _turned(channel: Grey, angle: float, paper: int) -> Grey:
    return np.asarray(Image.fromarray(channel).rotate(angle, Image.Resampling.BICUBIC, fillcolor=paper))


def _skew(grey: Grey) -> float:
    """The angle in degrees that makes the sums of dark over rows the most uneven, searched on a small copy: coarse, then fine."""
    ink = Image.fromarray((grey < 150).astype(np.uint8) * 255)
    ink.thumbnail((900, 900), Image.Resampling.BOX)

    def sharpness(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, Image.Resampling.BILINEAR)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-_SKEW_DEGREES, _SKEW_DEGREES + 0.01, 0.5), key=sharpness)
    fine = max(np.arange(coarse - 0.4, coarse + 0.41, _SKEW_STEP), key=sharpness)
    # A level page must win by a margin before it is turned: turning costs sharpness.
    return float(fine) if sharpness(float(fine)) > 1.15 * sharpness(0.0) else 0.0
