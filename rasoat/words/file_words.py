"""What files are and what was read from them, by the values of the readers' own enums; and what a run counts, by its table or outcome."""

from __future__ import annotations

FILE_KIND = {
    "posted_list": "danh mục niêm yết",
    "publication_decision": "quyết định công bố",
    "legal_document": "văn bản pháp luật",
    "other": "khác",
}
TAKEN_FOR = {
    "text": "tệp có chữ",
    "scan": "bản quét",
    "stamp_only": "bản quét đã ký số, ngoài dấu ký số không có chữ",
    "misnamed": "nội dung không đúng đuôi tên tệp",
    "unreadable": "không đọc được",
}
TEXT_FROM = {"text_layer": "lớp chữ", "ocr": "nhận dạng chữ", "none": "không có chữ"}
DECISION_PART = {
    "new": "mới ban hành",
    "amended": "sửa đổi, bổ sung",
    "replaced": "thay thế",
    "abolished": "bãi bỏ",
    "standardised": "chuẩn hóa",
}
COUNTED = {
    "announcements": "thủ tục được công bố",
    "postings": "thủ tục thấy niêm yết",
    "looks": "lượt kiểm tra",
    "receptions": "danh mục tiếp nhận",
    "regulations": "văn bản có thủ tục",
    "articles": "điều",
    "clauses": "điều khoản có tác động",
    "documents": "bản ghi văn bản",
    "mentions": "viện dẫn",
    "procedures": "bản ghi thủ tục",
    "resolved": "xác định",
    "unknown_document": "chưa rõ văn bản",
    "ambiguous": "mơ hồ",
    "malformed": "sai dạng số",
    "not_normative": "không phải văn bản quy phạm",
}
