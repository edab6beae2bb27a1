"""What the words around a mention say of it: past matters, old papers, names of other acts, a citation that follows its successors.

Each test sees the sentence (or the entry of a list) that holds the mention: `before` and `after` end where it does. Lists of
legal bases are read apart: there what stands before a number is its own title or the entry above it.
"""

from __future__ import annotations

import re

# Between a mention and the words that speak of it only its date and its body may stand: entries of a list are often glued.
_ITS_OWN = r"^(?:\s*ngày\s[^,;.\n(]{6,40}?)?(?:\s*của\s[^,;.\n(\d]{3,50}?)?\s*,?\s*"
_FULL_DAY = r"\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm)\s*\d{4}"
_MATTERS = r"(?:tiếp nhận|nộp|giải quyết|phê duyệt|thụ lý|khởi công|ký kết|phát sinh|đăng ký|khai|vi phạm|kỳ thuế|giai đoạn|thời kỳ)"
_PAPER = r"(?:giấy (?:phép|chứng nhận|xác nhận|đăng ký)|chứng chỉ|chứng nhận|thẻ|bằng|văn bằng)"
_ACTS = r"(?:cấp|ban hành|công nhận|xác nhận|giao|thuê|thành lập|chấp thuận|phê duyệt|đăng ký|ký kết|bổ nhiệm|trúng đấu giá|cho phép)"

