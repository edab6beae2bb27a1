"""Issuing bodies compared: "Bộ trưởng Bộ Y tế" signs for "Bộ Y tế"; "UBND tỉnh" means the province of the text around it."""

from __future__ import annotations

import re
from functools import lru_cache

from rasoat.identity import NumberParts, issuer_name
from rasoat.vietnamese import fold, slug, squeeze

# The 63 provinces and cities of 2008 to 2025; the 34 of today carry names of these.
_PROVINCE_LIST = """
an-giang ba-ria-vung-tau bac-giang bac-kan bac-lieu bac-ninh ben-tre binh-dinh binh-duong binh-phuoc binh-thuan ca-mau can-tho cao-bang da-nang dak-lak dak-nong dien-bien
dong-nai dong-thap gia-lai ha-giang ha-nam ha-noi ha-tinh hai-duong hai-phong hau-giang hoa-binh ho-chi-minh hue hung-yen khanh-hoa kien-giang kon-tum lai-chau lam-dong
lang-son lao-cai long-an nam-dinh nghe-an ninh-binh ninh-thuan phu-tho phu-yen quang-binh quang-nam quang-ngai quang-ninh quang-tri soc-trang son-la tay-ninh thai-binh
thai-nguyen thanh-hoa thua-thien-hue tien-giang tra-vinh tuyen-quang vinh-long vinh-phuc yen-bai
"""
_PROVINCES = frozenset(_PROVINCE_LIST.split())
_UNIT_WORD = re.compile(r"(?:tinh|thanh pho|tp\.?) \w")
_SHORT_FORMS = {
    "ptnt": "phat-trien-nong-thon", "nn": "nong-nghiep", "gd-dt": "giao-duc-va-dao-tao", "gddt": "giao-duc-va-dao-tao", "tn-mt": "tai-nguyen-va-moi-truong", "tnmt": "tai-nguyen-va-moi-truong",
    "tt-tt": "thong-tin-va-truyen-thong", "khcn": "khoa-hoc-va-cong-nghe", "kh-cn": "khoa-hoc-va-cong-nghe", "kh-dt": "ke-hoach-va-dau-tu", "gtvt": "giao-thong-van-tai", "nhnn": "ngan-hang-nha-nuoc",
    "ldtbxh": "lao-dong-thuong-binh-va-xa-hoi", "vhttdl": "van-hoa-the-thao-va-du-lich", "bhxh": "bao-hiem-xa-hoi", "nongnghiep": "nong-nghiep",
}  # fmt: skip
_SIGNER = re.compile(
    r"^(?:bo-truong-chu-nhiem|bo-truong|thu-truong|thong-doc|chanh-an|vien-truong|tong-thanh-tra|tong-kiem-toan|chu-nhiem|chu-tich|hoi-dong-tham-phan|tong-giam-doc|tong-cuc-truong|cuc-truong)-(?=\w)"
)
_TAIL = re.compile(r"-(?:viet-nam|nuoc-cong-hoa.*|chinh-phu)$")
_UNIT = re.compile(r"^(ubnd|hdnd)(?:-(?:tinh|thanh-pho|tp))?-?")
_GENERIC = re.compile(r"^(?:chu-tich-)?(?:ubnd|hdnd)(?:-(?:tinh|thanh-pho|tp|cap-tinh|huyen|quan|xa|phuong))*$")


@lru_cache(maxsize=1 << 14)
def core(issuer: str) -> str:
    """The body behind a signer, as a slug without the nation's name."""
    name = slug(issuer_name(issuer))
    for short, full in _SHORT_FORMS.items():
        name = re.sub(rf"(?<![a-z]){short}(?![a-z])", full, name)
    while (shorter := _SIGNER.sub("", name)) != name:
        name = shorter
    return _TAIL.sub("", name) or name


def differ(quoted: str, registered: str) -> bool:
    """Whether two names cannot be of one body. Lists of bodies are not judged."""
    if "," in quoted + registered or fold(quoted).startswith("lien "):
        return False
    left, right = core(quoted), core(registered)
    return bool(left and right) and left not in right and right not in left


def local_issuer(parts: NumberParts, said: str | None, around: str | None, province: str | None) -> str | None:
    """The council or committee that issued a local act: as said, else as the surrounding text's body, else the province's."""
    kind = "HĐND" if "HĐND" in parts.agencies else "UBND"
    if said and not _GENERIC.match(slug(issuer_name(said))):
        return said
    if around and (own := slug(issuer_name(around))) and not _GENERIC.match(own):
        stripped = re.sub(r"(?i)^chủ tịch\s+", "", squeeze(around))
        name = issuer_name(stripped)
        if name.startswith(("UBND", "HĐND")):
            return f"{kind}{name[4:]}"
    place = _province(province)
    return f"{kind} {place}" if place else None


def _province(said: str | None) -> str | None:
    """ "tỉnh Yên Bái" of "Yên Bái", "UBND tỉnh Yên Bái" or "thành phố Huế"; None of anything that names no province."""
    place = re.sub(r"^(?:UBND|HĐND)\s+", "", issuer_name(re.sub(r"(?i)^chủ tịch\s+", "", squeeze(said or ""))))
    if _UNIT_WORD.match(fold(place)):
        return place
    return f"tỉnh {place}" if slug(place) in _PROVINCES else None


def same_place(left: str, right: str) -> bool:
    """Whether two local bodies are one, whatever the province is called (tỉnh or thành phố)."""
    return _at_place(left) == _at_place(right)


@lru_cache(maxsize=1 << 14)  # a number of sixty namesakes asks for sixty bodies, and the country has a few hundred
def _at_place(body: str) -> str:
    return _UNIT.sub(r"\1-", slug(issuer_name(body)))
