"""Where, how and by whom procedures are made public: the words of the matrix, its findings and its reports.

The form that inspectors fill in has shorter ones of its own (`extractors.imports.inspection_form`): they are printed on forms
already handed out, and an import must know them again.
"""

from __future__ import annotations

from rasoat.records.postings import Channel, PostingState

CHANNEL = {
    Channel.NATIONAL_DATABASE: "Cơ sở dữ liệu quốc gia về thủ tục hành chính",
    Channel.PREMISES: "trụ sở, nơi tiếp nhận",
    Channel.PORTAL: "cổng thông tin điện tử",
}
POSTING_STATE = {
    PostingState.POSTED: "đã công khai",
    PostingState.MISSING: "chưa thấy công khai",
    PostingState.OUTDATED: "nội dung cũ",
    PostingState.INCOMPLETE: "thiếu bộ phận",
    PostingState.ABOLISHED_STILL_POSTED: "đã bãi bỏ, còn công khai",
    PostingState.UNREACHABLE: "không truy cập được",
    PostingState.UNKNOWN: "chưa rõ",
}
UNIT_LEVEL = {  # by the values of UnitKind: the units of the State load the list of all provinces and communes
    "ministry": "Bộ, cơ quan ngang bộ",
    "province": "Tỉnh, thành phố",
    "department": "Sở, ban, ngành",
    "centre": "Trung tâm Phục vụ hành chính công cấp tỉnh",
    "commune": "Xã, phường, đặc khu",
    "central_at_place": "Cơ quan ngành dọc",
    "nation": "Toàn quốc",
}
# What anybody is told of a cell where what is wrong with it is the office's business: what was seen, and no more.
SEEN = {
    PostingState.MISSING: "chưa thấy khi xem",
    PostingState.OUTDATED: "thấy công khai, nội dung đang được đối chiếu",
    PostingState.INCOMPLETE: "thấy công khai, nội dung đang được đối chiếu",
    PostingState.ABOLISHED_STILL_POSTED: "còn thấy công khai, đang được đối chiếu",
}
