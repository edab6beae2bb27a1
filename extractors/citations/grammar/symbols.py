"""The letters of a document number: types, agencies, and where the symbol ends when the next cell is glued to it.

"18/2024/TT-BCANghị định" ends after BCA, "58/2014/QH1358/2014/QH13" after the first QH13, "6335/QĐ-BCA-V03" after V03.
Sources: Luật 64/2025/QH15 Điều 4, the symbols of bodies since 1945 as official numbers print them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Agencies as they stand in numbers, today's and those dissolved: their documents keep the symbol.
_AGENCY_LIST = """
CP TTG CTN QH UBTVQH HĐBT HĐNN HĐCP PTTG VPQH VPCP VPCTN TW TƯ TVQH HĐTP TANDTC VKSNDTC TATC VKSTC TANDC VKSTCC KTNN TTCP TTNN UBND HĐND UB CTUBND
CTUB UBT UBH BTC BYT BCA BGTVT BTP BNNPTNT BNN&PTNT BNN BNNMT BNN&MT BKHCN BKH&CN BKHCNMT BCT BLĐTBXH BLĐTB&XH BLĐ LĐTBXH BLĐXH BTNMT BTN&MT NHNN
NHNNVN NH BQP BTTTT BTT&TT BVHTTDL BVHTT&DL BVHTT BVHTTTT BGDĐT BGD&ĐT GD&ĐT GDĐT BGDDT BGD BNV BNG BKHĐT BKH&ĐT BKHDT BKH BXD UBDT UBDTMN BDTTG DTTG BTM
BTMDL BCN BCNNG BCNNH BTS BTSN BBCVT BNGT TCHQ TCĐC TCBĐ TCTK TCDL TCT TCLN TCTS TCHK HKVN UBTDTT TDTT UBCKNN UBCK UBKHNN UBVGNN VGCP BVGCP BTCCBCP TCCP
BTCTW BTCTU BTGTW BTV BCHTW BCSĐ BBT BCT UBKTTW VPTW BHXH BHXHVN KBNN BTT BNVU BNVT BTN BVHTTTTDL BVH BTTVH UBQGDS UBDSGĐTE UBBVCSTE BVCSTE
UBTƯMTTQVN UBTUMTTQVN UBTWMTTQVN ĐCTUBTWMTTQVN MTTW MTTQ MTTQVN TLĐ TLĐLĐ TLĐLĐVN LĐLĐVN HLHPN HLHPNVN HPN HND HNDVN CCB HCCBVN CCBVN TWHCCBVN TWĐTN TWĐ ĐTN ĐTNCS TƯĐTN
TWHND TWĐTNHCM BTL BCHQS TTX TTXVN ĐTHVN ĐTNVN VKHXH VKHCNVN VHLKHCNVN BCĐ BCĐTW LB LT BNL BLT KHĐT KHCN KHCNMT KHTC TC NV TP XD GTVT YT CA QP CN TM TS NN NNPTNT LN VHTT VH
BCAT BLĐTBVXH BTCQĐ CQĐP XNC PCCC GSQL TCTHADS THADS CTHADS BNNPTNN BGTVTVT BYTDP BTTTTVN TTVN BCVT DS NQLT TTLT ĐTTC
"""
AGENCIES = frozenset(_AGENCY_LIST.split())
# Types that make a number a document's even where no type word stands before it.
DOCUMENT_SYMBOLS = frozenset(
    [
        "NĐ",
        "ND",
        "NB",
        "QĐ",
        "QD",
        "TT",
        "TTLT",
        "TTLB",
        "TT-LT",
        "TT-LB",
        "NQ",
        "NQLT",
        "CT",
        "PL",
        "L",
        "VBHN",
        "LCT",
        "L-CTN",
        "SL",
        "LT",
        "NQLT",
        "HP",
        "BL",
    ]
)
ASSEMBLY_TERMS = {
    8: (1987, 1992),
    9: (1992, 1997),
    10: (1997, 2002),
    11: (2002, 2007),
    12: (2007, 2011),
    13: (2011, 2016),
    14: (2016, 2021),
    15: (2021, 2026),
    16: (2026, 2031),
    17: (2031, 2036),
}

_ASSEMBLY = re.compile(
    r"(?:(?:PL|NQLT|NQ|LCT|L)\s?[-/]\s?)?(?:UB\s?TV\s?QH|QH|[O0]H(?=1\d))(?:\s?-?\s?([IlO]?\d+|[KIVX]{1,5}(?![A-Za-zĐ])))?"
)
_TYPE = re.compile(
    r"TTLT|TTLB|TT\s?-\s?L[TB](?![A-ZĐ])|T\s?T(?!\s?[gG])(?=\s?[-/_ ]|[A-ZĐ])|NQLT|N\s?Q|N\s?[ĐDB](?=\s?[-/_ ]|CP)|Q\s?[ĐD](?!N)|VBHN|C\s?T(?=\s?[-/])|LCT|L-CTN|PL|SL|L(?=-)"
)
_LOWER = re.compile(r"(?:nđ|qđ|tt|ttlt|nq|ct|nd|qd)-[a-zđ&]+(?![\w-])")
_RUN = re.compile(r"[A-ZĐƯ&]+")
# "158/2005/NĐ.CP": a dot for the hyphen, where it cannot end a sentence.
_PIECE_SEP = re.compile(r"\s{0,2}[-/_]\s{0,2}|\s(?=[A-ZĐ]{2})|(?<=NĐ|QĐ|NQ|TT|CT)\.(?=(?:CP|TTg|UBND|HĐND|B[A-ZĐ]{2,8})(?!\w))")
_PRIME = re.compile(r"T\s?[Tt]\s?g|TTG(?![A-ZĐ])|TT(?=[ ,.;)]*$)")
_SPACED = re.compile(r"(?:U\s?B\s?N\s?D|H\s?Đ\s?N\s?D)(?![A-ZĐ])")
_UNIT = re.compile(r"(?:[A-ZĐ]{1,3}\d{1,3}|\d{1,2}[A-Z]?)(?![\w/])")
_BO = re.compile(r"B[Ộộ]\s(?=[A-ZĐ&]{2,})")
_CUT_CP = re.compile(r"C(?=[A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ][a-zđà-öø-ýăĩũơưạ-ỹ])")  # "118/2025/NĐ-CQuy định": a cell cut after its C, the next glued on
_LOWER_AGENCY = re.compile(r"[a-zđ]{2,8}(?![\w-])")  # "02/2018/TT -ubdt"
_CAPS_WORD = re.compile(r"\s+[A-ZĐ]*[À-ÖØ-ÝĂĨŨƠƯẠ-ỹ][A-ZÀ-ỸĐ]*")


_GOES_ON = re.compile(r"\s{0,2}[/.-]|\d|[A-Za-zĐđ]")


class Symbol(NamedTuple):
    """The symbol as printed ends at `end`; `head` is the type ("" where none), `known` whether its agency is one we know."""

    end: int
    head: str
    known: bool


def read_symbol(text: str, at: int, year: int | None) -> Symbol | None:
    """The symbol that starts at `at`, or None where no capital letters stand there."""
    assembly = _ASSEMBLY.match(text, at)
    if assembly and (assembly[1] or not text[assembly.end() : assembly.end() + 1].islower()):
        end = _term_end(assembly, year)
        return _rest(text, end, "QH", True) if assembly[0].startswith("NQLT") else Symbol(end, "QH", True)
    if lower := _LOWER.match(text, at):
        pieces = lower[0].upper().split("-")
        return Symbol(lower.end(), pieces[0], True) if pieces[1] in AGENCIES else None
    head, end = "", at
    known = False
    if found := _TYPE.match(text, at):
        head, end = re.sub(r"\s", "", found[0]), found.end()
        glued = _agency(text, end)
        if glued and glued[1]:
            end, known = glued
    else:
        first = _agency(text, at)
        if first is None:
            return None
        end, known = first
        head = text[at:end].upper() if not known else ""
    return _rest(text, end, head, known)


def _rest(text: str, end: int, head: str, known: bool) -> Symbol:
    """The agencies after the type."""
    while separator := _PIECE_SEP.match(text, end):
        spaced = separator[0] != separator[0].strip() or not separator[0].strip()
        if head == "NĐ" and text.startswith("CP", separator.end()):
            return Symbol(separator.end() + 2, head, True)  # decrees are the Government's alone: what goes on is glued ("NĐ-CPBC tóm tắt")
        if head == "NĐ" and (cut := _CUT_CP.match(text, separator.end())):
            return Symbol(cut.end(), head, False)
        piece = _agency(text, separator.end()) or _small_agency(text, separator)
        if piece is None:
            unit = _UNIT.match(text, separator.end()) if known and not spaced else None
            if unit and not unit[0].isdigit():
                end = unit.end()
                continue
            break
        if spaced and not piece[1] and (separator[0].count(" ") > 1 or not separator[0].strip() or known):
            break
        unit = _UNIT.match(text, separator.end())
        if unit and unit[0][0].isalpha() and known and unit.end() > piece[0]:
            end = unit.end()
            continue
        if not head and text[separator.end() : piece[0]] in DOCUMENT_SYMBOLS:
            head = text[separator.end() : piece[0]]
        end, known = piece[0], known or piece[1]
    return Symbol(end, head, known)


def _small_agency(text: str, separator: re.Match[str]) -> tuple[int, bool] | None:
    """Where an agency in small letters right after its hyphen ends; only one we know is none of the sentence's own words."""
    word = _LOWER_AGENCY.match(text, separator.end()) if separator[0].rstrip() == separator[0] and separator[0].endswith("-") else None
    return (word.end(), True) if word and word[0].upper() in AGENCIES else None


