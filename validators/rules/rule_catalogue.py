"""The rule catalogue: what each rule says, how grave it is, its legal basis and the action it asks for.

`action` is one Vietnamese sentence with the fields {document}, {successors}, {provision}, {subject} (provision and document),
{day} and {suggestion}; it accuses of nothing beyond what is proved. `basis` names the
articles that make it a fault.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasoat.records import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    severity: Severity
    title_vi: str
    title_en: str
    basis: str
    action: str


_H, _M, _L, _I = Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO
RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("CITE-01", _H, "Viện dẫn văn bản đã hết hiệu lực toàn bộ", "Cited document wholly expired",
             "Luật 64/2025/QH15 Điều 57; Nghị định 63/2010/NĐ-CP Điều 12, 16",
             "Rà soát để thay viện dẫn {document} bằng {successors}, đối chiếu điều khoản tương ứng và công bố lại thủ tục."),
        Rule("CITE-02", _H, "Viện dẫn điều, khoản đã hết hiệu lực", "Cited provision dead", "Luật 64/2025/QH15 Điều 57 khoản 1",
             "Rà soát để thay viện dẫn {provision} của {document} bằng quy định đang có hiệu lực."),
        Rule("CITE-03", _L, "Số, ký hiệu văn bản không xác định được", "Malformed or unresolvable symbol", "Nghị định 63/2010/NĐ-CP Điều 16",
             "Kiểm tra và chỉnh lại số, ký hiệu {document}{suggestion}."),
        Rule("CITE-04", _L, "Thông tin kèm theo viện dẫn không khớp văn bản", "Wrong attributes", "Nghị định 63/2010/NĐ-CP Điều 16",
             "Đối chiếu ngày, cơ quan ban hành và tên gọi của {document} rồi chỉnh lại viện dẫn."),
        Rule("CITE-05", _M, "Viện dẫn văn bản chưa có hiệu lực", "Cited document not yet in force",
             "Luật 64/2025/QH15 Điều 53; Nghị định 63/2010/NĐ-CP Điều 15",
             "Ghi rõ ngày có hiệu lực của {document} và giữ nội dung cũ cho đến ngày đó."),
        Rule("CITE-06", _H, "Viện dẫn văn bản đang ngưng hiệu lực", "Suspended", "Luật 64/2025/QH15 Điều 56",
             "Rà soát để viện dẫn quy định được áp dụng trong thời gian {document} ngưng hiệu lực."),
        Rule("CITE-07", _I, "Văn bản viện dẫn sắp hết hiệu lực", "Expires within N days", "Luật 64/2025/QH15 Điều 57 khoản 1 điểm a",
             "Chuẩn bị sửa thủ tục trước ngày {day}, khi {subject} hết hiệu lực."),
        Rule("CITE-08", _L, "Viện dẫn đồng thời văn bản cũ và văn bản thay thế", "Both old and new cited", "Nghị định 63/2010/NĐ-CP Điều 16",
             "Xem xét bỏ {document} khỏi danh mục, giữ văn bản thay thế {successors}."),
        Rule("CITE-09", _M, "Viện dẫn văn bản sửa đổi của văn bản đã hết hiệu lực", "Base dead while amendment cited",
             "Luật 64/2025/QH15 Điều 57", "Rà soát {document}: văn bản được sửa đổi đã hết hiệu lực; viện dẫn văn bản thay thế {successors}."),
        Rule("CITE-10", _M, "Cần rà soát: văn bản được quy định chi tiết đã hết hiệu lực", "Suspected expired via parent",
             "Luật 80/2015/QH13 Điều 154 khoản 4; Luật 64/2025/QH15 Điều 57 khoản 2",
             "Đề nghị cơ quan ban hành hoặc Sở Tư pháp xác nhận hiệu lực của {document}."),
        Rule("CITE-11", _M, "Căn cứ chỉ gồm văn bản không phải văn bản quy phạm pháp luật", "Non-normative text as sole basis",
             "Nghị định 63/2010/NĐ-CP Điều 8 khoản 1, Điều 18 khoản 6", "Xác định văn bản quy phạm pháp luật quy định thủ tục và bổ sung vào căn cứ."),
        Rule("CITE-12", _M, "Viện dẫn quyết định đã được thay thế hoặc bãi bỏ", "Superseded decision cited", "Nghị định 63/2010/NĐ-CP Điều 14",
             "Cập nhật viện dẫn {document} theo {successors}."),
        Rule("CITE-13", _H, "Thủ tục đã được cắt giảm, đơn giản hóa hoặc phân quyền theo văn bản áp dụng ưu tiên", "Overridden procedure",
             "Nghị quyết 66.18/2026/NQ-CP Điều 2, 5, 7; Nghị định 63/2010/NĐ-CP Điều 14",
             "Đối chiếu thủ tục với {document}, công bố lại và ngừng yêu cầu phần đã được cắt giảm."),
        Rule("CITE-14", _M, "Mẫu đơn ban hành kèm văn bản đã hết hiệu lực", "Form of a dead document",
             "Nghị định 63/2010/NĐ-CP Điều 8 khoản 2 điểm h", "Rà soát để thay mẫu ban hành kèm {document} bằng mẫu đang có hiệu lực."),
        Rule("CITE-15", _H, "Căn cứ thu phí, lệ phí đã hết hiệu lực", "Fee basis dead", "Nghị định 63/2010/NĐ-CP Điều 8 khoản 2 điểm h; Điều 6 khoản 1",
             "Rà soát mức thu đang nêu theo {document} và cập nhật theo văn bản đang có hiệu lực."),
        Rule("AUTH-01", _M, "Cơ quan giải quyết được nêu không còn trong tổ chức bộ máy", "Body no longer exists",
             "Chính quyền địa phương hai cấp từ 01/07/2025; sắp xếp bộ, ngành từ 01/03/2025",
             "Rà soát để công bố lại cơ quan giải quyết hiện nay thay cho {document}."),
        Rule("CONS-01", _L, "Các nguồn nêu tình trạng hiệu lực khác nhau", "Sources disagree on status", "Nghị định 63/2010/NĐ-CP Điều 16",
             "Đối chiếu tình trạng hiệu lực của {document} giữa các nguồn và thống nhất."),
        Rule("REVIEW", _I, "Cần người xem xét", "For review", "Luật 64/2025/QH15 Điều 57", "Đối chiếu {document} với bản gốc và ghi kết luận."),
    )
}  # fmt: skip