_PAST_AFTER = re.compile(
    _ITS_OWN
    + r"\((?:nay\s+)?(?:(?:(?:đã|bị|được)\s+)*hết hiệu lực|(?:(?:đã|bị|được)\s+)+(?:thay thế|bãi bỏ)|(?:thay thế|bãi bỏ)\s+(?:bởi|bằng)\b)",
    re.IGNORECASE,
)
_OLD_MATTERS_AFTER = re.compile(
    _ITS_OWN + rf"\((?:chỉ\s+)?(?:áp dụng|dùng)?\s*(?:đối với|cho)\s[^)\n]{{0,80}}?trước\s+(?:ngày\s+)?(?:năm\s+\d{{4}}|{_FULL_DAY})",
    re.IGNORECASE,
)
_OLD_MATTERS = re.compile(
    rf"(?:trước\s+(?:ngày\s+)?(?:{_FULL_DAY}|năm\s+\d{{4}})|trước\s+(?:ngày|khi|thời điểm)[^.;\n]{{0,60}}?có hiệu lực|thời điểm trước"
    r"|đã (?:tiếp nhận|nộp|giải quyết|phê duyệt|thụ lý)|tiếp tục (?:thực hiện|áp dụng|giải quyết|xử lý) theo)[^.;\n]{0,70}$",
    re.IGNORECASE,
)
_FORMERLY = re.compile(
    r"(?:\btrước đây\b|\b(?:quy định|văn bản|pháp luật|luật|nghị định|thông tư|mẫu)\s+cũ\b)[^.;\n]{0,90}$", re.IGNORECASE
)
_NOT_APPLIED = re.compile(
    r"(?:\bkhông\s+(?:còn\s+|tiếp tục\s+|phải\s+)*(?:áp dụng|sử dụng)|\b(?:không còn|thôi|ngừng|chấm dứt|bãi bỏ)\s+(?:việc\s+)?(?:áp dụng|sử dụng|thực hiện)(?:\s+theo)?)"
    r"(?:(?!\bmà\b|\bnhưng\b)[^.;,\n]){0,60}$",
    re.IGNORECASE,
)
_YEARS_OF_MATTERS = re.compile(
    rf"{_MATTERS}\b[^.;\n]{{0,30}}?\b(?:19|20)\d\d(?:\s*(?:đến|-|–)\s*(?:hết\s+)?(?:năm\s+)?(?P<last>(?:19|20)\d\d))?(?P<rest>[^.;\n]{{0,60}})$",
    re.IGNORECASE,
)
# How an office is to act today: "cấp theo mẫu …", "xác nhận theo quy định tại Điều …", "đề nghị công nhận theo …". No old paper.
_BY_THE_RULES = r"(?!\s+(?:đúng\s+)?(?:quy định tại|mẫu|trình tự|thủ tục|hướng dẫn|thẩm quyền)\b)"
_PAPERS = re.compile(
    rf"\b(?P<act>cấp|ban hành|công nhận|xác nhận|giao|thuê)\s+(?:(?:theo|căn cứ){_BY_THE_RULES}|trước|tại thời điểm)[^.;\n]{{0,40}}$"
    rf"|\bđã\s+(?:được\s+)?{_ACTS}\b[^.;\n]{{0,50}}?\b(?:theo|căn cứ)\b[^.;\n]{{0,40}}$"
    rf"|\b{_PAPER}\s+(?:được\s+)+{_ACTS}\b(?:(?!\btheo\b)[^.;\n]){{0,50}}?\b(?:theo|căn cứ)\b{_BY_THE_RULES}[^.;\n]{{0,40}}$"
    r"|\bthành lập theo\b[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:đề nghị|yêu cầu|xin|thực hiện|tiến hành|làm thủ tục|phải|sẽ|có trách nhiệm|xem xét)\s+(?:việc\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_PAPER_BEFORE = re.compile(rf"\b{_PAPER}\b[^.;\n]{{0,60}}?(?:\btheo\b|\bquy định tại\b|\bmẫu\b)[^.;\n]{{0,40}}$", re.IGNORECASE)
_PAPER_LIVES_ON = re.compile(
    r"^[^.;\n]{0,60}?(?:\bcòn (?:hiệu lực|thời hạn|giá trị)|\btiếp tục (?:được\s+)?(?:sử dụng|có giá trị|có hiệu lực)|\bđược tiếp tục|\bsang\s)",
    re.IGNORECASE,
)
# "Thông tư số … bãi bỏ Thông tư số …", "Văn bản hợp nhất số … hợp nhất Nghị định số …": the second stands in the first one's name.
_NAME_OF_AN_ACT = re.compile(
    r"\d+/(?:\d{4}/)?[A-ZĐ][\w&Đ-]*(?:\s*ngày\s[^,;\n]{6,40}?)?(?:\s*của\s[^,;\n]{3,70}?)?\s*(?:về\s+(?:việc\s+)?)?\(?"
    r"(?:bãi bỏ|thay thế|hợp nhất|đính chính|(?:tạm\s+)?ngưng hiệu lực)\b[^;,\n)]{0,170}$"
)
_FOLLOWS_SUCCESSORS = re.compile(
    _ITS_OWN
    + r"\(?\s*(?:và|hoặc|cùng)\s+(?:các\s+)?(?:văn bản|luật|bộ luật|nghị định|thông tư|quyết định|quy định)\b(?:(?!\bsố\b)[^.;\n\d]){0,80}?thay thế",
    re.IGNORECASE,
)


def is_past(before: str, after: str, ended_in: int | None) -> bool:
    """The words say that the text is past, not applied, or that old matters end under old rules (FP4).

    `ended_in` is the year the text ended: matters of years up to it belong to the old text.
    """
    if is_called_dead(after) or _OLD_MATTERS_AFTER.search(after):
        return True
    if any(pattern.search(before) for pattern in (_OLD_MATTERS, _FORMERLY, _NOT_APPLIED)):
        return True
    years = _YEARS_OF_MATTERS.search(before)
    last = max(map(int, re.findall(r"\b(?:19|20)\d\d\b", years[0].removesuffix(years["rest"]))), default=9999) if years else 9999
    return ended_in is not None and last <= ended_in


def is_called_dead(after: str) -> bool:
    """ "(đã hết hiệu lực)" or "(được thay thế bởi …)" right behind it; "(thay thế …)" says that it replaced another."""
    return bool(_PAST_AFTER.search(after))


def is_of_a_paper(before: str, after: str) -> bool:
    """Papers and bodies that came about under the old text (FP5)."""
    issued = _PAPERS.search(before)
    if issued and not (issued["act"] and _ASKED_FOR.search(before, 0, issued.start("act"))):
        return True
    return bool(_PAPER_BEFORE.search(before) and _PAPER_LIVES_ON.search(after))


def names_another_act(before: str) -> bool:
    """It stands in the name of the act that ended or consolidated it (FP6)."""
    return bool(_NAME_OF_AN_ACT.search(before))


def follows_successors(after: str) -> bool:
    """ "… và các văn bản sửa đổi, bổ sung, thay thế": the citation itself follows what comes after (FP17)."""
    return bool(_FOLLOWS_SUCCESSORS.search(after))
