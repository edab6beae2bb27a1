"""Whether a number can be what it says: which body signs which type, and which Assembly sat in which year.

Sources: Luật 64/2025/QH15 Điều 4 and its predecessors; the terms of the National Assembly since 1997.
"""

from __future__ import annotations

from datetime import date

from extractors.citations.grammar.symbols import AGENCIES, ASSEMBLY_TERMS
from rasoat.identity import TYPES, NumberParts, parse_number

# Bodies that sign these types only (joint documents apart).
_SIGNS = {
    "CP": frozenset({"NĐ", "NQ", "", "NQLT", "TTLT"}),
    "TTG": frozenset({"QĐ", "CT", ""}),
    "UBND": frozenset({"QĐ", "CT"}),
    "HĐND": frozenset({"NQ"}),
    "CTN": frozenset({"L", "QĐ", "LCT", "SL"}),
}
_OLD_AGENCIES = frozenset({"CP", "HĐBT", "HĐCP", "HĐNN", "HĐNN7", "HĐNN8", "LB", "NQ", "TVQH", "TTG"})
_WITHOUT_BODY = frozenset({"TT-LB", "TTLB", "TT-LT", "CT"})
_NO_YEAR_ENDED = date(2004, 1, 1)  # normative numbers carry their year since about 2003


def term_fits(parts: NumberParts) -> bool:
    """Whether the Assembly's term and the year agree; a number without either says nothing."""
    if parts.term is None or parts.year is None or parts.term not in ASSEMBLY_TERMS:
        return parts.term is None or parts.year is None
    first, last = ASSEMBLY_TERMS[parts.term]
    return first <= parts.year <= last


def with_possible_term(number: str) -> str | None:
    """A number of the National Assembly whose term cannot be that of its year or is left out, with the one that can:
    "67/2014/QH14" → "67/2014/QH13". None where the term fits, or where two terms shared the year."""
    parts = parse_number(number)
    if parts is None or parts.agencies not in (("QH",), ("UBTVQH",)) or parts.year is None or (parts.term and term_fits(parts)):
        return None
    terms = [term for term, (first, last) in ASSEMBLY_TERMS.items() if first <= parts.year <= last]
    bare = number[: -len(str(parts.term))] if parts.term else number
    return f"{bare}{terms[0]}" if len(terms) == 1 and bare.endswith("QH") else None


def plausible(parts: NumberParts, issued_on: date | None = None) -> bool:
    """Whether type, body and term can stand together in one official number.

    Numbers once named no body: those of several ministries together ("10/TT-LB"), of the chairman of the Council of
    Ministers ("327/CT"), and others where the day of issue is of that time ("1096/QĐ ngày 28/8/1980").
    """
    if not parts.agencies and parts.year is None:
        return parts.symbol in _WITHOUT_BODY or (parts.symbol in TYPES and issued_on is not None and issued_on < _NO_YEAR_ENDED)
    if parts.agencies in (("QH",), ("UBTVQH",)):
        return parts.term is not None and term_fits(parts)
    if not parts.agencies or (parts.symbol and parts.symbol not in TYPES):
        return False
    if parts.symbol == "NĐ" and parts.agencies not in (("CP",), ("HĐBT",)):
        return False
    if len(parts.agencies) == 1:
        allowed = _SIGNS.get(parts.agencies[0])
        if allowed is not None and parts.symbol not in allowed:
            return False
    return not (parts.symbol == "NĐ" and parts.year is None and parts.agencies == ("CP",))


def agencies_known(parts: NumberParts) -> bool:
    return all(agency in AGENCIES for agency in parts.agencies)


def old_normative(parts: NumberParts, type_: str | None, issued_on: date | None) -> bool:
    """Whether a number without a year is a normative document's of the time when numbers had none (78-CP, 13/TT-LB)."""
    if parts.year is not None:
        return False
    if issued_on is not None:
        return issued_on < _NO_YEAR_ENDED
    if parts.symbol in ("TT-LB", "TTLB", "TT-LT", "LCT", "SL", "PL"):
        return True
    if parts.symbol == "CT" and not parts.agencies:
        return type_ == "Quyết định"  # "327/CT": the chairman's; a directive of that form may be anybody's
    return parts.symbol in ("", "NĐ") and any(agency in _OLD_AGENCIES for agency in parts.agencies) and type_ != "Chỉ thị"
