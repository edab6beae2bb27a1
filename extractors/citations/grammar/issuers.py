"""Bodies that issue documents, as citations name them after "của" or "do"."""

from __future__ import annotations

import re

_MINISTRIES = """
y tế|tài chính|công an|quốc phòng|tư pháp|nội vụ|ngoại giao|công thương|xây dựng|giao thông vận tải|giao thông|nông nghiệp và môi trường
nông nghiệp và phát triển nông thôn|nông nghiệp và ptnt|tài nguyên và môi trường|khoa học và công nghệ|khoa học, công nghệ và môi trường
thông tin và truyền thông|văn hóa, thể thao và du lịch|văn hóa - thông tin|văn hóa, thông tin và thể thao|văn hóa|giáo dục và đào tạo|giáo dục|kế hoạch và đầu tư
lao động - thương binh và xã hội|lao động|dân tộc và tôn giáo|thương mại và du lịch|thương mại|công nghiệp nặng|công nghiệp nhẹ|công nghiệp|thủy sản|thủy lợi
bưu chính, viễn thông|lâm nghiệp|nông nghiệp và công nghiệp thực phẩm|năng lượng|cơ khí và luyện kim|kinh tế đối ngoại|đại học, trung học chuyên nghiệp và dạy nghề
thương binh và xã hội|lương thực|điện và than|ngoại thương|nội thương|vật tư|kinh tế|tài nguyên - môi trường|văn hóa thể thao du lịch
"""


def _pattern(name: str) -> str:
    words = name.replace(", ", " , ").split()
    out = []
    for word in words:
        if word == ",":
            out.append(r"\s*,?")
        elif word == "-":
            out.append(r"\s*[-,]?")
        elif word == "và":
            out.append(r"\s*,?\s+(?:và|&)")
        else:
            out.append(r"\s+" + word.replace("hóa", "h(?:óa|oá)").replace("thủy", "th(?:ủy|uỷ)"))
    return "".join(out).removeprefix(r"\s+")


_NAMES = sorted((name for line in _MINISTRIES.strip().splitlines() for name in line.split("|")), key=len, reverse=True)
MINISTRY = "(?:" + "|".join(_pattern(name) for name in _NAMES) + ")"
_COMMITTEE = r"(?:ủy|uỷ)\s+ban"
_PEOPLE = rf"(?:chủ\s+tịch\s+)?(?:{_COMMITTEE}\s+nhân\s+dân|ubnd|hội\s+đồng\s+nhân\s+dân|hđnd)"
_UNIT = r"(?:tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)"
_TITLE = (
    r"(?:bộ\s+trưởng(?:\s*,\s*chủ\s+nhiệm)?\s+|chủ\s+nhiệm\s+|thống\s+đốc\s+|chánh\s+án\s+|viện\s+trưởng\s+|tổng\s+giám\s+đốc\s+|tổng\s+cục\s+trưởng\s+|"
    r"cục\s+trưởng\s+|chủ\s+tịch\s+|tổng\s+thanh\s+tra\s+|hội\s+đồng\s+thẩm\s+phán\s+|thứ\s+trưởng\s+|trưởng\s+ban\s+|giám\s+đốc\s+)"
)
_BODY = (
    rf"(?:{_COMMITTEE}\s+thường\s+vụ\s+quốc\s+hội|quốc\s+hội(?:\s+nước\s+cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)?|(?:phó\s+)?thủ\s+tướng(?:\s+chính\s+phủ)?|"
    rf"tổng\s+thanh\s+tra(?:\s+chính\s+phủ|\s+nhà\s+nước)?|tổng\s+kiểm\s+toán(?:\s+nhà\s+nước)?|{_TITLE}?(?:chính\s+phủ|chủ\s+tịch\s+nước|nước\s+cộng\s+hòa[^,.;()\n]{{0,40}}|"
    r"hội\s+đồng\s+bộ\s+trưởng|hội\s+đồng\s+nhà\s+nước|hội\s+đồng\s+chính\s+phủ|văn\s+phòng\s+(?:quốc\s+hội|chính\s+phủ|chủ\s+tịch\s+nước)|"
    r"ngân\s+hàng\s+nhà\s+nước(?:\s+việt\s+nam)?|thanh\s+tra\s+(?:chính\s+phủ|nhà\s+nước)|tòa\s+án\s+nhân\s+dân\s+tối\s+cao|viện\s+kiểm\s+sát\s+nhân\s+dân\s+tối\s+cao|"
    r"kiểm\s+toán\s+nhà\s+nước|bảo\s+hiểm\s+xã\s+hội\s+việt\s+nam|ban\s+bí\s+thư(?:\s+trung\s+ương(?:\s+đảng)?)?|bộ\s+chính\s+trị|"
    rf"ban\s+chấp\s+hành\s+trung\s+ương(?:\s+đảng)?|{_COMMITTEE}\s+(?:dân\s+tộc(?:\s+và\s+miền\s+núi)?|thể\s+dục\s*,?\s*thể\s+thao|chứng\s+khoán\s+nhà\s+nước)|"
    rf"tổng\s+cục\s+(?:hải\s+quan|thuế|địa\s+chính|bưu\s+điện|thống\s+kê|du\s+lịch|khí\s+tượng\s+thủy\s+văn)|kho\s+bạc\s+nhà\s+nước|bộ\s+{MINISTRY}|{MINISTRY}))"
)
_LOCAL = re.compile(rf"{_PEOPLE}(?:\s+(?:{_UNIT}|cấp\s+\w+)(?!\w))?")
_CENTRAL = re.compile(rf"(?:liên\s+bộ\s*:?\s+(?:bộ\s+)?{MINISTRY}|{_BODY})")
_MORE = re.compile(rf"\s*+(?:,|-|;|và|,\s*+và)\s*+(?:{_BODY}|{MINISTRY})")
_OF = re.compile(r"\s*+,?\s*+(?:của|do)\s++")
_CAPITALS = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA, 2))
_PLACE = re.compile(
    rf"[^\S\n]+(?!Quy |Về |Ban |Hướng |Sửa |Phê )[{_CAPITALS}]\w*(?:(?:\s|\s?-\s?)(?!Quy |Về |Ban |Hướng |Sửa |Phê )[{_CAPITALS}]\w*){{0,4}}"
    # On the next line a single capital begins another sentence ("… thành phố\nGiấy chứng nhận"); a broken place name has two.
    rf"|\s+(?!Quy |Về |Ban |Hướng |Sửa |Phê )[{_CAPITALS}]\w*(?:[^\S\n]|\s?-\s?)[{_CAPITALS}]\w*"
)


def issuer_at(text: str, low: str, at: int, joint: bool = False) -> int | None:
    """Where the body that starts at `at` ends, or None. `joint` circulars go on to the next body of the list."""
    if local := _LOCAL.match(low, at):
        place = _PLACE.match(text, local.end())
        return place.end() if place else local.end()
    central = _CENTRAL.match(low, at)
    # A capital or a digit right behind is the next cell's, a small letter makes it another word.
    if not central or text[central.end() : central.end() + 1].islower():
        return None
    end = central.end()
    if joint or low.startswith("liên", at):
        while (more := _MORE.match(low, end)) and not text[more.end() : more.end() + 1].islower():
            end = more.end()
    return end


def issuer_after(text: str, low: str, at: int, joint: bool = False) -> tuple[int, int] | None:
    """The body named by "của …" or "do …" right after `at`, as (start, end) in the reading copy."""
    of = _OF.match(low, at)
    if not of:
        return None
    end = issuer_at(text, low, of.end(), joint)
    return (of.end(), end) if end is not None else None
