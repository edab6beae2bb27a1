"""The form an inspector fills in at a unit: its columns and words, and reading a filled one back.

Sheet "Phiếu" has a head (unit id, day, whether everything shown was written down, address for feedback, what the board says
of itself) and one row for each procedure and channel. `rasoat coverage --form UNIT` writes it (`pipeline.reports.form_file`).
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook

from rasoat.records import Origin, Part
from rasoat.records.postings import Channel, FormSeen, Look, Medium, Posting, PostingState
from rasoat.trouble import Trouble
from rasoat.vietnamese import fold, squeeze

SHEET = "Phiếu"
MARK = "rasoat-phieu-niem-yet"  # in A1, so that an import knows the form whatever its file is called
ROWS_FROM = 12  # the header of the rows; row numbers count from 1

# The labels printed on forms already handed out, by which an import knows them again; what tables and reports say stands in rasoat.words.
STATE_WORDS = {
    PostingState.POSTED: "Có niêm yết",
    PostingState.MISSING: "Không có",
    PostingState.OUTDATED: "Nội dung cũ",
    PostingState.INCOMPLETE: "Thiếu nội dung",
    PostingState.ABOLISHED_STILL_POSTED: "Đã bãi bỏ còn niêm yết",
    PostingState.UNREACHABLE: "Không tiếp cận được",
    PostingState.UNKNOWN: "Chưa kiểm tra",
}
CHANNEL_WORDS = {Channel.PREMISES: "Trụ sở", Channel.PORTAL: "Cổng TTĐT", Channel.NATIONAL_DATABASE: "CSDL quốc gia"}
MEDIUM_WORDS = {Medium.BOARD: "Bảng", Medium.KIOSK: "Kiosk", Medium.QR: "Mã QR", Medium.LIST: "Danh mục", Medium.WEB: "Trang web"}
PART_WORDS = {
    Part.NAME: "Tên", Part.STEPS: "Trình tự", Part.METHODS: "Cách thức", Part.DOSSIER: "Hồ sơ", Part.DURATION: "Thời hạn",
    Part.AUDIENCE: "Đối tượng", Part.AUTHORITY: "Cơ quan giải quyết", Part.FORMS: "Mẫu đơn", Part.RESULT: "Kết quả",
    Part.REQUIREMENTS: "Yêu cầu, điều kiện", Part.FEES: "Phí, lệ phí", Part.LEGAL_BASIS: "Căn cứ pháp lý",
}  # fmt: skip
YES, NO, NOT_LOOKED = "Có", "Không", "Chưa xem"
ANSWERS = {True: YES, False: NO, None: NOT_LOOKED}

# Label of a head line → its row; the answer stands in column C.
HEAD = {"unit": 3, "observed_on": 4, "complete": 5, "contact": 6, "text": 7, "evidence": 8}
COLUMNS = (
    "STT",
    "Mã thủ tục",
    "Tên thủ tục",
    "Nơi công khai",
    "Kết quả kiểm tra",
    "Hình thức",
    "Số quyết định đang hiển thị",
    "Thiếu bộ phận",
    "Mẫu không tải được",
    "Chứng cứ, tên ảnh",
    "Ghi chú",
)
(NUMBER, CODE, NAME, CHANNEL, STATE, MEDIUM, DECISION, ABSENT, FORMS, EVIDENCE, NOTE) = range(len(COLUMNS))

_DIGITS_ONLY = re.compile(r"[\d.\s]+")  # old record numbers have letters
_DIGITS = 7
_LARGEST = 64 * 1024 * 1024


class FormProblem(Trouble):
    """A file that is not the form, or a cell of it that cannot be read; it names the cell."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as read: a row for each procedure that was checked, and the looks it stands for."""

    postings: list[Posting]
    looks: list[Look]
    problems: list[str]


def is_form(data: bytes) -> bool:
    """Whether a file is this form; reads no more than its first cell."""
    try:
        book = _open(data)
        return SHEET in book.sheetnames and book[SHEET]["A1"].value == MARK
    except FormProblem:
        return False


def read_filled(data: bytes) -> FilledForm:
    """Everything a filled form says. A row that cannot be read is named in `problems`; the others are kept.

    Rows left at "Chưa kiểm tra" are no observation and are left out.

    Raises:
        FormProblem: the file is not the form, or its unit or day is missing.
    """
    book = _open(data)
    if SHEET not in book.sheetnames or book[SHEET]["A1"].value != MARK:
        raise FormProblem("form.other")
    rows = [list(row) for row in book[SHEET].iter_rows(max_col=len(COLUMNS), values_only=True)]
    head = {name: rows[line - 1][2] if len(rows) >= line else None for name, line in HEAD.items()}
    unit, observed_on = _text(head["unit"]), _day(head["observed_on"])
    if not unit:
        raise FormProblem("form.no_unit", cell=f"C{HEAD['unit']}")
    if observed_on is None:
        raise FormProblem("form.no_day", cell=f"C{HEAD['observed_on']}")
    capture = hashlib.sha256(data).hexdigest()
    postings, problems, lost = [], [], False
    for line, row in enumerate(rows[ROWS_FROM:], ROWS_FROM + 1):
        try:
            if posting := _posting(row, line, unit, observed_on, capture):
                postings.append(posting)
        except FormProblem as problem:
            problems.append(str(problem))
            doubt = _doubt(row, line, unit, observed_on, capture)
            postings += [doubt] if doubt else []
            lost |= doubt is None
    answers = {}
    for name in ("complete", "contact"):
        try:
            answers[name] = _word(ANSWERS, head[name], f"Ô C{HEAD[name]}", None)
        except FormProblem as problem:
            problems.append(str(problem))
    if lost:
        answers["complete"] = None  # a row that could be anything leaves open what is absent
    return FilledForm(postings, _looks(head, answers, postings, unit, observed_on, capture), problems)


