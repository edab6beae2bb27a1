"""The words of the review desk: what people do with a finding, why they dismiss one, where it stands, who may what."""

from __future__ import annotations

from rasoat.records.unit_decisions import DismissReason
from rasoat.words.labels import STATE

REVIEW_VERB = {
    "take": "nhận xem", "assign": "giao", "ask": "hỏi đơn vị", "answer": "trả lời", "confirm": "xác nhận", "dismiss": "bác", "fixed": "báo đã sửa",
    "approve": "duyệt", "return": "trả lại", "take_back": "rút lại", "note": "ghi chú",
}  # fmt: skip
REVIEW_STAGE = {
    "new": "chưa ai nhận", "taken": "đang xem", "asked": "đang hỏi", "awaiting": "chờ duyệt",
    "confirmed": STATE["confirmed"], "dismissed": STATE["dismissed"], "fixed": "đã sửa (theo đơn vị)",
}  # fmt: skip
DISMISS_REASON = {
    DismissReason.STILL_IN_FORCE: "văn bản còn hiệu lực",
    DismissReason.OTHER_DOCUMENT: "là văn bản khác",
    DismissReason.HISTORICAL: "nhắc tới như lịch sử",
    DismissReason.TRANSITIONAL: "quy định chuyển tiếp",
    DismissReason.ALREADY_FIXED: "thủ tục đã được sửa",
    DismissReason.NOT_OURS: "không thuộc đơn vị này",
    DismissReason.OTHER: "lý do khác",
}
LIST_CONCLUSIONS = ("confirm", "dismiss", "fixed", "note")  # what a list that is filled in can say
APART = {  # why a finding is not decided together with others
    "suppressed": "đã gạt bỏ có lý do",
    "transitional": DISMISS_REASON[DismissReason.TRANSITIONAL],
    "historical": DISMISS_REASON[DismissReason.HISTORICAL],
    "low": "độ tin cậy thấp",
}
REOPENED = {"facts": "dữ kiện đã khác", "again": "tái diễn"}

ROLE = {
    "citizen": "công dân", "officer": "cán bộ đơn vị", "controller": "kiểm soát thủ tục hành chính", "reviewer": "rà soát viên",
    "national": "rà soát viên toàn quốc", "admin": "quản trị",
}  # fmt: skip
ACT = {
    "read_public": "đọc trang công khai", "report_mismatch": "báo sai", "follow": "theo dõi", "see_findings": "xem phát hiện chưa xác nhận",
    "say_fixed": "báo đã sửa, trả lời phản ánh", "fill_form": "điền, nạp phiếu", "approve_form": "duyệt phiếu",
    "decide_citation": "quyết định về căn cứ", "decide_posting": "quyết định về niêm yết", "decide_quality": "quyết định về chất lượng dữ liệu",
    "answer_question": "trả lời câu hỏi", "approve": "duyệt như người thứ hai", "manage": "tài khoản, vai trò, thiết lập, nhật ký",
}  # fmt: skip
REACH = {
    "all": "mọi đơn vị",
    "own": "đơn vị mình",
    "below": "cả tỉnh hoặc bộ mình",
    "lead": "cả tỉnh hoặc bộ mình",
    "lead_all": "mọi đơn vị",
}


def said(word: str, reason: str | None = None) -> str:
    """What was done, or where a thing stands, with the reason of a dismissal."""
    told = REVIEW_VERB.get(word) or REVIEW_STAGE.get(word, word)
    return f"{told} ({DISMISS_REASON[DismissReason(reason)]})" if reason in set(DismissReason) else told


def dismissals() -> str:
    """Every reason to dismiss, in both forms."""
    return ", ".join(f"{word} ({code})" for code, word in DISMISS_REASON.items())
