"""The form an inspector fills in at a unit: its columns and words (`extractors.imports.filled_form` reads a filled one back).

Sheet "Phiếu" has a head (unit id, day, whether everything shown was written down, address for feedback, what the board says
of itself) and one row for each procedure and channel. `rasoat coverage --form UNIT` writes it (`pipeline.reports.form_file`).
"""

from __future__ import annotations

from rasoat.records import Part
from rasoat.records.postings import Channel, Medium, PostingState

SHEET = "Phiếu"
MARK = "rasoat-phieu-niem-yet"  # in A1, so that an import knows the form whatever its file is called
ASKED = (1, 2)  # row and column of how many rows the form was written with: a row that was deleted is unread, not absent
ROWS_FROM = 12  # the header of the rows; row numbers count from 1

# The labels printed on forms already handed out, by which an import knows them again; what tables and reports say stands in rasoat.words.
STATE_WORDS = {
    PostingState.POSTED: "Có niêm yết",
    PostingState.MISSING: "Không có",
    PostingState.OUTDATED: "Nội dung cũ",
    PostingState.INCOMPLETE: "Thiếu nội dung",
    PostingState.ABOLISHED_STILL_POSTED: "Đã bãi bỏ còn niêm yết",
    PostingState.UNREACHABLE: "Không tiếp cận được",
    PostingState.UNKNOWN: "Chưa kiểm tra",
}
CHANNEL_WORDS = {Channel.PREMISES: "Trụ sở", Channel.PORTAL: "Cổng TTĐT", Channel.NATIONAL_DATABASE: "CSDL quốc gia"}
MEDIUM_WORDS = {Medium.BOARD: "Bảng", Medium.KIOSK: "Kiosk", Medium.QR: "Mã QR", Medium.LIST: "Danh mục", Medium.WEB: "Trang web"}
PART_WORDS = {
    Part.NAME: "Tên", Part.STEPS: "Trình tự", Part.METHODS: "Cách thức", Part.DOSSIER: "Hồ sơ", Part.DURATION: "Thời hạn",
    Part.AUDIENCE: "Đối tượng", Part.AUTHORITY: "Cơ quan giải quyết", Part.FORMS: "Mẫu đơn", Part.RESULT: "Kết quả",
    Part.REQUIREMENTS: "Yêu cầu, điều kiện", Part.FEES: "Phí, lệ phí", Part.LEGAL_BASIS: "Căn cứ pháp lý",
}  # fmt: skip
YES, NO, NOT_LOOKED = "Có", "Không", "Chưa xem"
ANSWERS = {True: YES, False: NO, None: NOT_LOOKED}

# Label of a head line → its row; the answer stands in column C.
HEAD = {"unit": 3, "observed_on": 4, "complete": 5, "contact": 6, "text": 7, "evidence": 8}
COLUMNS = (
    "STT",
    "Mã thủ tục",
    "Tên thủ tục",
    "Nơi công khai",
    "Kết quả kiểm tra",
    "Hình thức",
    "Số quyết định đang hiển thị",
    "Thiếu bộ phận",
    "Mẫu không tải được",
    "Chứng cứ, tên ảnh",
    "Ghi chú",
)
(NUMBER, CODE, NAME, CHANNEL, STATE, MEDIUM, DECISION, ABSENT, FORMS, EVIDENCE, NOTE) = range(len(COLUMNS))
