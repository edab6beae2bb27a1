"""A head that was glued together, laid out again: one line for each of its parts.

Converters and transcribers run the columns of a head and its title into one line ("CHÍNH PHỦ ------- CỘNG HÒA … Hạnh phúc
------- Số: 5/2099/NĐ-CP Hà Nội, ngày 1 tháng 6 năm 2099 NGHỊ ĐỊNH …"), and repeat the file's own name before every part.
"""

from __future__ import annotations

import re

from extractors.formats.head_lines import DATE_WORDS, KINDS, STATE
from rasoat.editor_notes import without_notes

_RULE = re.compile(r"[-*_]{4,}|(?<=\s)[-*_]{3}(?=\s)")
_MOTTO = re.compile(r"(?i)độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc")
_LETTERS = [chr(code) for code in (*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isalpha()]
_CAPITAL, _SMALL = "".join(filter(str.isupper, _LETTERS)), "".join(filter(str.islower, _LETTERS))
_STANDING = "|".join(kind.upper() for kind in KINDS)
_NUMBERED = re.compile(rf"\s((?:(?:{'|'.join(KINDS)})\s+)?(?:[Ss]ố|SỐ)\s*:)")
_DATED = re.compile(rf"(?:(?<=\s)|^)(?P<place>[{_CAPITAL}][{_SMALL}]+(?:[ -][{_CAPITAL}][{_SMALL}]+){{0,5}}),\s*(?i:{DATE_WORDS})(?=\s|$)")
_TITLED = re.compile(rf"(?<=[{_SMALL})])\s+(?=(?:{_STANDING})\s+[{_CAPITAL}]{{2,}})")
_SENTENCE = re.compile(
    rf"(?<=[{_CAPITAL}]{{2}})\s+(?=(?i:căn cứ|theo đề nghị|xét đề nghị)\s|(?:{'|'.join(KINDS)}|Để|Theo|Xét|Quốc hội|Chính phủ)\s[^\n]{{0,80}}[{_SMALL}])"
)
_NAMED_BEFORE = re.compile(rf"\.\s+(?=[{_CAPITAL}]{{2,}}\s[{_CAPITAL}])")
_CITES = re.compile(r"(?i)\W*(?:căn cứ|theo)\b")
_RUNNING_LIMIT = 250


def laid_out(preamble: str) -> str:
    """The lines before the first article with a line for each part of the head; editors' notes are left out. No word of the
    document's own is lost. `preamble` in NFC."""
    return "\n".join(_parts(line) for line in without_notes(preamble).split("\n"))


def without_running_name(text: str) -> str:
    """The text without its own first line where a transcriber set that before its parts ("Luật Thử 2099. Điều 2. …"), which hides
    the headings of articles."""
    name = text.lstrip().split("\n", 1)[0].split(". ", 1)[0].strip().rstrip(".")
    if not 6 <= len(name) <= _RUNNING_LIMIT:
        return text
    return re.sub(rf"(?m)^{re.escape(name)}\. (?=(?:Phần|Chương|Mục|Tiểu mục|Điều|Phụ lục)\b)", "", text)


def _parts(line: str) -> str:
    """One line of the head, broken where the State's name, a rule, the number, the date or the title begins or ends."""
    if "|" in line or "\t" in line or _CITES.match(line):
        return line
    if STATE.search(line) or _RULE.search(line) or _DATED.search(line):
        line = _NAMED_BEFORE.sub(".\n", line)
        line = _RULE.sub("\n", line)
        line = _MOTTO.sub(lambda found: f"\n{found[0]}\n", line)
        line = _NUMBERED.sub(r"\n\1", line)
        line = _DATED.sub(lambda found: f"\n{found[0]}\n", line, count=1)
        line = _TITLED.sub("\n", line, count=1)
    return _SENTENCE.sub("\n", line) if re.search(rf"(?m)^[ \t]*(?:{_STANDING})\b", line) else line
