"""The head of a legal text: what document it says it is, read from its own first lines, and whether that is the document asked for.

Nghị định 30/2020/NĐ-CP and Luật 64/2025/QH15 lay the head out: issuer and number on the left, the State's name, place and
date on the right, then the type in capitals and the title. Converters mix the columns; transcribers add a table of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.formats.articles import split_text
from extractors.formats.head_layout import laid_out
from extractors.formats.head_lines import DATE_WORDS, ISSUERS, KINDS, NUMBER_TEXT, PLACED_DATE, SERIAL, STATE, kind_line, proper
from extractors.formats.head_title import read_title
from rasoat.editor_notes import without_notes
from rasoat.identity import canonical_number, parse_number, type_of
from rasoat.vietnamese import fold, nfc, squeeze

_LINES = 120
_HEAD_CHARS = 60_000  # a legal basis of ten pages fits; the rest of a code of a million need not be split twice
_TITLED = re.compile(rf"(?i:^(?P<type>{'|'.join(KINDS)}))\s+(?:[Ss]ố|SỐ)?\s*:?\s*(?P<number>{NUMBER_TEXT})\s*(?P<rest>.*)$")
_BARE_NUMBER = re.compile(rf"^(?P<number>{SERIAL}/(?:(?:19|20)\d\d/)?[A-ZĐ][A-ZĐa-z]*(?:-[A-ZĐ][A-ZĐa-z]*|\d+)+)\b(?P<rest>.*)$")
_DATE = re.compile(
    rf"(?i){DATE_WORDS}|(?<!\d)(?P<d2>\d{{1,2}})[/.-](?P<m2>\d{{1,2}})[/.-](?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d\d)-(?P<d3>\d\d)"
)
_ADOPTED = re.compile(
    rf"(?is)(?:luật|pháp lệnh|nghị quyết|hiến pháp)\s+này\s+(?:đã\s+)?được.{{0,200}}?thông\s+qua\s*{DATE_WORDS.replace('năm|', 'năm|ngày|')}"
)
_BESIDE = re.compile(r"[|:*]++[*|\s]*+")  # between the label and the value of a transcriber's line
_CITES = re.compile(r"(?i)(?:căn cứ|theo)\b")  # a cited number may begin a wrapped line from here on
_ENACTS = re.compile(
    r"(?:Bộ trưởng (?P<ministry>Bộ [^;,.]{3,60}?)|Thống đốc (?P<bank>Ngân hàng Nhà nước Việt Nam)) ban hành (?:Thông tư|Quyết định)"
)
_LONE_LABEL = re.compile(rf"(?i)(?:(?:{'|'.join(KINDS)}) )?số\s*:?")
_BY_AGENCY = {
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "CTN": "Chủ tịch nước",
}


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What a text says it is. `number` canonical; `own` where number and date stand in the document's own head, not in a table
    that a transcriber set before it. `problems` name what is missing, Vietnamese first."""

    number: str | None = None
    type: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    own: bool = False
    effective_on: date | None = None
    problems: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether type, number and date are known, which is what a clause needs to have an author."""
        return bool(self.number and self.type and self.issued_on)


def read_head(text: str) -> DocumentHead:
    """The head of a legal text, from the lines before its first article (at most `_LINES`). Never raises."""
    text = nfc(text)
    preamble = laid_out(_preamble(text))
    lines = [line for raw in preamble.split("\n")[:_LINES] for part in _cells(raw) if (line := _clean(part))]
    claims = _claims(lines)
    own_number, own_date = _own_number(lines), _own_date(lines)
    named_type, titled_number, titled_date = _named(lines)
    number = own_number or claims.get("number") or titled_number
    issued_on = own_date or titled_date or _iso(claims.get("issued_on")) or _adopted(text)
    kind = _type(number, lines, named_type or claims.get("type"))
    issuer = _issuer(lines, number, kind, _clean(without_notes(text[: len(preamble) + 4000]))) or claims.get("issuer")
    effective_on = _iso(claims.get("effective_on"))
    problems = _problems(number, kind, issued_on)
    return DocumentHead(number, kind, issued_on, issuer, read_title(lines, kind), bool(own_number and issued_on), effective_on, problems)


def belongs(head: DocumentHead, number: str | None, type_: str | None = None, issued_on: date | None = None) -> str | None:
    """Why a text is not the document it was given as, in one line, or None where nothing speaks against it.

    A file's name is no proof either way: pass only what a record says. No title is asked for: titles are shortened freely.
    """
    said = canonical_number(number) if number else None
    if said and head.number and fold(said) != fold(head.number):
        return f"văn bản trong tệp là {_name(head)}, không phải {said} / the text names another number"
    if type_ and head.type and fold(type_) != fold(head.type):
        return f"văn bản trong tệp là {head.type} {head.number}, không phải {type_} / the text names another type"
    if issued_on and head.issued_on and head.issued_on != issued_on:
        return f"văn bản trong tệp ghi ngày {head.issued_on:%d/%m/%Y}, bản ghi nói {issued_on:%d/%m/%Y} / the dates of issue disagree"
    return None


def _name(head: DocumentHead) -> str:
    return f"{head.type or 'văn bản'} {head.number}" + (f" ngày {head.issued_on:%d/%m/%Y}" if head.issued_on else "")


def _preamble(text: str) -> str:
    first = next((piece.start for piece in split_text(text[:_HEAD_CHARS]) if piece.kind in ("heading", "article")), None)
    return text[:first] if first else text[:12_000]


def _cells(line: str) -> list[str]:
    """The two columns of a head that a converter drew as a table; a transcriber's table of labels stays a line."""
    if "|" in line or "\t" in line:
        cells = re.split(r"[|\t]", line)
        if any(STATE.search(cell) or PLACED_DATE.search(cell) or re.match(r"\W*(?:Luật )?[Ss]ố\s*:", cell) for cell in cells):
            return cells
    return [line]


