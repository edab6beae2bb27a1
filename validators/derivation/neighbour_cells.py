"""What stands beside a bare code: in a table of legal bases the name's cell comes before the code's ("Luật đầu tư67/2014/QH13").

The numbers of the National Assembly do not say whether they are a law or a resolution, and many procedures print only the
code; the neighbouring cell, or another procedure's, does say it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from extractors.citations.resolution.plausible import plausible
from extractors.citations.resolution.quoted_titles import law_name
from rasoat.identity import document_key, parse_number
from rasoat.records import KnownFrom, LegalDocument, Mention, MentionKind, Part, Role

PlacedMention = tuple[str, int, int, Part, Mention]  # piece, procedure, position, part, mention
_LONGEST_NAME = 120
_SLIPS = 9  # a type told nine times as often as all others together is the type
_ASSEMBLY = (("QH",), ("UBTVQH",))


@dataclass(slots=True)
class NeighbourEvidence:
    """Types and names that cells beside a code gave it, counted over all procedures."""

    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    untyped: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # name without a type → codes it stands before

    def type_of(self, number: str) -> str | None:
        """The type told of a number, or None where cells disagree or none told it; a slip in one of many outvotes nothing."""
        found = self.types.get(number)
        if not found:
            return None
        (leading, often), *_ = found.most_common(1)
        return leading if often > _SLIPS * (found.total() - often) else None

    def number_of(self, name: str, year: int) -> str | None:
        """The one code of a year that stands after a law's bare name ("Hàng hải Việt Nam40/2005/QH11"), or None."""
        codes = [code for code in self.untyped.get(law_name(name), ()) if (parts := parse_number(code)) and parts.year == year]
        return codes[0] if len(codes) == 1 else None

    def laws(self) -> list[LegalDocument]:
        """A cited record for every Assembly number whose type and name were told."""
        records = []
        for number, names in sorted(self.names.items()):
            if (parts := parse_number(number)) and not plausible(parts):
                continue  # "40/2029/QH14": a misprint that a name beside it makes no document
            type_ = self.type_of(number)
            key = document_key(type_, number) if type_ else None
            if type_ and key:
                records.append(
                    LegalDocument(key, number, number, type_, "Quốc hội", names.most_common(1)[0][0], None, None, KnownFrom.CITED)
                )
        return records


def beside(mentions: Iterable[PlacedMention], text_of: Callable[[str, int, Part], str]) -> tuple[list[PlacedMention], NeighbourEvidence]:
    """The mentions with what the cell before told, and all that was told; the mentions come in the order of the text.

    `text_of` gives the text of a part by (piece, procedure, part).
    """
    told, found = NeighbourEvidence(), list[PlacedMention]()
    before: PlacedMention | None = None
    for one in mentions:
        mention = one[4]
        if before and before[:2] == one[:2] and before[3] is one[3] and 0 <= mention.start - before[4].end <= 1:
            mention = _named_by(mention, before[4])
        if _bare_code(mention):
            since = before[4].end if before and before[:2] == one[:2] and before[3] is one[3] else 0
            cell = text_of(one[0], one[1], one[3])[since : mention.start].strip()
            if 0 < len(cell) <= _LONGEST_NAME and not any(letter.isdigit() for letter in cell):
                told.untyped[law_name(cell)].add(mention.number or "")
        number = mention.number or ""
        if mention.kind is MentionKind.NUMBERED and mention.type and _assembly(number):
            told.types[number][mention.type] += 1
            if mention.name:
                told.names[number][mention.name] += 1
        before = one
        found.append((*one[:4], mention))
    return [(*one[:4], _typed(one[4], told)) for one in found], told


def _bare_code(mention: Mention) -> bool:
    return mention.kind is MentionKind.NUMBERED and mention.type is None and _assembly(mention.number or "")


def _assembly(number: str) -> bool:
    parts = parse_number(number)
    return parts is not None and parts.agencies in _ASSEMBLY


def _named_by(code: Mention, cell: Mention) -> Mention:
    """A code with the type and name of the cell before it; a type that its own words give it is not overruled."""
    if not _assembly(code.number or "") or code.type not in (None, cell.type):
        return code
    if cell.kind is MentionKind.NAMED and code.type is None and cell.role is Role.IN_TITLE:
        return code  # "…tổ chức thi hành Luật Đất đai" | "254/2025/QH15": the law that a title ends with is not the text so titled
    if cell.kind is MentionKind.NAMED or (code.type is None and cell.number == code.number):
        return replace(code, type=cell.type, name=code.name or cell.name)
    return code


def _typed(mention: Mention, told: NeighbourEvidence) -> Mention:
    if _bare_code(mention) and (type_ := told.type_of(mention.number or "")):
        return replace(mention, type=type_)
    return mention
