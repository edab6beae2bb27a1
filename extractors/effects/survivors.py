"""What an ending spares: "trừ Điều 12", "; riêng khoản 3 Điều 5 tiếp tục có hiệu lực đến …", and the list below "trừ trường hợp sau đây:"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.citations.grammar.provision_runs import leading_run
from extractors.effects.clauses import UNNAMED_SURVIVORS, ClauseEffect
from extractors.effects.effect_dates import SELF

# Every branch begins with a plain letter, so that no other place of a long sentence is looked at twice.
_EXCEPT = re.compile(
    r"(?:ngoại\s+trừ|Ngoại\s+trừ|trừ(?<!\wtrừ)(?<!khấu trừ)(?<!loại trừ)(?<!giảm trừ)|Trừ(?<!\wTrừ)|;\s*[rR]iêng|,\s*[rR]iêng|\.\s*[rR]iêng)\s+"
    r"(?=(?i:(?:các\s+|những\s+|một\s+số\s+)?(?:trường\s+hợp|quy\s+định|nội\s+dung|điểm|khoản|điều|chương|mục|phụ\s+lục|mẫu)))"
)
_OWN_ARTICLE = re.compile(rf"^[^;]*?(?:{SELF}|\bĐiều\s+này|\bkhoản\s+này)", re.IGNORECASE)
_POINTED_AT = re.compile(r"(?:các\s+|những\s+)?trường\s+hợp\s+(?:được\s+)?quy\s+định\s+tại\s+", re.IGNORECASE)
_LISTS = re.compile(r"\bsau(?:\s+đây)?\s*:\s*$", re.IGNORECASE)
_REACH = 2000  # letters between "trừ" and the verb about what it spares: the longest lists of survivors are under half of it
_ROOM = 40  # characters between the provisions pointed at and the number of their text


def excepted_from(text: str, start: int, end: int) -> int:
    """Where the words about survivors begin in a stretch; its end where there are none."""
    found = _EXCEPT.search(text, start, end)
    return found.start() if found else end


def speaks_of_survivors(text: str, start: int, verb: int) -> int | None:
    """Where the exception begins whose own verb stands at `verb` ("…, trừ Điều 3 hết hiệu lực kể từ …"); None where it is no such verb."""
    last: re.Match[str] | None = None
    for last in _EXCEPT.finditer(text, max(start, verb - _REACH), verb):  # noqa: B007
        pass
    between = text[last.end() : verb] if last else ";"
    return last.start() if last and ";" not in between and between.count(")") <= between.count("(") else None


def exceptions_in(text: str, start: int, end: int, inside: tuple[str, ...] = (), number: str | None = None) -> tuple[str, ...]:
    """The paths that "trừ …" spares, ("?",) where they are named by subject only.

    `inside` are the provisions that end: "Điều 5, trừ điểm i khoản 1" spares a part of Điều 5. `number` is that of the text
    that ends: "trừ trường hợp quy định tại Điều 3 của Thông tư số …" spares its Điều 3 where it names it again.

    "trừ trường hợp quy định tại Điều 91 Nghị định này" points at the source's own transition: the target has ended, some
    cases are still handled by it; nothing of its text survives (that is how the law's own lists read such clauses).
    """
    found = _EXCEPT.search(text, start, end)
    if not found or _OWN_ARTICLE.match(text[found.end() : end]):
        return ()
    pointed = _POINTED_AT.match(text, found.end(), end) if number else None
    run = leading_run(text, pointed.end() if pointed else found.end(), end)
    if run and run.paths and run.whole and (not pointed or _names(text, run.end, end, number)):
        return run.paths
    if run and run.hanging and inside and len(inside) == 1:
        return tuple(f"{inside[0]}/{path}" for path in run.hanging)
    return UNNAMED_SURVIVORS


def _names(text: str, start: int, end: int, number: str | None) -> bool:
    return bool(number) and str(number) in text[start : min(end, start + _ROOM + len(str(number)))]


def lists_survivors(text: str, start: int, end: int) -> bool:
    """Whether a list's intro ends with what its items spare: "… hết hiệu lực, trừ các trường hợp sau đây:"."""
    begins = excepted_from(text, start, end)
    return bool(_LISTS.search(text, begins, end))


def item_spares(text: str, start: int, end: int) -> tuple[str, ...]:
    """What an item of such a list spares: its provisions, ("?",) for a matter, nothing where it points at the source's own transition."""
    run = leading_run(text, start, end)
    if _OWN_ARTICLE.match(text[run.end if run and run.paths else start : end][:_ROOM]):
        return ()
    return run.paths if run and run.paths and run.whole else UNNAMED_SURVIVORS


class ListedSurvivors:
    """The survivors that the items of a list name, by the end of the quote of the ending above them."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._items: dict[int, list[ClauseEffect]] = defaultdict(list)

    def add(self, above: int, item: ClauseEffect) -> None:
        """`item.provisions` live on beyond the ending whose quote ends at `above`, until `item.until` where it says so."""
        self._items[above].append(item)

    def told(self, ending: ClauseEffect) -> Iterator[ClauseEffect]:
        """The ending with the survivors that a list below it names, and how long each lives where it is said."""
        items = self._items.get(ending.end, ())
        named = tuple(dict.fromkeys(path for item in items for path in item.provisions))
        yield self._showing(ending, named, items) if items and ending.exceptions == UNNAMED_SURVIVORS else ending
        if ending.exceptions == UNNAMED_SURVIVORS:
            yield from (replace(item, target=ending.target) for item in items if item.until and item.provisions)

    def _showing(self, ending: ClauseEffect, named: tuple[str, ...], items: Sequence[ClauseEffect]) -> ClauseEffect:
        """The ending with its survivors; one that stands right above the list quotes it too: what lives on is part of the proof."""
        last = max(item.end for item in items)
        return replace(ending, exceptions=named, end=last, quote=self._raw[ending.start : last])
