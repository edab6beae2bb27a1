"""The national catalogue of procedures as a reader needs it: which codes exist, and whether a printed name is that of a code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from rasoat.trouble import Trouble
from rasoat.vietnamese import squeeze, tone_placed

AGREES = 0.72  # two wordings of one procedure; below it they are two procedures
SAME = 0.93  # one wording, but for a misread letter

_LEAD = re.compile(r"^(?:thủ tục(?: hành chính)?)\s+")
_REMARK = re.compile(r"\([^()]*(?:cấp|tthc|công bố|đặc thù|ubnd)[^()]*\)")
_SIGNS = re.compile(r"[^\w]+")


def plain_name(name: str) -> str:
    """A name to compare by: lower case, tones placed alike, no punctuation, no "Thủ tục" in front, no remark on level in brackets."""
    text = _REMARK.sub(" ", tone_placed(squeeze(name)).lower())
    return _SIGNS.sub(" ", _LEAD.sub("", text)).strip()


def agreement(printed: str, listed: str) -> float:
    """How far two names say one procedure, 0 to 1: 1 is the same wording; a somewhat longer or shorter wording still agrees.

    A name that holds the other whole counts by how much it adds, so that "Cấp lại giấy phép" is not "Cấp giấy phép".
    """
    a, b = plain_name(printed), plain_name(listed)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    letters = fuzz.ratio(a, b) / 100
    words = fuzz.token_set_ratio(a, b) / 100
    shorter, longer = sorted((len(a), len(b)))
    return max(letters, words * (0.6 + 0.4 * shorter / longer) if shorter >= 15 else 0.0)


class Catalogue:
    """Codes and names. Codes are compared trimmed; the catalogue's odd ones ("1.014955-Xoa") are kept as they are."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {code.strip(): name for code, name in names.items()}
        self._by_name: dict[str, list[str]] = {}
        for code, name in self._names.items():
            self._by_name.setdefault(plain_name(name), []).append(code)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Catalogue:
        """From JSON lines, each with "code" and "name"; a line without both is left out.

        Raises:
            Trouble: a line that is another JSON value than an object.
            ValueError: a line that is no JSON.
        """
        names: dict[str, str] = {}
        for line in lines:
            if not line.strip():
                continue
            item = json.loads(line)
            if not isinstance(item, dict):
                raise Trouble("catalogue.line", line=line[:60])
            if item.get("code") and item.get("name"):
                names[str(item["code"])] = str(item["name"])
        return cls(names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def agreement(self, code: str, name: str) -> float:
        """How far the name printed beside `code` is the catalogue's; 0 where the code is not listed."""
        listed = self._names.get(code)
        return agreement(name, listed) if listed is not None else 0.0

    def named(self, name: str) -> tuple[str, ...]:
        """The codes listed under exactly this name (as `plain_name` compares); provinces and ministries share many."""
        return tuple(self._by_name.get(plain_name(name), ()))

    def extending(self, digits: str, name: str) -> str | None:
        """The code that cut digits stand for: the only one that begins with them, ends in zeros and agrees with the name."""
        if not 4 <= len(digits) < 7:
            return None
        code = national(digits.ljust(7, "0"))
        return code if code is not None and self.agreement(code, name) >= AGREES else None

    def near(self, digits: str, name: str) -> str | None:
        """The only code under this very name, or almost, that differs from the digits by one misprint or misreading."""
        found = [code for code in self._neighbours(digits) if self.agreement(code, name) >= SAME]
        return found[0] if len(found) == 1 else None

    def _neighbours(self, digits: str) -> set[str]:
        """Listed codes one digit changed, added or left out away from `digits`."""
        figures = "0123456789"
        near = {digits[:i] + figure + digits[i + 1 :] for i in range(len(digits)) for figure in figures}
        near |= {digits[:i] + figure + digits[i:] for i in range(len(digits) + 1) for figure in figures}
        near |= {digits[:i] + digits[i + 1 :] for i in range(len(digits))}
        near.discard(digits)
        codes = (national(candidate) for candidate in near)
        return {code for code in codes if code is not None and code in self._names}


def national(digits: str) -> str | None:
    """Seven digits as "N.NNNNNN"; None for any other number of them."""
    return f"{digits[0]}.{digits[1:]}" if len(digits) == 7 and digits.isdecimal() else None
