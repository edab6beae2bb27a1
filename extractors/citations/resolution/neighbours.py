"""The registered document that a misprinted number most likely means: suggested to a person, never taken for the answer (CITE-03).

A serial is trusted: another serial is another document. What follows it may be cut off ("118/2025/NĐ"), glued to the next
cell ("29/2025/TT-BTCTT"), or one letter off ("95/2025/QH1", "40/2029/QH14"). The type must not change unless the title or
the day of issue speaks for the other document, and where two fit alike nothing is suggested.
"""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from extractors.citations.resolution import plausible, quoted_titles
from rasoat.identity import NumberParts, parse_number, type_of
from rasoat.records import KnownFrom, LegalDocument, Mention

_NEAR = 74  # of 100: one wrong symbol between two numbers of one serial, year and type, not another ministry
_ONE_BODY = frozenset(
    {"Nghị định", "Luật", "Pháp lệnh"}
)  # issued by one body: another symbol after the type is a slip, not another ministry
_BORNE_OUT = 100  # what a title or a day of issue weighs: more than any likeness of letters


class Neighbours:
    """The documents of a register by serial.

    Those only cited are weaker witnesses: their number must be a possible one and stand a slip of the pen away.
    """

    def __init__(self) -> None:
        self._by_serial: dict[str, list[tuple[int | None, LegalDocument]]] = defaultdict(list)

    def add(self, document: LegalDocument) -> None:
        """Take a document of the register or one cited."""
        if place := _place(document):
            self._by_serial[place[0]].append((place[1], document))

    def remove(self, document: LegalDocument) -> None:
        """Forget a document that was taken."""
        if place := _place(document):
            self._by_serial[place[0]].remove((place[1], document))

    def of(self, serial: str, year: int | None) -> list[LegalDocument]:
        """The documents of one serial and year, without those only cited."""
        held = self._by_serial.get(serial.lstrip("0"), [])
        return [document for its, document in held if its == year and document.known_from is not KnownFrom.CITED]

    def nearest(self, mention: Mention, parts: NumberParts | None) -> str | None:
        """The key of the one document that fits best, or None where none or several do; `parts` is None where the number
        has no shape at all ("102/204/NĐ-CP"): then only its serial leads anywhere."""
        serial = parts.serial if parts else (mention.number or "").partition("/")[0]
        year = (parts.year if parts else None) or (mention.issued_on.year if mention.issued_on else None)
        scored = [
            (score, document.key)
            for its, document in self._by_serial.get(serial.lstrip("0"), [])
            if (score := _fit(mention, document, its == year))
        ]
        best = max((score for score, _ in scored), default=0.0)
        first = {key for score, key in scored if score == best}
        return first.pop() if len(first) == 1 else None


def _place(document: LegalDocument) -> tuple[str, int | None] | None:
    """The serial and the year that a document stands under; None where its number is none, or none that could be cited."""
    parts = parse_number(document.number)
    cited = document.known_from is KnownFrom.CITED
    if parts is None or (cited and not (plausible.plausible(parts) and plausible.agencies_known(parts))):
        return None
    return parts.serial.lstrip("0"), parts.year or (document.issued_on.year if document.issued_on else None)


def _fit(mention: Mention, document: LegalDocument, same_year: bool) -> float:
    """How well a document of the same serial fits; 0 where it does not."""
    printed, number = (mention.number or "").lstrip("0"), document.number.lstrip("0")
    same_day = mention.issued_on is not None and mention.issued_on == document.issued_on
    same_title = bool(mention.name and document.title and quoted_titles.title_same(mention.name, document.title))
    borne_out = _BORNE_OUT * (same_day + same_title)
    if not borne_out and _without_year(document.number):
        return 0.0  # "73-CP" was given anew each year: which of them is meant only its day or its title can tell
    if not borne_out and type_class(document.type) != type_class(type_of(mention.number, mention.type)):
        return 0.0
    likeness = fuzz.ratio(printed, number)
    slipped = number.startswith(printed) or printed.startswith(number) or DamerauLevenshtein.distance(printed, number) <= 1
    slipped = slipped or (same_year and _of_the_assembly(printed) and _of_the_assembly(number))
    if not slipped and document.known_from is KnownFrom.CITED:
        return 0.0
    alike = same_year and likeness + borne_out / 10 >= _NEAR and (borne_out or type_class(document.type) in _ONE_BODY)
    if not slipped and not same_title and not alike:
        return 0.0
    return likeness + borne_out + 10 * printed.startswith(number)


def _without_year(number: str) -> bool:
    parts = parse_number(number)
    return parts is not None and parts.year is None


def _of_the_assembly(number: str) -> bool:
    """Whether a number is one of the National Assembly's own ("254/2025/NQ-QH" for "254/2025/QH15": the term left out)."""
    parts = parse_number(number)
    return parts is not None and parts.agencies == ("QH",)


def type_class(type_: str | None) -> str:
    """Types that share their numbers, under one name."""
    return {"Bộ luật": "Luật", "Thông tư liên tịch": "Thông tư"}.get(type_ or "", type_ or "")
