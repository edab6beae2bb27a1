"""Reading back a form that an inspector filled in (`extractors.imports.inspection_form`): every sheet that is one, as its reader sees it.

A row that cannot be read makes its procedure unknown, never missing, and leaves open what else was absent: a look is complete
only when every row of the form was placed.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from extractors.formats.extracted_text import UnreadableError
from extractors.formats.xlsx import opened_book
from extractors.imports import inspection_form as form
from extractors.imports.form_sheet import FormProblem, SheetRow, formulas, opened, sheet_rows
from extractors.postings.codes import INSIDE, codes_in, stated_code
from rasoat.records import Origin, Part
from rasoat.records.postings import Channel, FormSeen, Look, Posting, PostingState
from rasoat.vietnamese import fold, squeeze

_DIGITS = 7
_NAMED = 12  # cells or rows that one line names before it goes on with "…"
_DOUBT = "dòng của phiếu chưa đọc được, cần người đọc lại"


@dataclass(slots=True)
class FilledForm:
    """A form as read: a row for each procedure that was checked, and the looks it stands for."""

    postings: list[Posting] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def is_form(data: bytes) -> bool:
    """Whether a file is this form; reads no more than the first cells of its sheets."""
    try:
        with opened_book(data) as book:
            return any(map(_marked, book.worksheets))
    except UnreadableError:
        return False


def read_filled(data: bytes) -> FilledForm:
    """Everything a filled form says. A row that cannot be read is named in `problems`; the others are kept.

    Rows left at "Chưa kiểm tra" are no observation and are left out. A copied sheet is a form of its own.

    Raises:
        FormProblem: the file is not the form, or its unit or day is missing.
    """
    book, read = opened(data), FilledForm()
    sheets = [sheet for sheet in book.worksheets if _marked(sheet)]
    if not sheets:
        raise FormProblem("form.other")
    computed, capture = formulas(data), hashlib.sha256(data).hexdigest()
    strange = list(_strange_sheets(book))
    refused: list[FormProblem] = []
    for sheet in sheets:
        if sheet.sheet_state != "visible":
            strange.append(str(FormProblem("form.hidden_sheet", sheet=sheet.title)))
            continue
        rows = list(sheet_rows(sheet, len(form.COLUMNS), form.ROWS_FROM, computed))
        try:
            _Sheet(sheet.title, rows, capture).read_into(read, strange)
        except FormProblem as problem:
            refused.append(problem)
    if refused and not read.looks:
        raise refused[0]
    read.problems += [*map(str, refused), *strange]
    read.looks = _one_a_day(read.looks)
    return read


def _marked(sheet: Any) -> bool:
    return bool(sheet["A1"].value == form.MARK)


def _strange_sheets(book: Any) -> Iterator[str]:
    """Sheets that are no form and yet name procedures: rows that somebody wrote elsewhere."""
    for sheet in book.worksheets:
        if not _marked(sheet) and any(INSIDE.search(_text(value)) for row in sheet.iter_rows(values_only=True) for value in row):
            yield str(FormProblem("form.other_sheet", sheet=sheet.title))


def _doubled(rows: Sequence[SheetRow]) -> dict[str, list[int]]:
    """Codes that stand in several rows under several names, or with several results for one channel, and those rows: a cell that was dragged
    down takes the row of another procedure."""
    lines, names, results = defaultdict[str, list[int]](list), defaultdict[str, set[str]](set), defaultdict[tuple[str, str], set[str]](set)
    for row in rows:
        code, name, channel, state = (_text(row.cells[column]) for column in (form.CODE, form.NAME, form.CHANNEL, form.STATE))
        if code and not row.blank and not _is_heading(row):
            lines[code].append(row.line)
            names[code].add(fold(squeeze(name)))
            results[code, channel].add(state)
    several = {code for code, found in names.items() if len(found - {""}) > 1} | {
        code for (code, _), found in results.items() if len(found) > 1
    }
    return {code: found for code, found in lines.items() if code in several}


class _Sheet:
    """One sheet of the form."""

    def __init__(self, title: str, rows: Sequence[SheetRow], capture: str) -> None:
        self.title, self.rows, self.capture = title, rows, capture
        self.problems: list[str] = []
        self.unread: list[tuple[Channel | None, str]] = []  # what was not read, by the channel it may be about (None: any)
        self.head = {name: self._head(name) for name in form.HEAD}
        self.unit, day = _text(self.head["unit"]), _day(self.head["observed_on"])
        if not self.unit:
            raise FormProblem("form.no_unit", cell=self._place("C", form.HEAD["unit"]))
        if day is None:
            raise FormProblem("form.no_day", cell=self._place("C", form.HEAD["observed_on"]))
        self.day = day
        self.doubled = _doubled(rows[form.ROWS_FROM :])

    def read_into(self, read: FilledForm, strange: Iterable[str]) -> None:
        postings: list[Posting] = []
        for row in self.rows[form.ROWS_FROM :]:
            try:
                if (posting := self._posting(row)) is not None:
                    postings.append(posting)
            except FormProblem as problem:
                postings += self._refused(row, str(problem))
        for gone in self._absent_rows():
            self._left_open(None, gone)
        answers = {name: self._answer(name) for name in ("complete", "contact")}
        self.unread += [(None, line) for line in strange]
        read.postings += postings
        read.looks += self._looks(answers, postings)
        read.problems += self.problems

    def _head(self, name: str) -> Any:
        line = form.HEAD[name]
        return self.rows[line - 1].cells[2] if len(self.rows) >= line and 2 not in self.rows[line - 1].unseen else None

    def _place(self, column: str, line: int) -> str:
        return f"{column}{line}" if self.title == form.SHEET else f"{self.title}!{column}{line}"

    def _cell(self, column: int, row: SheetRow) -> str:
        return f"Ô {self._place('ABCDEFGHIJK'[column], row.line)}"

    def _left_open(self, channel: Channel | None, problem: str) -> None:
        self.problems.append(problem)
        self.unread.append((channel, problem))

    def _posting(self, row: SheetRow) -> Posting | None:
        """What a row says; None where it is empty or was left as nobody checked it.

        Raises:
            FormProblem: a cell of it cannot be read, or it names a procedure and no result.
        """
        named = any(row.cells[column] not in (None, "") for column in (form.CODE, form.NAME))
        if row.blank or _is_heading(row):
            return None
        for column in (form.CODE, form.CHANNEL, form.STATE, form.MEDIUM, form.DECISION, form.ABSENT, form.FORMS):
            if reason := row.unseen.get(column):
                raise reason.problem(self._cell(column, row))
        state = _word(form.STATE_WORDS, row.cells[form.STATE], self._cell(form.STATE, row), None)
        if state is None and named:
            raise FormProblem("form.no_state", cell=self._cell(form.STATE, row))
        if lines := self.doubled.get(_text(row.cells[form.CODE])):
            at = ", ".join(map(str, lines))
            raise FormProblem("form.code_again", cell=self._cell(form.CODE, row), code=_text(row.cells[form.CODE]), lines=at)
        if state in (PostingState.UNKNOWN, None):
            return None
        absent = _parts(row.cells[form.ABSENT], self._cell(form.ABSENT, row))
        return Posting(
            procedure=_code(row.cells[form.CODE], self._cell(form.CODE, row)),
            unit=self.unit,
            channel=_word(form.CHANNEL_WORDS, row.cells[form.CHANNEL], self._cell(form.CHANNEL, row), Channel.PREMISES),
            observed_on=self.day,
            state=state,
            origin=self._origin(row),
            medium=_word(form.MEDIUM_WORDS, row.cells[form.MEDIUM], self._cell(form.MEDIUM, row), None),
            decision=_text(row.cells[form.DECISION]) or None,
            parts=frozenset(form.PART_WORDS) - absent if absent else None,
            forms=tuple(FormSeen(name, None, False) for name in _listed(row.cells[form.FORMS])),
            evidence=_listed(row.cells[form.EVIDENCE]),
            note=_text(row.cells[form.NOTE]),
        )

    def _origin(self, row: SheetRow) -> Origin:
        return Origin(self.capture, f"{self.title}!A{row.line}")

    def _refused(self, row: SheetRow, problem: str) -> list[Posting]:
        """A row that cannot be read says at least that its procedure was looked for: it is unknown, never missing."""
        try:
            channel = None if form.CHANNEL in row.unseen else _word(form.CHANNEL_WORDS, row.cells[form.CHANNEL], "", Channel.PREMISES)
        except FormProblem:
            channel = None
        self._left_open(channel, problem)
        typed = _text(row.cells[form.CODE])
        whole = stated_code(typed)
        evidence = _listed(row.cells[form.EVIDENCE])
        return [
            Posting(code, self.unit, channel or Channel.PREMISES, self.day, PostingState.UNKNOWN, self._origin(row), evidence=evidence, note=_DOUBT)
            for code in ([whole] if whole else codes_in(typed))
        ]  # fmt: skip

    def _absent_rows(self) -> Iterator[str]:
        """The form numbers its rows and says how many there were: a number that is gone is a row that somebody deleted."""
        numbers = {int(number) for row in self.rows[form.ROWS_FROM :] if isinstance(number := row.cells[form.NUMBER], int | float)}
        line, column = form.ASKED
        asked = self.rows[line - 1].cells[column - 1] if len(self.rows) >= line else None
        last = max([*numbers, int(asked) if isinstance(asked, int | float) else 0])
        gone = sorted(set(range(1, min(last, 20_000) + 1)) - numbers)
        if gone:
            listed = ", ".join(map(str, gone[:_NAMED])) + ("…" if len(gone) > _NAMED else "")
            yield str(FormProblem("form.gone", numbers=listed, sheet=self.title))

    def _answer(self, name: str) -> bool | None:
        cell = f"Ô {self._place('C', form.HEAD[name])}"
        try:
            if reason := self.rows[form.HEAD[name] - 1].unseen.get(2):
                raise reason.problem(cell)
            answer: bool | None = _word(form.ANSWERS, self.head[name], cell, None)
            return answer
        except FormProblem as problem:
            self.problems.append(str(problem))
            return None

    def _looks(self, answers: dict[str, bool | None], postings: Sequence[Posting]) -> list[Look]:
        """One look for each channel the form has rows of; without any it stands for the premises."""
        channels = {one.channel for one in postings} or {Channel.PREMISES}
        origin = Origin(self.capture, f"{self.title}!C{form.HEAD['complete']}")
        text, evidence = _text(self.head["text"]), _listed(self.head["evidence"])
        looks = []
        for channel in sorted(channels):
            own = channel is Channel.PREMISES  # the only channel that the head speaks of
            unread = tuple(dict.fromkeys(problem for about, problem in self.unread if about in (None, channel)))
            complete, contact = own and answers["complete"] is True, answers["contact"] if own else None
            looks.append(
                Look(
                    self.unit, channel, self.day, origin, complete and not unread, True, contact, False, text, evidence,
                    unread if complete else (),
                )
            )  # fmt: skip
        return looks


def _one_a_day(looks: Sequence[Look]) -> list[Look]:
    """Two sheets of one unit and day are one look: complete only where both are."""
    kept: dict[tuple[str, Channel, date], Look] = {}
    for look in looks:
        key = (look.unit, look.channel, look.observed_on)
        known = kept.get(key)
        kept[key] = look if known is None or (known.complete and not look.complete) else known
    return list(kept.values())


def _is_heading(row: SheetRow) -> bool:
    """A line of words across the list, or a word in a margin: no procedure and no result stands in it."""
    asked = (form.CODE, form.NAME, form.CHANNEL, form.STATE)
    return not any(row.cells[column] not in (None, "") or column in row.unseen for column in asked) and not INSIDE.search(
        _text(row.cells[0])
    )


def _code(value: object, cell: str) -> str:
    """A code as typed; a spreadsheet that takes it for a number or a day loses signs, and nothing is added to it.

    Raises:
        FormProblem: there is none, or it is cut.
    """
    typed = _text(value)
    if not typed:
        raise FormProblem("form.no_code", cell=cell)
    code = None if isinstance(value, date | time) else stated_code(typed)
    if code is None:
        raise FormProblem("form.code", cell=cell, code=typed, digits=_DIGITS)
    return code


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
    for part, word in sorted(form.PART_WORDS.items(), key=lambda item: -len(item[1])):
        if re.search(rf"(?:^|[,;\n]\s*){re.escape(fold(word))}(?=\s*(?:[,;\n]|$))", text):
            found.add(part)
            text = text.replace(fold(word), "", 1)
    if re.sub(r"[\s,;]+", "", text):
        raise FormProblem("form.part", cell=cell, value=_text(value), known="; ".join(form.PART_WORDS.values()))
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
