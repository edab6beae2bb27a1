"""The identity of a legal document: canonical number, type, year and issuer; parse, key and render.

A document is (type, number, year, issuer); an individual act also its date of issue.
Keys never depend on what else is known, so a fingerprint made from them survives every new import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rasoat.vietnamese import nfc, slug, squeeze, tone_placed

# Symbol of the type inside a number → the type's name (Luật 64/2025/QH15 Điều 4 and older practice).
TYPES = {
    "HP": "Hiến pháp", "BL": "Bộ luật", "L": "Luật", "PL": "Pháp lệnh", "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch",
    "NĐ": "Nghị định", "QĐ": "Quyết định", "CT": "Chỉ thị", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "TTLB": "Thông tư liên tịch",
    "TT-LB": "Thông tư liên tịch", "TT-LT": "Thông tư liên tịch", "LT": "Thông tư liên tịch", "LCT": "Lệnh", "SL": "Sắc lệnh",
    "VBHN": "Văn bản hợp nhất", "CV": "Công văn", "CĐ": "Công điện", "KH": "Kế hoạch", "TB": "Thông báo", "HD": "Hướng dẫn",
    "TTR": "Tờ trình",
}  # fmt: skip
NORMATIVE_TYPES = frozenset(
    [
        "Hiến pháp",
        "Bộ luật",
        "Luật",
        "Pháp lệnh",
        "Nghị quyết",
        "Nghị quyết liên tịch",
        "Nghị định",
        "Quyết định",
        "Chỉ thị",
        "Thông tư",
        "Thông tư liên tịch",
        "Lệnh",
        "Sắc lệnh",
    ]
)
LOCAL_ISSUERS = frozenset({"UBND", "HĐND", "UB", "CTUBND", "UBT"})
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "_": "-", "Ð": "Đ", "ð": "Đ"})
# Cyrillic and Greek capitals that look Latin: real numbers were typed with them (TT-BTС).
_LOOKALIKES = str.maketrans("АВСЕНІКМОРТХУΑΒΕΗΙΚΜΝΟΡΤΧΥ", "ABCEHIKMOPTXYABEHIKMNOPTXY")


@lru_cache(maxsize=65_536)
def canonical_number(raw: str) -> str:
    """The number as every record prints it: "104/2022/NĐ- CP" → "104/2022/NĐ-CP", "TT/BTC" → "TT-BTC" after a year.

    Nothing is guessed: a missing year, term or a misspelt agency stays as printed.
    """
    text = "".join(nfc(raw).split()).replace("\u200b", "").translate(_DASHES).upper().translate(_LOOKALIKES).rstrip(".-,;:/")
    text = re.sub(r"\(.*?\)$", "", text)
    text = re.sub(r"(?<=[/-])N[DĐ](?=[-/]|CP)", "NĐ", text)
    text = re.sub(r"(?<=[/-])QD(?=[-/]|UBND)", "QĐ", text)
    head = re.match(r"(\d+[\d.]*[A-ZĐ]?(?:BIS)?)/((?:19|20)\d\d)[/-]?(?=[A-ZĐ])", text)
    if not head:
        return text
    symbol = text[head.end() :].replace("/", "-")
    symbol = re.sub(r"^(QH|UBTVQH)-(?=\d)", r"\1", symbol)
    symbol = re.sub(r"^(TTLT|NQLT|TT|NĐ|QĐ|NQ|CT|PL)(?=(?:B[A-ZĐ]|CP|UB|TTG|HĐ|NHNN|VPCP|TAND|VKS))", r"\1-", symbol)
    return f"{head[1].rstrip('.')}/{head[2]}/{re.sub('-+', '-', symbol)}"


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A canonical number taken apart. `symbol` is the type's symbol, "" for the National Assembly's laws."""

    serial: str
    year: int | None
    symbol: str
    agencies: tuple[str, ...]
    term: int | None = None

    @property
    def normative_form(self) -> bool:
        """N/YYYY/TYPE-ISSUER is normative, N/TYPE-ISSUER an individual act (reliable after about 2003)."""
        return self.year is not None

    @property
    def local(self) -> bool:
        return any(agency in LOCAL_ISSUERS for agency in self.agencies)