def _clean(line: str) -> str:
    """A line without a transcriber's marks, its blanks folded; the bars of a table are kept."""
    return squeeze(re.sub(r"[*_#>`]+", " ", line)).strip(" -–")


def _field(line: str) -> tuple[str, str]:
    """The folded label and the value of a line that has two parts; of another two empty texts."""
    line = line.lstrip("|*- ").rstrip("|* ")
    beside = _BESIDE.search(line)
    label, value = (line[: beside.start()].rstrip(), line[beside.end() :]) if beside else ("", "")
    return (fold(label), value) if 2 <= len(label) <= 40 and "|" not in value else ("", "")


def _claims(lines: list[str]) -> dict[str, str]:
    """What a transcriber's table says ("| Số hiệu | 1/2026/NĐ-CP |", "Ngày ban hành: …"). The first of each label counts."""
    found: dict[str, str] = {}
    for line in lines:
        label, value = _field(line)
        if label in ("so hieu", "so ky hieu", "so/ky hieu", "so hieu van ban") and (number := re.match(NUMBER_TEXT, value)):
            found.setdefault("number", canonical_number(number[0]))
        elif label in ("ngay ban hanh", "ngay ky") and (day := _date(value, begins=True)):
            found.setdefault("issued_on", day.isoformat())
        elif label in ("ngay hieu luc", "ngay co hieu luc", "hieu luc", "hieu luc tu ngay", "hieu luc thi hanh") and (
            day := _date(value, begins=True)
        ):
            found.setdefault("effective_on", day.isoformat())
        elif label in ("loai van ban", "loai"):
            found.setdefault("type", value)
        elif label in ("co quan ban hanh", "noi ban hanh") and fold(value) != "ha noi":
            found.setdefault("issuer", re.sub(r"\s*\(.*", "", value))
    return found


def _own_number(lines: list[str]) -> str | None:
    """The number of the document's own head: a line that begins with "Số" or "Luật số", or follows a lone "Số:"."""
    citing = False
    for index, line in enumerate(lines):
        citing = citing or bool(_CITES.match(line))
        if "|" in line or _CITES.match(line):
            continue
        joined = f"{line} {lines[index + 1]}" if _LONE_LABEL.fullmatch(line) and index + 1 < len(lines) else line
        found = re.match(rf"(?:(?:{'|'.join(KINDS)})\s+|[^\d|]{{0,80}}?\s)?(?:[Ss]ố|SỐ)\s*:\s*(?P<number>{NUMBER_TEXT})", joined)
        if not found and not citing:
            found = re.match(rf"(?i:(?:luật|bộ luật|pháp lệnh|nghị quyết))\s+(?:[Ss]ố|SỐ)\s*:?\s*(?P<number>{NUMBER_TEXT})$", joined)
        if found:
            return canonical_number(found["number"])
    return None


def _own_date(lines: list[str]) -> date | None:
    """The place-and-date line ("Hà Nội, ngày 5 tháng 4 năm 2016"); not the dates that the legal basis cites."""
    for line in lines:
        if re.match(r"(?i)(?:căn cứ|theo)\b", line):
            continue
        found = PLACED_DATE.search(line)
        if found and not re.search(r"(?i)\b(?:số|luật|nghị|thông tư|từ)\b", found["place"]) and (day := _date(found[0])):
            return day
    return None