def _agency(text: str, at: int) -> tuple[int, bool] | None:
    """Where the agency that starts at `at` ends, and whether we know it."""
    if prime := _PRIME.match(text, at):
        return prime.end(), True
    if spaced := _SPACED.match(text, at):
        return spaced.end(), True
    if bo := _BO.match(text, at):
        at = bo.end()
    run = _RUN.match(text, at)
    if not run:
        return None
    word, end = run[0].rstrip("&"), run.end()
    follows = text[end : end + 1]
    if word in AGENCIES and not (follows.islower() and word[:-1] in AGENCIES):
        return at + len(word), True
    if (follows.isalpha() and not follows.isdigit()) or _CAPS_WORD.match(text, end):
        # A word of the next cell is glued on: what we know of the front is the agency.
        for length in range(len(word) - 1, 1, -1):
            if word[:length] in AGENCIES:
                return at + length, True
        if follows.islower():
            return (at + len(word) - 1, False) if len(word) > 2 else None
    return at + len(word), word in AGENCIES


def _term_end(assembly: re.Match[str], year: int | None) -> int:
    """The end of "QH13": never the first digits of a number glued to it."""
    digits = assembly[1]
    if not digits or not digits.isdigit():
        return assembly.end()
    start = assembly.start(1)
    if len(digits) == 1 or (len(digits) == 4 and not _GOES_ON.match(assembly.string, assembly.end())):
        return assembly.end()  # "QH2013" is a misprint; the digits of a glued number go on to its year or symbol
    fits = [term for term, (first, last) in ASSEMBLY_TERMS.items() if year and first <= year <= last]
    two = int(digits[:2])
    if two in fits or (two in ASSEMBLY_TERMS and (not fits or len(digits) == 2)):
        return start + 2
    if len(digits) == 2:
        return start + 2 if two <= 20 else start + 1
    return start + (2 if 10 <= two <= 20 else 1)
