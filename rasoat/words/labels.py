"""The words people read for what records say: statuses, parts, confidences, provisions. Vietnamese; one place for each word."""

from __future__ import annotations

from rasoat.records import Confidence, NonAnswer, Part, Severity, Status
from rasoat.words.posting_words import CHANNEL

STATUS = {
    Status.NOT_YET: "chưa có hiệu lực",
    Status.IN_FORCE: "còn hiệu lực",
    Status.PARTLY_IN_FORCE: "hết hiệu lực một phần",
    Status.SUSPENDED: "đang ngưng hiệu lực",
    Status.EXPIRED: "hết hiệu lực",
    Status.UNKNOWN: "chưa đủ căn cứ kết luận",
    Status.UNKNOWN_DOCUMENT: "không có văn bản này trong dữ liệu",
    Status.AMBIGUOUS: "nhiều văn bản cùng số, cần nêu cơ quan ban hành",
    Status.NOT_NORMATIVE: "không phải văn bản quy phạm pháp luật",
}
NON_ANSWER = {
    NonAnswer.UNKNOWN_DOCUMENT: STATUS[Status.UNKNOWN_DOCUMENT],
    NonAnswer.AMBIGUOUS: STATUS[Status.AMBIGUOUS],
    NonAnswer.NOT_NORMATIVE: STATUS[Status.NOT_NORMATIVE],
    NonAnswer.MALFORMED: "số viết sai dạng, không văn bản nào mang số này",
}
STATUS_NOTE = {  # beside a search result and in its filter, where a line has little room
    Status.NOT_YET: "Chưa có hiệu lực",
    Status.IN_FORCE: "Còn hiệu lực",
    Status.PARTLY_IN_FORCE: "Hết hiệu lực một phần",
    Status.SUSPENDED: "Ngưng hiệu lực",
    Status.EXPIRED: "Hết hiệu lực",
    Status.UNKNOWN: "Chưa rõ hiệu lực",
    Status.UNKNOWN_DOCUMENT: "Chưa có văn bản",
    Status.AMBIGUOUS: "Chưa xác định được văn bản",
    Status.NOT_NORMATIVE: "Không phải văn bản quy phạm pháp luật",
}
REASON = {
    "ambiguous": "nhiều văn bản cùng mang số này",
    "consolidated_text": "văn bản hợp nhất, xét theo các văn bản thành phần",
    "ended": "đã có điều khoản chấm dứt",
    "ends_later": "chỉ chấm dứt sau ngày xét",
    "entry_open": "ngày có hiệu lực đã lùi hoặc đặt vào một thời điểm chưa rõ ngày",
    "individual_act": "văn bản cá biệt: xét theo chuỗi quyết định thay thế",
    "left_codified_law": "không còn trong Bộ pháp điển, chưa thấy điều khoản chấm dứt",
    "no_entry_date": "chưa rõ ngày có hiệu lực",
    "no_such_provision": "bản đang giữ không có điều khoản này",
    "no_sign_of_life": "không có dấu hiệu còn hiệu lực trong thời gian gần ngày xét",
    "parts_ended": "còn hiệu lực, trừ phần đã chấm dứt",
    "not_yet": "ngày có hiệu lực sau ngày xét",
    "sign_of_life": "có dấu hiệu còn hiệu lực",
    "survivors": "đã chấm dứt, trừ một số điều",
    "survivors_unnamed": "đã chấm dứt, trừ nội dung không nêu rõ điều khoản",
    "suspended": "có điều khoản ngưng hiệu lực",
    "unknown_document": "chưa có bản ghi nào của văn bản này",
}
# What would end the silence on a document, by the reason of it.
SETTLES = {
    "entry_open": "văn bản ấn định ngày có hiệu lực",
    "left_codified_law": "điều khoản bãi bỏ, thay thế nó; hoặc một nguồn chính thức sau lần pháp điển ấy còn xếp nó vào loại có hiệu lực",
    "no_entry_date": "toàn văn, hoặc một nguồn chính thức nêu ngày có hiệu lực",
    "no_sign_of_life": "điều khoản chấm dứt nó; hoặc một dấu hiệu còn hiệu lực gần ngày xét (pháp điển, cổng văn bản, văn bản sửa đổi)",
    "survivors_unnamed": "người đọc điều khoản chấm dứt và chỉ ra phần còn lại",
    "": "toàn văn hoặc một bản ghi chính thức của văn bản này",
}
CONFIDENCE = {Confidence.HIGH: "cao", Confidence.MEDIUM: "trung bình", Confidence.LOW: "thấp"}
SEVERITY = {Severity.HIGH: "Cao", Severity.MEDIUM: "Trung bình", Severity.LOW: "Thấp", Severity.INFO: "Thông tin"}
STATE = {"open": "mới", "needs_review": "cần xem lại", "confirmed": "đã xác nhận", "dismissed": "đã bác", "fixed": "đã sửa"}
PART = {
    Part.NAME: "tên thủ tục", Part.STEPS: "trình tự thực hiện", Part.METHODS: "cách thức thực hiện", Part.DOSSIER: "thành phần hồ sơ",
    Part.DURATION: "thời hạn giải quyết", Part.AUDIENCE: "đối tượng thực hiện", Part.AUTHORITY: "cơ quan giải quyết",
    Part.FORMS: "mẫu đơn, tờ khai", Part.RESULT: "kết quả", Part.REQUIREMENTS: "yêu cầu, điều kiện", Part.FEES: "phí, lệ phí",
    Part.LEGAL_BASIS: "căn cứ pháp lý",
}  # fmt: skip
_PARTS = {part.value: word for part, word in PART.items()} | {channel.value: word for channel, word in CHANNEL.items()}
_PARTS["reception"] = "danh mục tiếp nhận không phụ thuộc địa giới"
# The units of a time limit, as the national portal's pages print them (its field processingTimeUnit).
DURATION_UNIT = {"WORKING_DAY": "Ngày làm việc", "DAY": "Ngày", "HOUR": "Giờ", "MONTH": "Tháng", "OTHER": ""}
NO_UNIT = "(nguồn không nêu đơn vị)"


def part(name: str) -> str:
    """A finding's part in words: of a procedure, else the channel it was posted on, else the decision it stands in, as it is."""
    return _PARTS.get(name, name)


_CITED = {**{answer.value: word for answer, word in NON_ANSWER.items()}, **{status.value: word for status, word in STATUS.items()}}
NO_SUCH_PROVISION = "không có điều khoản này"


def of_cited(status: str, verdict: str) -> str:
    """What a cited text or provision is, in words: its status, or why it has none."""
    return NO_SUCH_PROVISION if verdict == "no_such_provision" else _CITED[status]


# Why a finding is told no more.
GONE_WHY = {
    "rules": "quy tắc xét đã khác",
    "decisions": "quyết định công bố đã khác",
    "procedure": "thủ tục hoặc viện dẫn của nó đã khác",
    "procedure_gone": "thủ tục không còn trong kho",
    "document": "dữ kiện về văn bản đã khác",
    "document_gone": "văn bản không còn trong kho",
    "public": "dữ liệu công khai, niêm yết đã khác",
    "facts": "dữ kiện đã khác",
    "day": "không nói về ngày xét",
}
