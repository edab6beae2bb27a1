"""A filter between the parser of a DOCX and whoever takes its events: runs that nobody sees are held back, and raised note marks.

Unseen are hidden runs, struck ones, and white ones without a shade behind them; a style may say each of these. Text boxes are left to
whoever takes the events, but what they say is kept beside, and so are signs of parts that no reader opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from extractors.formats.raised_marks import CONTEXT, marks_left_out, unseen_left_out, without_mark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T, _RPR, _PPR, _TBL, _CELL, _BOX, _STYLE = (
    f"{_W}{name}" for name in ("p", "r", "t", "rPr", "pPr", "tbl", "tc", "txbxContent", "style")
)
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom"))
_BREAKS = frozenset((f"{_W}br", f"{_W}cr", f"{_W}tab"))
_VAL, _FILL, _ID = f"{_W}val", f"{_W}fill", f"{_W}styleId"
_OFF = ("0", "false", "off", "none")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_LARGE = 8e12  # square EMU: a tenth of a page of A4
_LIMIT = 5_000_000  # characters kept of what nobody sees, and of text boxes
_RISE = 4  # half points


@dataclass(frozen=True, slots=True)
class RunLook:
    """How letters are shown, as far as it matters here; None where nothing is said."""

    hidden: bool | None = None
    struck: bool | None = None
    white: bool | None = None
    raised: bool | None = None

    def over(self, base: RunLook) -> RunLook:
        """This look where it says something, else the one below it."""
        pairs = ((name, getattr(self, name)) for name in ("hidden", "struck", "white", "raised"))
        return replace(base, **{name: value for name, value in pairs if value is not None})


Styles = Mapping[str, RunLook]


def _told(look: RunLook, tag: str, attributes: Mapping[str, str]) -> RunLook:
    """The look with what one property of a run adds."""
    value = attributes.get(_VAL, "")
    on = value.lower() not in _OFF
    match tag.removeprefix(_W):
        case "vanish":
            return replace(look, hidden=on)
        case "strike" | "dstrike":
            return replace(look, struck=on)
        case "color":
            return replace(look, white=value.upper() == "FFFFFF")
        case "vertAlign":
            return replace(look, raised=value == "superscript")
        case "position":
            return replace(look, raised=value.isdecimal() and int(value) >= _RISE)
        case _:
            return look


def style_looks(styles: bytes) -> Styles:
    """How each style of word/styles.xml shows letters; empty where it cannot be read."""
    try:
        root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return {}
    own: dict[str, tuple[RunLook, str]] = {}
    for style in root.iter(_STYLE) if root is not None else ():
        look = RunLook()
        for one in style.findall(f"{_RPR}/*"):
            look = _told(look, str(one.tag), {str(name): str(value) for name, value in one.attrib.items()})
        base = style.find(f"{_W}basedOn")
        own[str(style.get(_ID) or "")] = look, str(base.get(_VAL) or "") if base is not None else ""
    return {name: _resolved(name, own) for name in own}


def _resolved(name: str, own: Mapping[str, tuple[RunLook, str]]) -> RunLook:
    chain: list[str] = []
    while name in own and name not in chain and len(chain) < 20:
        chain.append(name)
        name = own[name][1]
    look = RunLook()
    for one in reversed(chain):
        look = own[one][0].over(look)
    return look


@dataclass(slots=True)
class LeftOut:
    """What was held back or not opened: texts that nobody sees, note marks, the words of text boxes, and lines on parts left unread."""

    unseen: list[str] = field(default_factory=list)
    marks: int = 0
    boxes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def problems(self) -> list[str]:
        """A line for each kind of thing left out."""
        said = [unseen_left_out(len(self.unseen))] if self.unseen else []
        return [*said, *([marks_left_out(self.marks)] if self.marks else []), *dict.fromkeys(self.unread)]


class SeenRuns:
    """A parser's target that passes on to another one (`start`, `data`, `end`, `close`) what a reader of the document sees."""

    def __init__(self, target: Any, styles: Styles) -> None:
        self._target, self._styles = target, styles
        self.left_out = LeftOut()
        self._path: list[str] = []
        self._run = self._paragraph = RunLook()
        self._shades: list[bool] = []  # of each open table, cell and paragraph: has it a ground of its own?
        self._line = ""
        self._letters: list[str] | None = None
        self._boxes = self._deleted = self._kept = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        parent = self._path[-1] if self._path else ""
        self._path.append(tag)
        if tag in (_P, _TBL, _CELL):
            self._shades.append(False)
        match tag:
            case _ if tag == _P:
                self._paragraph, self._line = RunLook(), ""
            case _ if tag == _R:
                self._run = RunLook()
            case _ if tag == _T:
                self._letters = []
            case _ if tag == _BOX:
                self._boxes += 1
            case _ if tag in _DELETED:
                self._deleted += 1
            case _ if tag in _BREAKS and parent == _R:
                self._line += " " if tag.endswith("tab") else "\n"
            case _:
                self._property(tag, parent, attributes)
        self._target.start(tag, attributes)

    def _property(self, tag: str, parent: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_W}shd" or tag == f"{_W}highlight" or tag == f"{_W}tblStyle":
            ground = attributes.get(_FILL, attributes.get(_VAL, "")).upper()
            if self._shades and ground not in ("", "AUTO", "FFFFFF", "WHITE", "NONE"):
                self._shades[-1] = True
        elif tag == f"{_W}pStyle":
            self._paragraph = self._styles.get(attributes.get(_VAL, ""), RunLook())
        elif tag == f"{_W}rStyle" and self._path[-3:-1] == [_R, _RPR]:
            self._run = self._styles.get(attributes.get(_VAL, ""), RunLook()).over(self._run)
        elif parent == _RPR and self._path[-3:-1] == [_R, _RPR]:
            self._run = _told(self._run, tag, attributes)
        elif tag == f"{_W}altChunk":
            self.left_out.unread.append("Tệp Word nhúng một tệp khác, không đọc phần ấy / an embedded file was not read")
        elif tag == _PICTURE and _area(attributes) > _LARGE:
            self.left_out.unread.append("Tệp Word có ảnh lớn, chữ trong ảnh chưa đọc / the words in a large picture were not read")

    def data(self, text: str) -> None:
        """Letters."""
        if self._letters is None:
            self._target.data(text)
        else:
            self._letters.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == _T and self._letters is not None:
            text, self._letters = self._shown("".join(self._letters)), None
            if text:
                self._target.data(text)
                self._line = (self._line + text)[-CONTEXT:]
        self._path.pop()
        if tag in (_P, _TBL, _CELL) and self._shades:
            self._shades.pop()
        self._boxes -= tag == _BOX
        self._deleted -= tag in _DELETED
        self._target.end(tag)

    def _shown(self, text: str) -> str:
        """What of a run's letters is seen."""
        look = self._run.over(self._paragraph)
        if look.hidden or look.struck or (look.white and not any(self._shades)):
            if text.strip() and not self._deleted:
                self._keep(self.left_out.unseen, text)
            return ""
        if self._boxes and not self._deleted:
            self._keep(self.left_out.boxes, text)
        seen = without_mark(self._line, text) if look.raised else text
        self.left_out.marks += bool(text.strip()) and not seen.strip()
        return seen

    def _keep(self, where: list[str], text: str) -> None:
        self._kept += len(text)
        if self._kept < _LIMIT:
            where.append(text)

    def doctype(self, *told: Any) -> None:
        """No Word file has one; whoever takes the events may refuse it."""
        if refuse := getattr(self._target, "doctype", None):
            refuse(*told)

    def close(self) -> Any:
        """What the other target made of it."""
        return self._target.close()


def _area(attributes: Mapping[str, str]) -> float:
    try:
        return float(attributes.get("cx", 0)) * float(attributes.get("cy", 0))
    except ValueError:
        return 0.0
