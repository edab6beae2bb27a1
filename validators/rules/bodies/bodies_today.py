"""Bodies that no longer exist, and who stands in their place today.

Ministries: reorganisation of 01/03/2025. Provinces: Nghị quyết 202/2025/QH15, working from 01/07/2025. Districts: gone on
01/07/2025. A document of a dissolved body stays in force until it is ended; only the competent body changes. Bodies that went
under a ministry but kept their name (Bảo hiểm xã hội Việt Nam) are not gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rasoat.vietnamese import fold, squeeze, tone_placed

MINISTRIES_SINCE = date(2025, 3, 1)
PROVINCES_SINCE = DISTRICTS_GONE = date(2025, 7, 1)

MINISTRIES = {
    "Bộ Kế hoạch và Đầu tư": "Bộ Tài chính",
    "Bộ Giao thông vận tải": "Bộ Xây dựng",
    "Bộ Thông tin và Truyền thông": "Bộ Khoa học và Công nghệ",
    "Bộ Nông nghiệp và Phát triển nông thôn": "Bộ Nông nghiệp và Môi trường",
    "Bộ Tài nguyên và Môi trường": "Bộ Nông nghiệp và Môi trường",
    "Bộ Lao động - Thương binh và Xã hội": "Bộ Nội vụ (hoặc Bộ Y tế, Bộ Giáo dục và Đào tạo theo lĩnh vực)",
    "Ủy ban Dân tộc": "Bộ Dân tộc và Tôn giáo",
}
# Departments of the provinces, put together as the ministries were (Nghị định 45/2025/NĐ-CP), each province by its own decision.
DEPARTMENTS = {
    "Sở Kế hoạch và Đầu tư": "Sở Tài chính",
    "Sở Giao thông vận tải": "Sở Xây dựng",
    "Sở Thông tin và Truyền thông": "Sở Khoa học và Công nghệ",
    "Sở Nông nghiệp và Phát triển nông thôn": "Sở Nông nghiệp và Môi trường",
    "Sở Tài nguyên và Môi trường": "Sở Nông nghiệp và Môi trường",
    "Sở Lao động - Thương binh và Xã hội": "Sở Nội vụ (hoặc Sở Y tế, Sở Giáo dục và Đào tạo theo lĩnh vực)",
}
_REMEMBERED = 4096  # texts that are read again on other days and for other procedures
_CITIES = frozenset({"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh"})
_MERGED = {
    "Tuyên Quang": "Hà Giang", "Lào Cai": "Yên Bái", "Thái Nguyên": "Bắc Kạn", "Phú Thọ": "Vĩnh Phúc|Hòa Bình", "Bắc Ninh": "Bắc Giang",
    "Hưng Yên": "Thái Bình", "Hải Phòng": "Hải Dương", "Ninh Bình": "Hà Nam|Nam Định", "Quảng Trị": "Quảng Bình", "Đà Nẵng": "Quảng Nam",
    "Quảng Ngãi": "Kon Tum", "Gia Lai": "Bình Định", "Khánh Hòa": "Ninh Thuận", "Lâm Đồng": "Đắk Nông|Bình Thuận", "Đắk Lắk": "Phú Yên",
    "Hồ Chí Minh": "Bình Dương|Bà Rịa - Vũng Tàu", "Đồng Nai": "Bình Phước", "Tây Ninh": "Long An", "Cần Thơ": "Sóc Trăng|Hậu Giang",
    "Vĩnh Long": "Bến Tre|Trà Vinh", "Đồng Tháp": "Tiền Giang", "Cà Mau": "Bạc Liêu", "An Giang": "Kiên Giang",
}  # fmt: skip
PROVINCES = {old: new for new, olds in _MERGED.items() for old in olds.split("|")}


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(r"\s*[-–,]?\s*" if word == "-" else re.escape(word) for word in fold(name).split())
    return re.compile(rf"\b{words}\b".replace(r"\s+\s*[-–,]?\s*\s+", r"\s*[-–,]?\s*"))


def _as_printed(name: str) -> str:
    """A pattern for a body's name: any blanks, any dash."""
    return r"\s+".join(r"[-–]" if word == "-" else re.escape(word) for word in name.split()).replace(r"\s+[-–]\s+", r"\s*[-–,]?\s*")