def _open(data: bytes) -> Any:
    try:
        if sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _LARGEST:
            raise FormProblem("form.large")
        # Not read_only: its rows follow a dimension that a sheet may state wrongly.
        return load_workbook(io.BytesIO(data), data_only=True)
    except FormProblem:
        raise
    except Exception as error:  # openpyxl lets many kinds through on a damaged file
        raise FormProblem("form.broken", reason=type(error).__name__) from error


def _posting(row: list[object], line: int, unit: str, observed_on: date, capture: str) -> Posting | None:
    state = _word(STATE_WORDS, row[STATE], f"Ô E{line}", PostingState.UNKNOWN)
    if state is PostingState.UNKNOWN:
        return None
    code = _code(row[CODE], f"Ô B{line}")
    absent = _parts(row[ABSENT], f"Ô H{line}")
    return Posting(
        procedure=code,
        unit=unit,
        channel=_word(CHANNEL_WORDS, row[CHANNEL], f"Ô D{line}", Channel.PREMISES),
        observed_on=observed_on,
        state=state,
        origin=Origin(capture, f"{SHEET}!A{line}"),
        medium=_word(MEDIUM_WORDS, row[MEDIUM], f"Ô F{line}", None),
        decision=_text(row[DECISION]) or None,
        parts=frozenset(PART_WORDS) - absent if absent else None,
        forms=tuple(FormSeen(name, None, False) for name in _listed(row[FORMS])),
        evidence=_listed(row[EVIDENCE]),
        note=_text(row[NOTE]),
    )


def _code(value: object, cell: str) -> str:
    """A code as typed; a spreadsheet that takes it for a number or a day loses signs, and nothing is added to it.

    Raises:
        FormProblem: there is none, or it is cut.
    """
    code = _text(value)
    if not code:
        raise FormProblem("form.no_code", cell=cell)
    if isinstance(value, date | time) or (_DIGITS_ONLY.fullmatch(code) and sum(sign.isdigit() for sign in code) < _DIGITS):
        raise FormProblem("form.code", cell=cell, code=code, digits=_DIGITS)
    return code


def _doubt(row: list[object], line: int, unit: str, observed_on: date, capture: str) -> Posting | None:
    """A row that cannot be read says at least that its procedure was looked for: it is unknown, never missing. None without a code."""
    try:
        code, channel = _code(row[CODE], ""), _word(CHANNEL_WORDS, row[CHANNEL], "", Channel.PREMISES)
    except FormProblem:
        return None
    origin, note = Origin(capture, f"{SHEET}!A{line}"), "dòng của phiếu chưa đọc được, cần người đọc lại"
    return Posting(code, unit, channel, observed_on, PostingState.UNKNOWN, origin, evidence=_listed(row[EVIDENCE]), note=note)


def _looks(
    head: dict[str, object], answers: dict[str, bool | None], postings: list[Posting], unit: str, observed_on: date, capture: str
) -> list[Look]:
    """One look for each channel the form has rows of; without any it stands for the premises."""
    complete, contact = answers.get("complete") is True, answers.get("contact")
    channels = {one.channel for one in postings} or {Channel.PREMISES}
    return [
        Look(unit, channel, observed_on, Origin(capture, f"{SHEET}!C{HEAD['complete']}"), complete and channel is Channel.PREMISES, True,
             contact if channel is Channel.PREMISES else None, False, _text(head["text"]), _listed(head["evidence"]))
        for channel in sorted(channels)
    ]  # fmt: skip


def _word(words: dict[Any, str], value: object, cell: str, default: Any) -> Any:
    text = fold(_text(value))
    if not text:
        return default
    for meaning, word in words.items():
        if fold(word) == text:
            return meaning
    raise FormProblem("form.word", cell=cell, value=_text(value), known=", ".join(words.values()))


def _parts(value: object, cell: str) -> frozenset[Part]:
    """The parts named in a cell; a part's own name may hold a comma, so those are taken out first."""
    text, found = fold(_text(value)), set()
    for part, word in sorted(PART_WORDS.items(), key=lambda item: -len(item[1])):
        if re.search(rf"(?:^|[,;\n]\s*){re.escape(fold(word))}(?=\s*(?:[,;\n]|$))", text):
            found.add(part)
            text = text.replace(fold(word), "", 1)
    if re.sub(r"[\s,;]+", "", text):
        raise FormProblem("form.part", cell=cell, value=_text(value), known="; ".join(PART_WORDS.values()))
    return frozenset(found)


def _listed(value: object) -> tuple[str, ...]:
    return tuple(piece for piece in (squeeze(one) for one in re.split(r"[;\n]", _text(value))) if piece)


def _text(value: object) -> str:
    return squeeze(str(value)) if value is not None else ""


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})", _text(value))
    if not found:
        return None
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