def _named(lines: list[str]) -> tuple[str | None, str | None, date | None]:
    """Type, number and date of a heading that names the document ("Nghị định số 233/2026/NĐ-CP …", "275/2026/NĐ-CP - …"; the gazette
    continues a law under "Luật số … ngày …" and its name, which says where it is a code)."""
    for index, line in enumerate(lines[:8]):
        if _CITES.match(line):
            break
        if found := _TITLED.match(line):
            code = index + 1 < len(lines) and re.match(r"Bộ luật\b", lines[index + 1])
            issued_on = _date(found["rest"], begins=True) if re.fullmatch(rf"(?i){DATE_WORDS}\W*", found["rest"]) else None
            return "Bộ luật" if code else proper(found["type"]), canonical_number(found["number"]), issued_on
        if found := _BARE_NUMBER.match(line):
            return None, canonical_number(found["number"]), None
    return None, None, None


def _type(number: str | None, lines: list[str], written: str | None) -> str | None:
    """A line of its own with the type in capitals decides between Luật, Bộ luật and Nghị quyết, which a number may not tell."""
    standing = next((kind for line in lines if (kind := kind_line(line))), None)
    return type_of(number, standing or written)


def _issuer(lines: list[str], number: str | None, kind: str | None, opening: str) -> str | None:
    if kind in ("Luật", "Bộ luật", "Hiến pháp"):
        return "Quốc hội"
    parts = parse_number(number) if number else None
    if parts and not parts.local:
        for agency in parts.agencies:
            if agency in _BY_AGENCY:
                return _BY_AGENCY[agency]
        if enacts := _ENACTS.search(opening):
            return enacts["ministry"] or enacts["bank"]
    for index, line in enumerate(lines[:25]):
        if found := ISSUERS.match(line):
            name = found["issuer"]
            # "ỦY BAN NHÂN DÂN" and its place stand on two lines.
            if (
                name.endswith("NHÂN DÂN")
                and index + 1 < len(lines)
                and re.match(r"(?:TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU) ", lines[index + 1])
            ):
                name = f"{name} {re.split(r'[-*_]{2,}', lines[index + 1])[0].strip()}"
            return _titled(name)
    return None


def _titled(name: str) -> str:
    """A body's name in capitals as it is written in a sentence: "BỘ TÀI CHÍNH" → "Bộ Tài chính", "TỈNH LAI CHÂU" → "tỉnh Lai Châu"."""
    local = re.match(r"(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) (TỈNH|THÀNH PHỐ|XÃ|PHƯỜNG|ĐẶC KHU) (.+)", name)
    if local:
        return f"{local[1][:1]}{local[1][1:].lower()} {local[2].lower()} {local[3].title()}"
    words = name.split()
    return " ".join([words[0].capitalize(), *([words[1].capitalize()] if len(words) > 1 else []), *(word.lower() for word in words[2:])])


def _adopted(text: str) -> date | None:
    """The date of a law whose head lost it: the closing formula says when it was adopted."""
    found = _ADOPTED.search(text, max(0, len(text) - 200_000))
    return _date(f"ngày {found['day']}/{found['month']}/{found['year']}") if found else None


def _date(text: str, *, begins: bool = False) -> date | None:
    """The first date of a text; with `begins` only where nothing but "từ ngày" stands before it."""
    found = (
        re.match(rf"\W*(?:kể )?(?:từ )?(?:ngày )?(?:{_DATE.pattern.removeprefix('(?i)')})", text, re.IGNORECASE)
        if begins
        else _DATE.search(text)
    )
    if not found:
        return None
    day, month, year = (
        found["day"] or found["d2"] or found["d3"],
        found["month"] or found["m2"] or found["m3"],
        found["year"] or found["y2"] or found["y3"],
    )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _iso(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _problems(number: str | None, kind: str | None, issued_on: date | None) -> tuple[str, ...]:
    missing = [name for name, value in (("số hiệu", number), ("loại văn bản", kind), ("ngày ban hành", issued_on)) if not value]
    problems = [f"không đọc được {', '.join(missing)} ở đầu văn bản / the head does not tell type, number and date"] if missing else []
    parts = parse_number(number) if number else None
    if parts and parts.year and issued_on and parts.year != issued_on.year:
        problems.append(f"năm trong số {number} khác năm ban hành {issued_on.year} / the number's year is not the year of issue")
    return tuple(problems)