_MODERN = re.compile(r"(?P<serial>\d[\d.]*[A-ZĐ]?(?:BIS)?)/(?P<year>(?:19|20)\d\d)/(?P<rest>.+)")
_PLAIN = re.compile(r"(?P<serial>\d[\d.]*[A-ZĐ]?(?:BIS)?)[/-](?P<rest>[A-ZĐ].*)")
_ASSEMBLY = re.compile(r"(?:(?P<symbol>PL|NQ|NQLT|L)-)?(?P<body>QH|UBTVQH)-?(?P<term>\d*)$")


@lru_cache(maxsize=1 << 16)
def parse_number(number: str) -> NumberParts | None:
    """The parts of a canonical number, or None where it has no shape of one."""
    found = _MODERN.fullmatch(number)
    year = int(found["year"]) if found else None
    if not found:
        found = _PLAIN.fullmatch(number)
        if not found:
            return None
    rest = found["rest"]
    if assembly := _ASSEMBLY.fullmatch(rest):
        return NumberParts(found["serial"], year, assembly["symbol"] or "", (assembly["body"],), int(assembly["term"] or 0) or None)
    pieces = [piece for piece in re.split(r"[-/]", rest) if piece]
    joined = "-".join(pieces[:2])
    if joined in TYPES:
        return NumberParts(found["serial"], year, joined, tuple(pieces[2:]))
    if pieces and pieces[0] in TYPES:
        return NumberParts(found["serial"], year, pieces[0], tuple(pieces[1:]))
    for index, piece in enumerate(pieces):
        if piece in TYPES:
            return NumberParts(found["serial"], year, piece, tuple(pieces[:index] + pieces[index + 1 :]))
    return NumberParts(found["serial"], year, "", tuple(pieces))


def type_of(number: str | None, written: str | None = None) -> str | None:
    """The canonical type: what the number's symbol says, else what was written ("THÔNG TƯ" → "Thông tư")."""
    parts = parse_number(number) if number else None
    chairmans = parts is not None and parts.symbol == "CT" and not parts.agencies and parts.year is None and written
    if parts and parts.symbol in TYPES and not chairmans:  # "Quyết định 327/CT": CT signs, it is no directive
        return TYPES[parts.symbol]
    if parts and parts.agencies == ("TTG",):
        return "Quyết định"
    if parts and parts.agencies in (("CP",), ("HĐBT",)) and not written:
        return "Nghị định"
    if written:
        name = squeeze(written).lower()
        name = name[:1].upper() + name[1:]
        name = {"Thông tư liên bộ": "Thông tư liên tịch", "Luật số": "Luật"}.get(name, name)
        if name in NORMATIVE_TYPES or name in TYPES.values():
            return name
    return None


@lru_cache(maxsize=1 << 14)
def issuer_name(raw: str) -> str:
    """A body's name as keys compare it: one spelling of UBND and HĐND, tones placed alike ("Uỷ ban nhân dân" → "UBND")."""
    text = tone_placed(squeeze(raw))
    text = re.sub(r"(?i)ủy ban nhân dân|\bUBND\b", "UBND", text)
    text = re.sub(r"(?i)hội đồng nhân dân|\bHĐND\b", "HĐND", text)
    text = re.sub(r"(?i)^(?:thành phố|tp\.?) (?=\w)", "thành phố ", text)
    return re.sub(r"(?i)(?<=UBND |HĐND )(?:tp\.?|thành phố) ?", "thành phố ", text)


_KEY_CLASS = {"Bộ luật": "Luật"}


def document_key(type_: str | None, number: str, issuer: str | None = None, issued_on: date | None = None) -> str | None:
    """The inner key of a document, or None where what is known names no single one.

    A local act needs its issuer (every province has a 12/2019/QĐ-UBND). An individual act needs its date of issue,
    and is keyed with it. A central normative number determines its issuer, which is left out of the key. A Bộ luật is
    a Luật in its key: both are numbered in one row and people write either.
    """
    parts = parse_number(number)
    kind = slug(_KEY_CLASS.get(type_ or "", type_ or "")) or "van-ban"
    if parts and parts.local and not issuer:
        return None
    local = "|" + slug(issuer_name(issuer)) if issuer and parts and parts.local else ""
    if parts is None or not parts.normative_form:
        return f"{kind}|{number}{local}|{issued_on.isoformat()}" if issued_on else f"{kind}|{number}{local}"
    return f"{kind}|{number}{local}"


def key_parts(key: str) -> tuple[str, str]:
    """The type's name and the canonical number that a document key was made of; of the class Bộ luật and Luật, "Luật"."""
    kind, number, *_ = key.split("|")
    return next((name for name in TYPES.values() if slug(name) == kind), kind), number
