"""Codes and document numbers in what somebody typed: complete, partial, without marks, without slashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasoat.identity import TYPES, canonical_number
from rasoat.vietnamese import fold
from search.understanding.asked_provision import ProvisionAsked, provision_in

# What people write for a type, folded → the symbol folded; "luat" has no symbol in a number of the National Assembly.
_TYPE_WORDS = {fold(name): fold(symbol) for symbol, name in reversed(TYPES.items()) if symbol not in {"TTLB", "TT-LB", "TT-LT", "LT"}}
_TYPE_WORDS |= {"luat": "", "bo luat": "", "hien phap": "", "nghi dinh": "nd", "thong tu": "tt", "quyet dinh": "qd", "nghi quyet": "nq"}
_SHORT = {"nd": "nd", "tt": "tt", "qd": "qd", "nq": "nq", "ttlt": "ttlt", "tt lt": "ttlt", "ct": "ct", "vbhn": "vbhn", "pl": "pl"}
_TYPES = "|".join(sorted(map(re.escape, [*_TYPE_WORDS, *_SHORT]), key=len, reverse=True))
_LAWS = ("luat", "bo luat")
_KINDS = {fold(symbol): name for symbol, name in reversed(TYPES.items())}
_SYMBOL = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_NUMBER = re.compile(
    rf"(?<![\w./])(?:(?P<type>{_TYPES})\s*(?:so\s*:?\s*)?)?"
    rf"(?P<serial>\d{{1,4}}(?:\.\d{{1,2}})?[a-z]?)\s*(?:/|\s|-|nam)\s*(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*[/-]\s*(?P<symbol>{_SYMBOL})|\s+(?P<loose>(?:nd|tt|qd|nq|ttlt|qh\d*)(?:[ -](?:cp|ttg|[a-z]{{2,7}}))?)(?!\w))?(?!\w)"
)
_OLD = re.compile(
    rf"(?<![\w./])(?:(?:{_TYPES})\s*(?:so\s*)?)?(?P<serial>\d{{1,5}}[a-z]?)\s*/\s*(?P<symbol>[a-z]{{1,5}}(?:-[a-z0-9]+)+)(?!\w)"
)
# Numbers of before: "61-CP", "74/CP", "21-LCT/HĐNN8", "326/TTg"; the symbol alone tells that it is one.
_OLDEST = re.compile(
    rf"(?<![\w./-])(?:(?:{_TYPES})\s*(?:so\s*)?)?(?P<serial>\d{{1,5}}[a-z]?)\s*[/-]\s*"
    r"(?P<symbol>(?:(?:lct|l|pl|nq|sl)/)?(?:cp|ttg|hdbt|hdnn\d{0,2}|ctn|lct|qh\d{1,2}|ubtvqh\d{0,2}|ct|sl|ttlb))(?![\w/-])"
)
_GLUED = "nd|tt|qd|nq"  # "NĐ123"; "CT01" is a form
_TYPED = re.compile(
    rf"(?<!\w)(?:(?P<type>{_TYPES})\s+|(?P<glued>{_GLUED})\.?)(?:so\s*:?\s*)?(?P<serial>(?!(?:19|20)\d\d(?!\d))\d{{1,4}}[a-z]?)(?:\s*/\s*(?P<symbol>{_SYMBOL})?)?(?![\w./])"
)
_CODE = re.compile(r"(?<![\w./])(?P<head>\d)\s*[.,]\s*(?P<tail>\d{2,7})(?:\.000\.00\.00)?(?:\.[a-z]\d{2})?(?![\w/])")
_CODE_PLAIN = re.compile(r"(?<![\w./])(?P<head>[1-9])\s?(?P<tail>\d{6})(?![\w/.])")
_CITING = re.compile(r"(?<!\w)(?:thu tuc|trich dan|vien dan|dan chieu)(?!\w)")
_LOOSELY_CITING = re.compile(r"(?<!\w)(?:can cu|ap dung|theo|dua vao|dua tren|quy dinh tai|quy dinh o)(?!\w)")


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """A procedure's code or its beginning ("1.00419")."""

    code: str
    complete: bool


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A document's number as far as it was typed; `token` is the index token to look up, `prefix` if it may go on."""

    token: str
    symbol: str = ""
    prefix: bool = False
    typed: bool = True  # False where only a serial and a year stand there, or where type words alone ask
    law: bool = False  # "luật" was said, of which a number shows nothing

    @property
    def kind(self) -> str:
        """The type that was said, as people write it; "" where none was."""
        return "Luật" if self.law else _KINDS.get(self.symbol, "")

    @property
    def shown(self) -> str:
        """The number as it is printed, as far as it was typed."""
        return re.sub(r"HD(?=NN|ND|BT|TP)", "HĐ", canonical_number(self.token.lstrip("#")))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers in a question, what is left of its folded text, whether it asks who cites them, and which provision it names."""

    codes: tuple[CodeAsked, ...]
    documents: tuple[NumberAsked, ...]
    rest: str
    citing: bool
    provision: ProvisionAsked | None = None


def numbers_in(folded: str) -> Numbers:
    """Read the codes and numbers of a folded question ("nghi dinh 123 2015" asks for 123/2015 of type nd)."""
    codes: list[CodeAsked] = []
    documents: list[NumberAsked] = []

    def take_code(found: re.Match[str]) -> str:
        code = f"{found['head']}.{found['tail']}"
        codes.append(CodeAsked(code, len(found["tail"]) >= 6))
        return " "

    def take_number(found: re.Match[str]) -> str:
        documents.append(_asked(found))
        return " "

    text = re.sub(r"[–—‐‑−]", "-", folded)
    text = re.sub(r"\s*([/])\s*", r"\1", text)
    provision = provision_in(text)  # before numbers: "điều 60 2014" is no 60/2014
    text = provision.rest if provision else text
    text = _NUMBER.sub(take_number, text)
    text = _OLD.sub(take_number, text)
    text = _OLDEST.sub(take_number, text)
    text = _CODE.sub(take_code, text)
    text = _CODE_PLAIN.sub(take_code, text)
    text = _TYPED.sub(take_number, text)
    citing = bool(documents) and asks_who_cites(text)
    if documents:
        text = _LOOSELY_CITING.sub(" ", re.sub(r"(?<!\w)(?:trich dan|vien dan|dan chieu)(?!\w)", " ", text))
        text = re.sub(r"(?<!\w)(?:bieu\s+)?mau\s+(?:so\s+)?\d{1,3}[a-z]?(?!\w)(?:\s+cua(?!\w))?", " ", text)  # "mẫu số 01 của thông tư …"
    return Numbers(tuple(codes), tuple(documents), " ".join(text.split()), citing, provision)


def asks_who_cites(folded: str, *, loosely: bool = False) -> bool:
    """Whether a question asks for what cites a document ("thủ tục …"); `loosely`: "theo" does so too."""
    return bool(_CITING.search(folded) or (loosely and _LOOSELY_CITING.search(folded)))


def _asked(found: re.Match[str]) -> NumberAsked:
    groups = found.groupdict()
    serial = groups["serial"].lstrip("0") or groups["serial"]
    serial = groups["serial"] if len(groups["serial"]) <= 2 else serial
    symbol = (groups.get("symbol") or groups.get("loose") or "").replace(" ", "-")
    kind = groups.get("type") or groups.get("glued") or ""
    law = kind in _LAWS
    kind = _TYPE_WORDS.get(kind, _SHORT.get(kind, ""))
    year = groups.get("year")
    if year and symbol:
        return NumberAsked(f"{serial}/{year}/{symbol}", symbol.split("-")[0], prefix=True)
    if year:
        return NumberAsked(f"{serial}/{year}", kind, law=law)
    if symbol:
        return NumberAsked(f"{serial}/{symbol}", symbol.split("-")[0], prefix=True)
    return NumberAsked(f"#{serial}", kind, typed=False, law=law)
