"""Clearing a page of a PDF of letters that nobody sees, and of raised note marks, before its text is read.

Unseen are letters drawn in render mode 3 or 7, and white ones with no coloured shape or picture under them. Letters off the page are left
out by the reader of the text itself. A page whose every letter is unseen above a picture is a scan with somebody's hidden OCR layer:
nothing of it is left, and it counts as a picture.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.formats.raised_marks import CONTEXT, without_mark

LetterBox = tuple[float, float, float, float]  # left, bottom, right, top in points
_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_MOST = 50_000  # objects of one page that are looked at
_SMALLER, _HIGHER = 0.85, 0.15  # of the letters before: how much smaller or higher a raised mark stands
_WHITE, _NEARLY = 250, 235
_NESTED = 4  # forms in forms


@dataclass(frozen=True, slots=True)
class Cleared:
    """What was taken off a page: its places, what the unseen letters among it say, and how many of both there were."""

    places: tuple[LetterBox, ...] = ()
    says: str = ""
    unseen: int = 0
    marks: int = 0


@dataclass(slots=True)
class _Letters:
    """One text object: who holds it, where it stands and how large it is."""

    held: object
    form: object
    size: float
    base: float
    white: bool
    invisible: bool

    @property
    def box(self) -> LetterBox:
        return _box(self.held)


def clear(page: pypdfium2.PdfPage) -> Cleared:
    """Take unseen letters and note marks off the page in memory. Objects beyond `_MOST` are left as they are."""
    letters, grounds = _objects(page)
    unseen = [one for one in letters if one.invisible or (one.white and not any(_under(ground, one.box) for ground in grounds))]
    gone = {id(one) for one in unseen}
    raised = [(before, one) for before, one in _raised([one for one in letters if id(one) not in gone])]
    if not unseen and not raised:
        return Cleared()
    layer = page.get_textpage()
    says = "".join(_text(layer, one) for one in unseen)
    marks = [one for before, one in raised if not without_mark(_before(layer, before), _text(layer, one)).strip()]
    layer.close()
    for one in (*unseen, *marks):
        if one.form is None:
            pdfium.FPDFPage_RemoveObject(page.raw, one.held)
        else:
            pdfium.FPDFFormObj_RemoveObject(one.form, one.held)
    return Cleared(tuple(one.box for one in (*unseen, *marks)), says, len(unseen), len(marks))


def _objects(page: pypdfium2.PdfPage) -> tuple[list[_Letters], list[LetterBox]]:
    letters: list[_Letters] = []
    grounds: list[LetterBox] = []
    asked = _ObjectAnswers()
    for seen, (held, form) in enumerate(_held(page)):
        if seen >= _MOST:
            break
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            letters.append(asked.letters(held, form))
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING) or (
            kind == pdfium.FPDF_PAGEOBJ_PATH and asked.palest(held) < _NEARLY
        ):
            grounds.append(_box(held))
    return letters, grounds


def _held(page: pypdfium2.PdfPage) -> Iterator[tuple[object, object]]:
    """Every object of a page and of the forms it draws, with the form that holds it."""
    stack: list[tuple[object, object, int]] = [
        (pdfium.FPDFPage_GetObject(page.raw, at), None, 0) for at in reversed(range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST)))
    ]
    while stack:
        held, form, depth = stack.pop()
        yield held, form
        if depth < _NESTED and pdfium.FPDFPageObj_GetType(held) == pdfium.FPDF_PAGEOBJ_FORM:
            count = min(pdfium.FPDFFormObj_CountObjects(held), _MOST)
            stack += [(pdfium.FPDFFormObj_GetObject(held, at), held, depth + 1) for at in reversed(range(count))]


class _ObjectAnswers:
    """Asks objects for their size, place and colour; a page has thousands, so the cells that answers come in are made once."""

    def __init__(self) -> None:
        self._size, self._matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        self._colour = [ctypes.c_uint() for _ in range(4)]

    def letters(self, held: object, form: object) -> _Letters:
        size, matrix = self._size, self._matrix
        pdfium.FPDFTextObj_GetFontSize(held, size)
        pdfium.FPDFPageObj_GetMatrix(held, matrix)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(held)
        white = mode == pdfium.FPDF_TEXTRENDERMODE_FILL and self.palest(held) >= _WHITE
        return _Letters(held, form, abs(size.value * (matrix.d or matrix.b)), matrix.f, white, mode in _UNSEEN_MODES)

    def palest(self, held: object) -> int:
        """The least of an object's red, green and blue: 255 for white, and for what is drawn without any colour."""
        red, green, blue, alpha = self._colour
        if not pdfium.FPDFPageObj_GetFillColor(held, red, green, blue, alpha):
            return 0
        return min(red.value, green.value, blue.value) if alpha.value else 255


def _box(held: object) -> LetterBox:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(held, *sides)
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _under(ground: LetterBox, letters: LetterBox) -> bool:
    x, y = (letters[0] + letters[2]) / 2, (letters[1] + letters[3]) / 2
    return ground[0] <= x <= ground[2] and ground[1] <= y <= ground[3]


def _raised(letters: list[_Letters]) -> Iterator[tuple[list[_Letters], _Letters]]:
    """Letters that stand higher than those right before them and are no larger, with what stands before them on their line."""
    for at, one in enumerate(letters[1:], 1):
        last = letters[at - 1]
        rise = one.base - last.base
        if not _HIGHER * last.size < rise < last.size or not (one.size <= _SMALLER * last.size or rise < 0.6 * last.size):
            continue
        if -1.0 < one.box[0] - last.box[2] < last.size:
            yield letters[max(at - CONTEXT, 0) : at], one


def _before(layer: pypdfium2.PdfTextPage, letters: list[_Letters]) -> str:
    """The text before a mark: that of its line's letters, a gap between two being a blank."""
    last, parts = letters[-1], list[str]()
    for one, after in zip(reversed(letters), [None, *reversed(letters)], strict=False):
        if abs(one.base - last.base) > last.size or sum(map(len, parts)) > CONTEXT:
            break
        gap = " " if after is not None and after.box[0] - one.box[2] > 0.15 * last.size else ""
        parts.append(_text(layer, one) + gap)
    return "".join(reversed(parts))


def _text(layer: pypdfium2.PdfTextPage, one: _Letters) -> str:
    length = pdfium.FPDFTextObj_GetText(one.held, layer.raw, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(one.held, layer.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "ignore")
