"""Lists as wards post them, drawn here: a picture of a ruled table in a PDF without any text layer."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from tests.conftest import missing

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
BLUE, PAPER = (20, 40, 150), (250, 251, 255)
HEADER = ("STT", "Mã thủ tục", "TÊN HÀNH CHÍNH")
TITLE = ("ỦY BAN NHÂN DÂN PHƯỜNG SƠN HÀ", "DANH MỤC THỦ TỤC HÀNH CHÍNH", "LĨNH VỰC VIỆC LÀM")
_COLUMNS = (100, 200, 440, 1140)


def font(size: int, name: str = "DejaVuSerif.ttf") -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        missing("DejaVu fonts", "make services")


def page(
    rows: Sequence[Sequence[str]],
    title: Sequence[str] = TITLE,
    header: Sequence[str] | None = HEADER,
    underlined: bool = True,
    skew: float = 0,
    lines: str = "solid",
) -> Image.Image:
    """One page: title lines, then the table; codes (the second column) underlined as links are. `lines`: see `_box`."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    top = 120
    for line in title:
        draw.text((WIDTH // 2, top), line, BLUE, font(34, "DejaVuSerif-Bold.ttf"), anchor="mm")
        top += 52
    top += 20
    for number, row in enumerate([*([header] if header else []), *rows]):
        wrapped = [_wrapped(text, right - left - 20) for text, left, right in zip(row, _COLUMNS, _COLUMNS[1:], strict=False)]
        bottom = top + max(map(len, wrapped)) * 34 + 24
        for place, (texts, left, right) in enumerate(zip(wrapped, _COLUMNS, _COLUMNS[1:], strict=False)):
            _box(draw, (left, top, right, bottom), lines)
            _cell(draw, texts, left, right, top, bottom, underlined and place == 1 and not (header and number == 0))
        top = bottom
    return picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=PAPER) if skew else picture


def _box(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], lines: str) -> None:
    """A cell's lines: "solid", "faint", "dashed", "level" (above and below only) or "none"."""
    left, top, right, bottom = box
    sides = [(left, top, right, top), (left, bottom, right, bottom)]
    if lines != "level":
        sides += [(left, top, left, bottom), (right, top, right, bottom)]
    for x, y, x_end, y_end in sides if lines != "none" else ():
        step = 9 if lines == "dashed" else max(x_end - x, y_end - y)
        for start in range(0, max(x_end - x, y_end - y), step + (6 if lines == "dashed" else 0)):
            level = y == y_end
            first = (x + start, y) if level else (x, y + start)
            last = (min(x + start + step, x_end), y) if level else (x, min(y + start + step, y_end))
            draw.line((*first, *last), (222, 225, 236) if lines == "faint" else BLUE, 2)


def _cell(draw: ImageDraw.ImageDraw, texts: Sequence[str], left: int, right: int, top: int, bottom: int, underlined: bool) -> None:
    y = (top + bottom) / 2 - 34 * (len(texts) - 1) / 2
    for text in texts:
        x = left + 10 if right - left > 300 else (left + right) / 2
        anchor = "lm" if right - left > 300 else "mm"
        draw.text((x, y), text, BLUE, font(24), anchor=anchor)
        if underlined and text:
            box = draw.textbbox((x, y), text, font(24), anchor=anchor)
            draw.line((box[0], box[3] + 2, box[2], box[3] + 2), BLUE, 2)
        y += 34


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(24).getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def scan(*pages: Image.Image) -> bytes:
    """The pages as a PDF of pictures."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=150, save_all=True, append_images=list(pages[1:]))
    return out.getvalue()
