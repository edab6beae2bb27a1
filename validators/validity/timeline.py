"""The stretches of force of a document or provision as a picture: an accessible SVG that also reads without colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import zip_longest
from textwrap import wrap

from rasoat import words
from rasoat.records import Status, Verdict
from validators.validity.answers import StatusAnswers

_WIDTH, _LEFT, _BAR_TOP, _BAR_HEIGHT, _ROW = 760, 20, 58, 26, 22
_MARGIN = timedelta(days=180)
_COLOURS = {
    Status.IN_FORCE: "#1b7f3b",
    Status.PARTLY_IN_FORCE: "#8a6d00",
    Status.SUSPENDED: "#5b3fa0",
    Status.EXPIRED: "#a3271f",
    Status.NOT_YET: "#3c5a7d",
}
_UNSURE = "#5f6368"
_LABEL_HALF = 90
_LINE = 100  # letters that fit beside a legend's mark


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with one status: from `start` to the day before `end`."""

    start: date
    end: date
    status: Status
    clause: str


def stretches(answers: StatusAnswers, key: str, as_of: date, provision: str | None = None) -> list[Stretch]:
    """The life of a document, or of its provision, cut where its status changes: from half a year before the first change to half a year
    after the last, the day asked about within. The picture and its table are drawn from the very answers that are given."""
    line = answers.line(key, provision)
    days = {answer.day for answer in line if answer.day > date.min} | {as_of}
    begin, end = min(days) - _MARGIN, max(days) + _MARGIN
    found: list[Stretch] = []
    for answer, after in zip_longest(line, line[1:]):
        start, until = max(answer.day, begin), after.day if after else end
        if found and found[-1].status is answer.verdict.status:
            found[-1] = Stretch(found[-1].start, until, found[-1].status, found[-1].clause)
        else:
            found.append(Stretch(start, until, answer.verdict.status, _clause(answers, answer.verdict)))
    return found


def _clause(answers: StatusAnswers, verdict: Verdict) -> str:
    if not verdict.evidence:
        return words.basis(verdict.basis)
    first = verdict.evidence[0]
    document = answers.document(first.document)
    place = f"{document.id if document else first.document}, {words.provision(first.provision)}"
    if verdict.reason == "ends_later":  # the clause tells of the end; of this stretch it only proves the life until then
        return f"{words.basis(verdict.basis)} ({place})"
    return f"{place}: {words.running(words.quoted(first.lead, first.quote))}"


def timeline_svg(answers: StatusAnswers, key: str, as_of: date, provision: str | None = None) -> str:
    """The picture of a document, or of its provision, as one SVG element with title, description, dates and clauses as text; every text is escaped."""
    document = answers.document(key)
    whole = f"{document.type} {document.id}" if document else key
    name = f"{words.provision(provision)} {whole}" if provision else whole
    rows = stretches(answers, key, as_of, provision)
    begin, span = rows[0].start, max((rows[-1].end - rows[0].start).days, 1)

    def x(day: date) -> float:
        return round(_LEFT + (day - begin).days * (_WIDTH - 2 * _LEFT) / span, 1)

    now, bottom = x(as_of), _BAR_TOP + _BAR_HEIGHT
    identity = "tl-" + "".join(letter if letter.isalnum() else "-" for letter in key)
    said = "; ".join(f"{_label(row.status)} {_days(rows, row)}" for row in rows)
    legend, height = _legend(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height}"'
        f' aria-labelledby="{identity}-t {identity}-d" font-family="sans-serif" font-size="13">',
        f'<title id="{identity}-t">{escape(f"Hiệu lực của {name} theo thời gian")}</title>',
        f'<desc id="{identity}-d">{escape(said)}</desc>',
        f'<text x="{_LEFT}" y="22" font-weight="bold">{escape(name)}</text>',
        *[_bar(row, _days(rows, row), x(row.start), x(row.end)) for row in rows],
        *[_year(year, x(date(year, 1, 1))) for year in _years(begin, rows[-1].end)],
        f'<line x1="{now}" x2="{now}" y1="{_BAR_TOP - 14}" y2="{bottom + 6}" stroke="#000" stroke-dasharray="4 2"/>',
        f'<text x="{now}" y="{_BAR_TOP - 18}" text-anchor="{_anchor(now)}">{escape("ngày xét " + words.day(as_of))}</text>',
        *legend,
        "</svg>",
    ]
    return "\n".join(parts)


def _anchor(at: float) -> str:
    """Which end of a label stands at a place, so that it never leaves the picture."""
    return "start" if at < _LABEL_HALF else "end" if at > _WIDTH - _LABEL_HALF else "middle"


def _days(rows: list[Stretch], row: Stretch) -> str:
    """The days of a stretch in words; the first and the last have no end of their own, only the picture's edge."""
    since = f"từ {words.day(row.start)}" if row is not rows[0] else ""
    until = f"đến hết {words.day(row.end - timedelta(days=1))}" if row is not rows[-1] else ""
    return f"{since} {until}".strip() or "trong mọi ngày"


def _years(begin: date, end: date) -> list[int]:
    """The years marked under the bar: about ten at most, whatever the span."""
    step = max(1, -(-(end.year - begin.year) // 10))
    return [year for year in range(begin.year + 1, end.year + 1) if year % step == 0 and date(year, 1, 1) <= end]


def _year(year: int, at: float) -> str:
    top = _BAR_TOP + _BAR_HEIGHT
    return (
        f'<line x1="{at}" x2="{at}" y1="{top}" y2="{top + 4}" stroke="{_UNSURE}"/>'
        f'<text x="{at}" y="{top + 16}" text-anchor="middle" font-size="11" fill="{_UNSURE}">{year}</text>'
    )


def _bar(row: Stretch, days: str, left: float, right: float) -> str:
    colour = _COLOURS.get(row.status, _UNSURE)
    return (
        f'<rect x="{left}" y="{_BAR_TOP}" width="{max(round(right - left, 1), 1)}" height="{_BAR_HEIGHT}" fill="{colour}">'
        f"<title>{escape(f'{_label(row.status)} {days}. {row.clause}')}</title></rect>"
    )


def _legend(rows: list[Stretch]) -> tuple[list[str], int]:
    """The stretches in words, each wrapped, and the height of the whole picture."""
    parts, y = [], _BAR_TOP + _BAR_HEIGHT + 44
    for row in rows:
        colour = _COLOURS.get(row.status, _UNSURE)
        clause = " ".join(row.clause.split())
        said = f"{_label(row.status)} {_days(rows, row)}. {clause[:1].upper()}{clause[1:]}"
        parts.append(f'<rect x="{_LEFT}" y="{y - 11}" width="12" height="12" fill="{colour}"/>')
        for line in wrap(said, _LINE, max_lines=4, placeholder=" …"):
            parts.append(f'<text x="{_LEFT + 20}" y="{y}">{escape(line)}</text>')
            y += _ROW - 4
        y += 6
    return parts, y + 6


def _label(status: Status) -> str:
    said = words.STATUS.get(status, words.STATUS[Status.UNKNOWN])
    return said[:1].upper() + said[1:]
