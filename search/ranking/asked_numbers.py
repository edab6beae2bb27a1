"""What it is worth to bear a number or code that was typed, to cite it, or to name a standard or form."""

from __future__ import annotations

import re

from rasoat.identity import parse_number
from rasoat.vietnamese import fold
from search.analysis import folded
from search.entries import EntryKind
from search.traits import Traits
from search.understanding.typed_numbers import NumberAsked
from search.understanding.understand import Understanding

_LONG_AGO, _A_YEAR = 1945, 0.002
_ITS_BODY = 0.4
_LETTER_BY_LETTER = 0.05  # "84/CP" before 84-CP
_LAWS = ("Luật", "Bộ luật")
_NAMES_CODE, _PROMULGATES, _FORM_OF_A_PROCEDURE = 0.8, 0.4, 0.2
_STANDARDS = re.compile(r" (?:quy chuan|tieu chuan) ")


def number_merit(asked: Understanding, traits: Traits) -> float:
    """Codes and numbers: the thing itself first, then what cites it; the other way round where citing is asked."""
    best = 0.0
    for code in asked.codes:
        own_codes = traits.stored.get("numbers", ()) if traits.kind in (EntryKind.PROCEDURE, EntryKind.FINDING) else ()
        if any(_code(code.code, number) for number in own_codes):
            best = max(best, 3.0 if code.code in own_codes else 2.0)
    for number in asked.numbers:
        own = _holds(number.token, number.prefix, traits.numbers)
        own += _newer(traits) + _issued_by(asked.agencies, traits) if own and traits.kind is EntryKind.DOCUMENT else 0.0
        if own and number.token == folded(traits.key.split("@")[0]):
            own += _LETTER_BY_LETTER
        if own and number.law and traits.type not in _LAWS:
            own = 0.3 * own
        if own and number.symbol and not number.prefix and not _typed(number.symbol, traits.numbers):
            own = 0.3 * own
        cited = max(_holds(number.token, number.prefix, traits.cites), 0.6 * _holds(number.token, number.prefix, traits.mentions))
        if cited and number.symbol and not number.prefix and not _cited_as(number.token, number.symbol, traits.cites + traits.mentions):
            cited = 0.3 * cited
        own_weight, cited_weight = (1.0, 2.0) if asked.citing else (2.0, 1.0)
        scale = 1.0 if number.typed else 0.6
        best = max(best, own_weight * own * scale, cited_weight * cited * scale)
    return best


def year_of(traits: Traits) -> int | None:
    """The year a document was issued in, by its date; of one that is only cited, by its number."""
    parts = None if traits.issued_in else parse_number(traits.key.split("@")[0])
    return traits.issued_in or (parts.year if parts else None)


def _newer(traits: Traits) -> float:
    """What a document of several with the number asked for is worth for being newer."""
    return _A_YEAR * max((year_of(traits) or _LONG_AGO) - _LONG_AGO, 0)


def _issued_by(agencies: tuple[str, ...], traits: Traits) -> float:
    """What it is worth that the number's symbol has the letters of a body asked for ("bộ y tế" in 02/2020/TT-BYT)."""
    symbols = traits.key.rpartition("/")[2].lower()
    letters = {"".join(word[0] for word in name.split() if word != "va") for name in agencies}
    return _ITS_BODY if letters & set(fold(symbols).split("-")) else 0.0


def code_merit(codes: tuple[str, ...], traits: Traits) -> float:
    """What names a standard or a form that is asked for; a document about standards before others that only mention one."""
    if not any(f" {code} " in traits.mentions for code in codes):
        return 0.0
    form = codes[0].startswith("mau:")
    if traits.kind is EntryKind.DOCUMENT:
        return _NAMES_CODE + (_PROMULGATES if not form and _STANDARDS.search(traits.joined) else 0.0)
    return _NAMES_CODE + (_FORM_OF_A_PROCEDURE if form else 0.0)


def _code(asked: str, number: str) -> bool:
    return number == asked or number.startswith(asked) or (len(asked) > 8 and asked.startswith(number))


def bears(number: NumberAsked, traits: Traits) -> bool:
    """Whether a document has the number that was typed, of the type that was said."""
    own = _holds(number.token, number.prefix, traits.numbers)
    said = number.symbol and not number.prefix
    if number.law and traits.type not in _LAWS:
        return False
    return own > 0.0 and (not said or _typed(number.symbol, traits.numbers) or fold(traits.type) == fold(number.kind))


def _holds(token: str, prefix: bool, tokens: str) -> float:
    if f" {token} " in tokens:
        return 1.0
    return 0.9 if prefix and f" {token}" in tokens else 0.0


def _typed(symbol: str, tokens: str) -> bool:
    """Whether a document's tokens show the type `symbol` ("nd" in 123/2015/nd-cp; a law's number shows none)."""
    return f"/{symbol}-" in tokens or f"/{symbol} " in tokens


def _cited_as(token: str, symbol: str, tokens: str) -> bool:
    return f" {token}/{symbol}" in tokens