_REORGANISED = [
    (re.compile(_as_printed(old), re.IGNORECASE), since, new)
    for names, since in ((MINISTRIES, MINISTRIES_SINCE), (DEPARTMENTS, None))
    for old, new in names.items()
]
_MINISTRY_PATTERNS = [(_pattern(old), old, new) for old, new in MINISTRIES.items()]
_PROVINCE = re.compile(
    r"\b(?:tỉnh|thành phố|TP\.?)\s++(?P<name>" + "|".join(map(re.escape, sorted(PROVINCES, key=len, reverse=True))) + r")\b",
    re.IGNORECASE,
)
_PROVINCE_KEYS = {fold(old): new for old, new in PROVINCES.items()}
# A body word, then the district level; "quận" and "huyện" inside a street address have no body word before them.
_DISTRICT = re.compile(
    r"(?:\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Phòng(?: [\wÀ-ỹ]+){1,6}?|Chi nhánh Văn phòng đăng ký đất đai|Công an|Tòa án nhân dân|Toà án nhân dân"
    r"|Ban chỉ huy quân sự|Trung tâm [\wÀ-ỹ ]{3,40}?|Chi cục(?: [\wÀ-ỹ]+){1,4}?|Bộ phận [\wÀ-ỹ ,]{3,40}?)"
    r"\s+(?:của\s+)?(?:UBND\s+|Ủy ban nhân dân\s+)?(?:các\s+)?(?:cấp huyện|quận|huyện|thị xã)\b(?:[ ,/]+(?:quận|huyện|thị xã|thành phố(?: thuộc tỉnh| trực thuộc tỉnh)?)\b)*)"
    r"|(?:\b[\wÀ-ỹ]+ ){0,8}\bcấp huyện\b"
    # Offices that only districts had; today's communes have others (Nghị định 150/2025/NĐ-CP).
    r"|\bPhòng (?:Tư pháp|Giáo dục và Đào tạo|Tài nguyên và Môi trường|Lao động\s*[-–,]?\s*Thương binh và Xã hội)\b(?! (?:quận|huyện|thị xã|cấp))",
    re.IGNORECASE,
)
# Bodies of a sector at district level went by the reorganisation of their own sector; who came after is told only where known.
_SECTORS = (
    (re.compile(r"công an", re.IGNORECASE), date(2025, 3, 1), "Công an cấp xã hoặc Công an cấp tỉnh"),
    (re.compile(r"t(?:òa|oà) án", re.IGNORECASE), DISTRICTS_GONE, "Tòa án nhân dân khu vực"),
    (re.compile(r"viện kiểm sát", re.IGNORECASE), DISTRICTS_GONE, "Viện kiểm sát nhân dân khu vực"),
    (re.compile(r"\bthuế\b", re.IGNORECASE), None, "Thuế cơ sở"),
    (re.compile(r"bảo hiểm xã hội", re.IGNORECASE), None, "Bảo hiểm xã hội cơ sở"),
    (
        re.compile(r"hải quan|kho bạc|thống kê|thi hành án|ngân hàng|quân sự|quản lý thị trường", re.IGNORECASE),
        None,
        "cơ quan kế nhiệm theo ngành dọc",
    ),
)
_PAST = re.compile(r"(?:trước ngày|trước đây|đã giải thể|cũ\b|nay là|chuyển tiếp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoneBody:
    """A body named in a text that no longer exists: where, since when (None: a day of its sector's own), and who acts today."""

    start: int
    end: int
    quote: str
    since: date | None
    today: str


def todays_name(body: str, as_of: date) -> str:
    """The body that answers today for one that is named as it was; the name itself where nothing changed."""
    if as_of >= MINISTRIES_SINCE and (ministry := _ministry_since(body)):
        return ministry
    if as_of >= PROVINCES_SINCE and (province := _province_since(body)):
        return province
    return squeeze(body)


@lru_cache(maxsize=_REMEMBERED)
def _ministry_since(body: str) -> str | None:
    name = fold(squeeze(body))
    return next((new for pattern, _, new in _MINISTRY_PATTERNS if pattern.fullmatch(name)), None)


@lru_cache(maxsize=_REMEMBERED)
def _province_since(body: str) -> str | None:
    told = tone_placed(squeeze(body))
    if not (found := _PROVINCE.search(told)):
        return None
    new = _PROVINCE_KEYS[fold(found["name"])]
    kind = "thành phố" if new in _CITIES else "tỉnh"
    return f"{told[: found.start()]}{kind} {new}"


def province_today(issuer: str | None) -> str | None:
    """The province (today's) that a local issuer belongs to, folded; None where the name tells of none."""
    if not issuer:
        return None
    found = re.search(r"(?:tỉnh|thành phố|TP\.?)\s+(.+)$", tone_placed(squeeze(issuer)), re.IGNORECASE)
    if not found:
        return None
    name = fold(found[1])
    return fold(_PROVINCE_KEYS.get(name, name))


def gone_bodies(text: str, as_of: date) -> list[GoneBody]:
    """Bodies named in a text of authority that no longer exist on a day; what the text itself calls past is left out."""
    found: list[GoneBody] = []
    if as_of >= DISTRICTS_GONE:
        found += _districts_in(text)
    if as_of >= MINISTRIES_SINCE:
        found += _reorganised_in(text)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _districts_in(text: str) -> tuple[GoneBody, ...]:
    return _not_past(text, map(_of_a_district, _DISTRICT.finditer(text)))


@lru_cache(maxsize=_REMEMBERED)
def _reorganised_in(text: str) -> tuple[GoneBody, ...]:
    named = ((found, since, new) for pattern, since, new in _REORGANISED for found in pattern.finditer(text))
    return _not_past(text, (GoneBody(found.start(), found.end(), found[0], since, new) for found, since, new in named))


def _not_past(text: str, bodies: Iterable[GoneBody]) -> tuple[GoneBody, ...]:
    return tuple(body for body in bodies if not _PAST.search(text, max(0, body.start - 40), min(len(text), body.end + 40)))


def _of_a_district(found: re.Match[str]) -> GoneBody:
    for words, since, today in _SECTORS:
        if words.search(found[0]):
            return GoneBody(found.start(), found.end(), found[0], since, today)
    return GoneBody(found.start(), found.end(), found[0], DISTRICTS_GONE, "UBND cấp xã hoặc cơ quan cấp tỉnh được giao")
