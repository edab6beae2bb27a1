"""Names as people and old papers write them, brought to one key each."""

from __future__ import annotations

import re

from rasoat.trouble import Trouble
from rasoat.vietnamese import fold, slug

_LEAD = re.compile(
    r"^(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|chu tich)\s+)*(?:trung tam (?:phuc vu hanh chinh cong|pvhcc)\s+(?=xa|phuong|dac khu))?"
)
_FORMER = re.compile(r"\([^()]*\bcu\s*\)\s*$")
_PROVINCE = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s*(?:tp\.?\s*)?(?=\w)")


class UnknownUnit(Trouble):
    """A name that belongs to no unit, or to several; the message says which."""


def bare(name: str) -> str:
    """A unit's name folded, without dashes and the organ that speaks for it ("UBND tỉnh Yên Bái" → "tinh yen bai").

    A closing bracket that names what the body took over goes too: "Bộ Xây dựng (Giao thông vận tải cũ)" is today's Bộ Xây dựng.
    """
    return _LEAD.sub("", " ".join(re.sub(r"[-–—,.()]", " ", _FORMER.sub("", fold(name))).split())).strip()


def province_key(name: str) -> str:
    """A province's name without its type, as a slug ("TP. Hồ Chí Minh" → "ho-chi-minh")."""
    return slug(_PROVINCE.sub("", bare(name)))
