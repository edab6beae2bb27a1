"""What kind of paper a published file is, by the signs that any reader goes by: its type line, its title, its first article, its tables.

A decision that announces procedures (Nghị định 63/2010/NĐ-CP Điều 13 to 15) looks much like one that approves an internal process,
delegates, or plans: same issuer, same tables, same codes. Only what the title or Điều 1 says it does tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.formats.head import DocumentHead
from extractors.postings.records import FileKind
from rasoat.identity import NORMATIVE_TYPES
from rasoat.vietnamese import fold

_HEAD_LINES = 80
_TITLE_LINES = 8
_LEGAL = frozenset(fold(kind) for kind in NORMATIVE_TYPES) | {"van ban hop nhat"}
_OTHER = frozenset(
    re.split(
        r"\s*,\s*",
        "ke hoach, to trinh, bao cao, thong bao, cong van, bien ban, quy che, quy trinh noi bo, phuong an, de an, huong dan, "
        "chuong trinh, hop dong, giay moi, cong dien, thong cao",
    )
)
# A type stands in capitals at the end of its line; a stamp or the other column may stand before it in a scan.
_TYPE_LINE = re.compile(rf"(?:^|.*[^\w\s])\s*(?P<type>{'|'.join(sorted(_LEGAL | _OTHER, key=len, reverse=True))})(?P<rest>\W*|\W+so\b.*)$")
_ENDS_TITLE = re.compile(
    r"^(?:can cu|xet de nghi|theo de nghi|chu tich|bo truong|giam doc|uy ban nhan dan|thong doc|tong giam doc|dieu 1\b)"
)
_PROCEDURES = r"(?:thu tuc hanh chinh|tthc|danh muc)"
_ANNOUNCES = re.compile(rf"^\W*+(?:ve viec|v/v|ve)?\W*+cong (?:bo|khai)\b.{{0,160}}?\b{_PROCEDURES}")
_ARTICLE_1 = re.compile(rf"\bdieu 1\W+cong (?:bo|khai)\b.{{0,200}}?\b{_PROCEDURES}.{{0,40}}")
# Internal procedures between offices are outside the decree (Điều 1) and are published apart.
_INTERNAL = re.compile(r"^\W*+(?:ve viec|v/v|ve)?\W*+cong (?:bo|khai)\b(?:(?! va ).){0,120}?\b(?:noi bo|quy trinh)")
_ANNEX = re.compile(r"\bkem theo quyet dinh\b")
_OF_PROCEDURES = re.compile(r"\bthu tuc\b|\btthc\b|\bniem yet\b|\bcong khai\b")
_POSTS = re.compile(r"\bniem yet\b|\bcong khai\b")


def classify(lines: Sequence[str], head: DocumentHead, rows: int, coded: int) -> FileKind:
    """The kind of a file from its first lines (those of tables too), its head, and how many rows like those of procedures were found;
    `coded` of them bear a procedure's code."""
    opening = lines[:_HEAD_LINES]
    folded = [fold(line) for line in opening]
    at, kind = _type_line(opening, folded)
    # A number and type that begin a line of a list stand in its column of legal bases; substances with their numbers are no list.
    if kind is None and head.type and (head.own or 2 * coded < rows or not rows):
        kind = fold(head.type)
    if kind == "quyet dinh":
        announcing = announces(fold(" ".join(title_lines(lines))), " ".join(fold(line) for line in lines))
        return FileKind.PUBLICATION_DECISION if announcing else FileKind.LEGAL_DOCUMENT
    if kind in _LEGAL:
        return FileKind.LEGAL_DOCUMENT
    if not rows or not (2 * coded >= rows or _OF_PROCEDURES.search(" ".join(folded))):
        return FileKind.OTHER
    if _ANNEX.search(" ".join(folded)) and kind is None:
        return FileKind.PUBLICATION_DECISION
    # A plan, a report or a notice with a table of procedures posts nothing, unless it says so.
    if kind in _OTHER and not _POSTS.search(" ".join(folded[at : at + 4] if at is not None else folded)):
        return FileKind.OTHER
    return FileKind.POSTED_LIST


def _type_line(lines: Sequence[str], folded: Sequence[str]) -> tuple[int | None, str | None]:
    """The first line that holds a type of paper in capitals, and the type, folded."""
    for number, (line, words) in enumerate(zip(lines, folded, strict=True)):
        found = _TYPE_LINE.match(words) if len(words) < 160 else None
        if found and line[-len(words) :][found.start("type") : found.end("type")].isupper():
            return number, found["type"]
    return None, None


def title_lines(lines: Sequence[str]) -> list[str]:
    """The lines under the type line as far as the title reaches; none where that line is missing."""
    opening = lines[:_HEAD_LINES]
    at, _ = _type_line(opening, [fold(line) for line in opening])
    taken: list[str] = []
    for line in opening[at + 1 : at + 1 + _TITLE_LINES] if at is not None else ():
        if _ENDS_TITLE.match(fold(line).lstrip(" .-–*")):
            break
        taken.append(line)
    return taken


def announces(title: str, text: str) -> bool:
    """Whether a decision announces procedures: its folded title says so, or, where none was read, its Điều 1."""
    if title:
        return bool(_ANNOUNCES.match(title)) and not _INTERNAL.match(title)
    article = _ARTICLE_1.search(text)
    return article is not None and "noi bo" not in article[0]
