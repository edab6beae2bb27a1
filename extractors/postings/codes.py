"""A procedure's code as printed → its national form, and one code out of several readings of a scanned cell.

Nothing is repaired: digits are never added, a code of a scan counts only as some pass really read it, and where the
catalogue holds a read code under another name, that code is not taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.postings.code_catalogue import AGREES, SAME, Catalogue, national

# The long forms of the provinces' portals: "2.002307.000.00.00.H35", "1.014028.H35".
_PLACE = re.compile(r"(?:\.000\.00\.00(?:\.H?\d{2})?|\.H\d{2})(?:\.\d++){0,8}+\s*+$")
# A code as offices print it: a figure, a dot, and about six more figures, perhaps with a second dot or a stray sign before.
_PRINTED = re.compile(r"^\W{0,3}\d\s?[.,]\s?\d{1,3}[.,\s]?\d{1,5}\W{0,2}$")
OLD_NUMBER = re.compile(r"[A-ZĐ]{1,2}-[A-ZĐ]{2,5}-\d{5,6}(?:-[A-ZĐ]{2})?")  # record numbers before 2017: T-BLI-144505-TT
INSIDE = re.compile(r"(?<![\d./])\d\.\d{3}\.?\d{3}(?:(?:\.0{3}\.0{2}\.0{2})?\.H\d{2}(?:\.\d+)*)?(?![\d/])(?!\.\d)")

_FIGURES = re.compile(r"[\d.,\s]+")
_ODD = re.compile(r"\d\.\d{6}[\w-]+")  # the catalogue's own: "1.014955-Xoa"

_MONEY = re.compile(r"\s*(?:đ\b|đồng|vnđ|vnd|/|\.\s*\d)", re.IGNORECASE)

_OVERRULES = 0.75  # a reading that so large a share of the passes agree on is not overruled by a name
_SETTLED = 0.5
_CERTAIN = 0.85
_LEAST_PASSES = 3  # one reading of a scan is believed only where the name agrees


def digits_of(printed: str) -> str:
    """The figures of a code, without the province's tail."""
    return "".join(character for character in _PLACE.sub("", printed.strip()) if character in "0123456789")


def national_code(printed: str) -> str | None:
    """The national form of a printed code, None where its figures are not seven."""
    return national(digits_of(printed))


def stated_code(typed: str) -> str | None:
    """The code that somebody typed: its national form where the figures are seven, an odd or old one as it is; None where it is cut,
    or where other words or a second code stand beside it."""
    code = typed.strip()
    if OLD_NUMBER.fullmatch(code) or _ODD.fullmatch(code):
        return code
    bare = _PLACE.sub("", code)
    return national(digits_of(bare)) if _FIGURES.fullmatch(bare) else None


def is_amount(printed: str, after: str) -> bool:
    """Whether figures with two dots, and the text right after them, are an amount of money: "1.200.000 đồng", "3.000.000.000"."""
    return printed.count(".") == 2 and (digits_of(printed).endswith("000") or _MONEY.match(after) is not None)


