"""The title of a legal text: the lines between its type in capitals and its legal basis."""

from __future__ import annotations

import re

from extractors.formats.head_lines import ISSUERS, KIND_LINE, NUMBER_TEXT, PLACED_DATE, STATE, kind_line
from rasoat.editor_notes import without_notes
from rasoat.vietnamese import squeeze

_TITLE_ENDS = re.compile(
    r"(?i)^(?:căn cứ|theo đề nghị|xét đề nghị|chương [\divxl]|điều \d|phần (?:thứ|[ivx])|mục \d|quốc hội ban hành|số\s*:|để |luật này|thông tin văn bản"
    r"|quyết nghị|quyết định\s*:|bộ trưởng|chính phủ ban hành|thủ tướng chính phủ ban)"
)
# Until about 2008 a law's title ran on: "LUẬT CỦA QUỐC HỘI NƯỚC … SỐ … NGÀY … VỀ DẦU KHÍ", "…, QUỐC HỘI KHÓA XII, KỲ HỌP THỨ 2".
_OLD_TITLE = re.compile(
    rf"(?i)(?:\bcủa )?\bquốc hội (?:nước|khóa|khoá).*?(?=\bvề |$)|\bsố {NUMBER_TEXT}(?: ngày \d.*?(?=\bvề |\bcủa |$))?|^\W*của quốc hội\b|\bcủa quốc hội\W*$"
)


def read_title(lines: list[str], kind: str | None) -> str | None:
    """The lines after the type that stands alone, up to the legal basis."""
    if not kind:
        return None
    for index, line in enumerate(lines):
        if kind_line(line) is None:
            continue
        rest = KIND_LINE.match(line)
        taken = [rest["rest"].strip()] if rest and not re.fullmatch(rf"(?i)\W*(?:số )?(?:{NUMBER_TEXT})?\W*", rest["rest"]) else []
        for following in lines[index + 1 : index + 8]:
            if _TITLE_ENDS.match(following) or "|" in following or PLACED_DATE.search(following):
                break
            if ISSUERS.match(following) and not taken and kind not in ("Luật", "Bộ luật"):
                continue
            if STATE.search(following) and not re.match(r"(?i)của quốc hội", following):
                break
            if taken and taken[-1].isupper() and not following.isupper():
                break  # a preamble in sentences follows a title in capitals
            taken.append(following)
        title = without_notes(" ".join(taken))
        while (shorter := squeeze(_OLD_TITLE.sub(" ", title)).strip(" .,:-–—")) != title:
            title = shorter
        title = re.sub(r"^VỀ (?!VIỆC)", "", re.sub(rf"^{NUMBER_TEXT}\s*", "", title))
        if len(title) > 3:
            return title[:500]
    return None
