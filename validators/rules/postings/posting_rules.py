"""POST-01 to POST-14 as data: severity, the requirement not yet met, and what to do.

The decree names no penalty (63/2010 Điều 33), so nothing here says "vi phạm": a finding says which requirement is not yet
assured ("chưa bảo đảm yêu cầu tại Điều …"). The suppressors are the traps of the rule catalogue; each is named in the finding.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasoat.records import Part, Severity
from rasoat.records.postings import Channel


@dataclass(frozen=True, slots=True)
class PostingRule:
    """One rule. `basis` is the provision whose requirement is not yet assured; `action` may name {unit}, {procedure}, {decision}."""

    severity: Severity
    name: str
    basis: str
    action: str


DECREE = "Nghị định 63/2010/NĐ-CP"
POSTING_RULES: dict[str, PostingRule] = {
    "POST-01": PostingRule(
        Severity.HIGH,
        "Thủ tục đã công bố nhưng chưa có trên Cơ sở dữ liệu quốc gia",
        f"Điều 16, điểm a khoản 1 Điều 17, khoản 2 Điều 24 {DECREE}",
        "Nhập và công khai thủ tục {procedure} trên Cơ sở dữ liệu quốc gia về thủ tục hành chính.",
    ),
    "POST-02": PostingRule(
        Severity.MEDIUM,
        "Nhập vào Cơ sở dữ liệu quốc gia sau thời hạn",
        f"khoản 2 Điều 24 {DECREE}",
        "Nêu trong báo cáo công khai thủ tục hành chính; rút kinh nghiệm cho lần công bố sau.",
    ),
    "POST-03": PostingRule(
        Severity.HIGH,
        "Chưa niêm yết, công khai tại trụ sở",
        f"Điều 16, điểm b khoản 1 Điều 17 {DECREE}; Điều 15 Thông tư 02/2017/TT-VPCP",
        "Niêm yết hoặc công khai bằng phương tiện điện tử thủ tục {procedure} tại {unit}.",
    ),
    "POST-04": PostingRule(
        Severity.HIGH,
        "Thủ tục đã bị bãi bỏ vẫn còn công khai",
        f"điểm c khoản 2 Điều 14, Điều 16, khoản 1 Điều 17 {DECREE}",
        "Gỡ thủ tục {procedure} khỏi nơi công khai theo {decision}; dẫn người dân tới thủ tục thay thế nếu có.",
    ),
    "POST-05": PostingRule(
        Severity.MEDIUM,
        "Chưa có trên cổng thông tin điện tử, hoặc nội dung chưa kết nối với Cơ sở dữ liệu quốc gia",
        f"điểm c khoản 1 Điều 17, khoản 2 Điều 26 {DECREE}",
        "Kết nối, tích hợp thủ tục {procedure} từ Cơ sở dữ liệu quốc gia lên cổng.",
    ),
    "POST-06": PostingRule(
        Severity.MEDIUM,
        "Nội dung đang công khai khác nội dung đã công bố",
        f"Điều 16, khoản 1 Điều 17, khoản 2 Điều 26 {DECREE}",
        "Thay nội dung đang công khai của thủ tục {procedure} bằng nội dung hiện hành{decision}.",
    ),
    "POST-07": PostingRule(
        Severity.MEDIUM,
        "Công khai thiếu bộ phận tạo thành của thủ tục",
        f"khoản 2 Điều 8, Điều 16, khoản 1 Điều 17 {DECREE}",
        "Bổ sung cho đủ các bộ phận của thủ tục {procedure}.",
    ),
    "POST-08": PostingRule(
        Severity.MEDIUM,
        "Mẫu đơn, tờ khai không tải được",
        f"điểm h khoản 2 Điều 8, Điều 16 {DECREE}",
        "Đính kèm mẫu đơn, tờ khai của thủ tục {procedure}.",
    ),
    "POST-09": PostingRule(
        Severity.MEDIUM,
        "Quyết định công bố ban hành sau thời hạn",
        f"Điều 15 {DECREE}",
        "Nêu trong báo cáo công bố thủ tục hành chính; rút kinh nghiệm cho lần công bố sau.",
    ),
    "POST-10": PostingRule(
        Severity.HIGH,
        "Văn bản quy định thủ tục đã có hiệu lực nhưng chưa có quyết định công bố",
        f"khoản 1 Điều 14, Điều 15 {DECREE}",
        "Ban hành quyết định công bố thủ tục {procedure}.",
    ),
    "POST-11": PostingRule(
        Severity.MEDIUM,
        "Danh mục của tỉnh chưa theo quyết định công bố của bộ",
        f"điểm a khoản 2 Điều 13, Điều 15 {DECREE}",
        "Công bố danh mục có thủ tục {procedure} theo {decision}.",
    ),
    "POST-12": PostingRule(
        Severity.MEDIUM,
        "Tiếp nhận không phụ thuộc địa giới ngoài danh mục đã công bố, hoặc chưa công bố danh mục",
        "khoản 4 Điều 14 Nghị định 118/2025/NĐ-CP (bổ sung bởi Nghị định 309/2026/NĐ-CP)",
        "Công bố danh mục tiếp nhận không phụ thuộc địa giới của {unit}.",
    ),
    "POST-13": PostingRule(
        Severity.LOW,
        "Chưa thấy địa chỉ tiếp nhận phản ánh, kiến nghị",
        "Điều 15 Thông tư 02/2017/TT-VPCP",
        "Ghi địa chỉ tiếp nhận phản ánh, kiến nghị tại nơi công khai của {unit}.",
    ),
    "POST-14": PostingRule(
        Severity.LOW,
        "Còn ghi Văn phòng Chính phủ là cơ quan quản lý hoặc tiếp nhận",
        "Nghị định 09/2026/NĐ-CP; Điều 12 Nghị định 309/2026/NĐ-CP",
        "Sửa nội dung theo cơ quan hiện nay là Bộ Tư pháp.",
    ),
}

MISSING_RULE = {Channel.NATIONAL_DATABASE: "POST-01", Channel.PREMISES: "POST-03", Channel.PORTAL: "POST-05"}

# Traps. A finding that one of them touches is information only.
OTHER_CODE = "PT-OTHER-CODE"  # the same name stands under another code
ARCHIVE = "PT-ARCHIVE"  # an archive page, marked as one
TRANSITION = "PT-TRANSITION"  # the decision lets the old be shown until a day
LOCAL_FEE = "PT-LOCAL-FEE"  # a fee set by the province's council
LOCAL_TIME = "PT-LOCAL-TIME"  # the province promises a shorter time
SHARED_FORM = "PT-SHARED-FORM"  # one file holds several forms
MINISTRY_LATE = "PT-MINISTRY-LATE"  # the ministry's own decision came too late for the province's
SITE_FOOTER = "PT-SITE-FOOTER"  # the contact stands in the footer of the whole site
PILOT = "PT-PILOT"  # a pilot without a list yet
NOT_ENTERED = "PT-NOT-ENTERED"  # the national database does not hold it: nothing to integrate

TRAP_WORDS = {
    OTHER_CODE: "có thủ tục cùng tên mang mã khác",
    ARCHIVE: "trang lưu trữ, có ghi là lưu trữ",
    TRANSITION: "còn trong thời gian chuyển tiếp",
    LOCAL_FEE: "phí, lệ phí do Hội đồng nhân dân tỉnh quy định",
    LOCAL_TIME: "tỉnh rút ngắn thời hạn giải quyết",
    SHARED_FORM: "một tệp có thể chứa nhiều mẫu",
    MINISTRY_LATE: "quyết định của bộ cũng ký sau hạn",
    SITE_FOOTER: "địa chỉ có ở chân trang của cả cổng",
    PILOT: "thí điểm, chưa có danh mục",
    NOT_ENTERED: "Cơ sở dữ liệu quốc gia chưa có để tích hợp",
}

REQUIRED = (Part.NAME, Part.STEPS, Part.METHODS, Part.DOSSIER, Part.DURATION, Part.AUDIENCE, Part.AUTHORITY)  # Điều 8 khoản 2 a to g
IF_ANY = (Part.FORMS, Part.RESULT, Part.REQUIREMENTS, Part.FEES)  # điểm h: only where the procedure has one
HARMFUL = frozenset({Part.DOSSIER, Part.DURATION, Part.FEES, Part.AUTHORITY})