def codes_in(text: str) -> tuple[str, ...]:
    """The codes that stand somewhere in a text, in their national form, each once."""
    found = (national_code(match[0]) for match in INSIDE.finditer(text))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def looks_like_code(text: str) -> bool:
    """Whether a cell holds a code (whole, cut, or with signs that do not belong there) or an old record number, and no more."""
    bare = "".join(_PLACE.sub("", text.strip()).split())
    return bool(_PRINTED.match(bare)) or bool(OLD_NUMBER.fullmatch(bare))


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code as decided. `doubt` says in Vietnamese, then English, why `code` is None though figures were read."""

    code: str | None
    printed: str
    confidence: float
    meant: str | None = None
    doubt: str = ""


def printed_code(printed: str, name: str, catalogue: Catalogue | None) -> ReadCode:
    """A code from a text layer: what is printed is certain; the name only proposes what a cut or wrong one means."""
    code = national_code(printed)
    if catalogue is None or OLD_NUMBER.fullmatch(printed.strip()):
        return ReadCode(code, printed, 1.0)
    if code is None:
        digits = digits_of(printed)
        return ReadCode(None, printed, 1.0, (catalogue.extending(digits, name) or catalogue.near(digits, name)) if digits else None)
    return ReadCode(code, printed, 1.0, _better_named(code, name, catalogue))


def _better_named(code: str, name: str, catalogue: Catalogue) -> str | None:
    """The code one misprint away that is listed under this very name, where `code` itself is not."""
    return None if catalogue.agreement(code, name) >= SAME else catalogue.near(digits_of(code), name)


def decide(readings: Sequence[str], name: str, catalogue: Catalogue | None) -> ReadCode:
    """One code out of what several passes read in one cell (blank readings count as votes for nothing).

    A seven-figure reading that the catalogue lists under this name wins, unless nearly all passes read something else.
    """
    votes = Counter(digits for reading in readings if (digits := digits_of(reading)))
    if not votes:
        return ReadCode(None, "", 0.0)
    first, first_votes = votes.most_common(1)[0]
    share = first_votes / len(readings)
    chosen = _agreed(votes, len(readings), name, catalogue)
    printed = _print_of(first, readings)
    if chosen is not None and catalogue is not None:
        return _believed(chosen, votes[chosen] / len(readings), _print_of(chosen, readings), name, catalogue)
    code = national(first)
    meant = (catalogue.extending(first, name) or catalogue.near(first, name)) if catalogue is not None else None
    if code is None:
        return ReadCode(None, printed, 0.9 * share, meant)
    if share < _SETTLED or len(readings) < _LEAST_PASSES:
        return ReadCode(None, printed, 0.5 * share, meant, "các lần đọc mã không khớp nhau hoặc quá ít / too few passes agree on the code")
    if catalogue is not None and code in catalogue:
        return ReadCode(
            None, printed, 0.5 * share, meant, f"mã đọc được {code} là của thủ tục khác tên / the code read belongs to another name"
        )
    if meant is not None and share < _CERTAIN:
        return ReadCode(None, printed, 0.5 * share, meant, f"mã đọc được {code} không có trong danh mục / the code read is not listed")
    return ReadCode(code, printed, 0.8 * share, meant)


def _believed(digits: str, share: float, printed: str, name: str, catalogue: Catalogue) -> ReadCode:
    """A reading whose name agrees, unless a code one misreading away has the very name and the passes were not of one mind."""
    code = f"{digits[0]}.{digits[1:]}"
    meant = _better_named(code, name, catalogue)
    if meant is not None and share < _CERTAIN:
        return ReadCode(None, printed, 0.5 * share, meant, f"mã đọc được {code}, tên là của mã {meant} / code and name differ")
    return ReadCode(code, printed, 0.5 + 0.5 * share, meant)


def _agreed(votes: Counter[str], passes: int, name: str, catalogue: Catalogue | None) -> str | None:
    """The reading whose listed name is the printed one, if any may be believed."""
    if catalogue is None:
        return None
    first, first_votes = votes.most_common(1)[0]
    fits = {digits: catalogue.agreement(code, name) for digits in votes if (code := national(digits)) is not None}
    fitting = [digits for digits, fit in fits.items() if fit >= AGREES]
    if not fitting:
        return None
    best = max(fitting, key=lambda digits: (fits[digits] >= SAME, votes[digits], fits[digits]))
    if best == first:
        return best
    # Another reading leads: the name decides only where it is this very name and the passes disagree. A zero at the end
    # is what a cut code lacks, and no pass may supply it against the others.
    if fits[best] < SAME or first_votes / passes >= _OVERRULES or best == first.ljust(7, "0"):
        return None
    return best


def _print_of(digits: str, readings: Sequence[str]) -> str:
    """The commonest print among the readings with these digits."""
    return Counter(reading for reading in readings if digits_of(reading) == digits).most_common(1)[0][0]
