"""Beside each formula of the catalogue (1 to 36) a sentence that looks like it and must not be read as it."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from rasoat.records import Verb

DECREE = SourceHead("300/2026/NĐ-CP", "Nghị định", date(2026, 6, 10), date(2026, 8, 5))
CIRCULAR = SourceHead("40/2026/TT-BTC", "Thông tư", date(2026, 6, 10), date(2026, 8, 5))
RESOLUTION = SourceHead("66.77/2026/NQ-CP", "Nghị quyết", date(2026, 6, 10), date(2026, 7, 1))
Read = tuple[str, str | None, tuple[str, ...]]


def read(text: str, source: SourceHead) -> list[Read]:
    return [(e.verb.value, e.target.number or e.target.quote if e.target else None, e.provisions) for e in read_clauses(text, source)]


@pytest.mark.parametrize(
    ("formula", "text", "expected"),
    [
        (1, "Giấy phép có hiệu lực thi hành từ ngày 05 tháng 8 năm 2026.", []),
        (1, "Hợp đồng này có hiệu lực từ ngày 05 tháng 8 năm 2026.", []),
        (2, "Quyết định thu hồi có hiệu lực thi hành kể từ ngày ký ban hành.", []),
        (3, "Thỏa thuận có hiệu lực kể từ ngày ký, trừ trường hợp các bên có quy định khác.", []),
        (4, "Cơ quan cấp phép trả lời sau 10 ngày kể từ ngày ký biên bản.", []),
        (5, "Danh mục được công khai sau 15 ngày, kể từ ngày đăng Công báo.", []),
        (6, "Người nộp hồ sơ nhận kết quả sau 45 ngày kể từ ngày ký.", []),
        (7, "Hồ sơ nêu tại Điều 11 và 12 của Nghị định này được nộp từ ngày 01 tháng 7 năm 2026.", []),
        (8, "Giấy chứng nhận có giá trị từ ngày 01/07/2026 đến hết ngày 28/02/2027.", []),
        (9, "Việc khảo sát nêu tại Chương IV Nghị định này hoàn thành trước ngày 01 tháng 3 năm 2027.", []),
        (10, "Bộ Tài chính trình Chính phủ ban hành nghị định thay thế Nghị định số 102/2017/NĐ-CP.", []),
        (11, "Mẫu này thay thế mẫu ban hành kèm theo Thông tư số 15/2015/TT-BTC.", []),
        (12, "Giấy phép cấp theo Nghị định số 64/2014/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.", []),
        (13, "Thẻ cấp theo Luật Tiếp dân số 03/2011/QH13 hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.", []),
        (14, "Các giấy phép sau hết hiệu lực từ ngày Nghị định này có hiệu lực thi hành:\na) Giấy phép cấp theo Nghị định số 61/2018/NĐ-CP;", []),
        (14, "Các giấy phép cấp theo các nghị định sau hết hiệu lực từ ngày Nghị định này có hiệu lực:\na) Nghị định số 61/2018/NĐ-CP;", []),
        (15, "Các chứng chỉ sau đây hết hiệu lực kể từ ngày Luật Đầu tư có hiệu lực thi hành:\na) Chứng chỉ theo Nghị định số 31/2021/NĐ-CP.", []),
        (16, "Bộ Y tế đề xuất bãi bỏ Nghị định số 60/2024/NĐ-CP.", []),
        (17, "Việc bãi bỏ toàn bộ Thông tư số 55/2010/TT-BTC do Bộ trưởng xem xét.", []),
        (18, "Rà soát, kiến nghị bãi bỏ các văn bản sau đây:\na) Nghị định số 77/2001/NĐ-CP;", []),
        (19, "Thiết bị thay thế các thiết bị sau theo Nghị định số 22/2016/NĐ-CP.", []),
        (20, "Trường hợp Thông tư số 79/2020/TT-BCA được thay thế thì thực hiện theo thông tư mới.", []),
        (21, "Các quy định khác của Nghị định số 66/2016/NĐ-CP, trừ Điều 12 và Chương IV, tiếp tục được thực hiện.", []),
        (22, "Quy định về khiếu nại trong Luật Khiếu nại số 02/2011/QH13 được áp dụng.", []),
        (23, "Các quy định trước đây trái với quy định tại Nghị định này đều bị bãi bỏ.", []),
        (24, "Tổ chức nêu tại khoản 1, khoản 2 Điều 12 Nghị định số 23/2015/NĐ-CP bị bãi bỏ quyết định công nhận.", []),
        (25, "Khoản 9 Điều 1 Nghị định số 67/2025/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 18/2025/NĐ-CP được áp dụng cho hồ sơ cũ.", []),
        (26, "Hồ sơ theo các quy định sau đây hết hiệu lực:\na) Điều 11 của Nghị định số 71/2024/NĐ-CP.", []),
        (27, "Tổ chức đề nghị sửa đổi, bổ sung điểm b khoản 1 Điều 7 giấy phép theo Nghị định số 18/2025/NĐ-CP.", []),
        (28, "Người khai thay thế cụm từ “tên cũ” trong đơn theo Nghị định số 18/2025/NĐ-CP.", []),
        (29, "Trong đơn không ghi cụm từ “cấp huyện” quy định tại Điều 55 Nghị định số 34/2016/NĐ-CP.", []),
        (30, "Nghị định số 63/2020/NĐ-CP được bãi bỏ một phần bởi Nghị định số 72/2025/NĐ-CP.", []),
        (31, "Người nộp thay thế Phụ lục I của hồ sơ theo Thông tư số 07/2019/TT-BTC.", []),
        (32, "Căn cứ Nghị định số 09/2020/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 18/2012/NĐ-CP;", []),
        (33, "Cơ sở bị tạm ngưng hoạt động theo Nghị định số 46/2026/NĐ-CP cho đến hết ngày 15/4/2026.", []),
        (34, "Hồ sơ đã nộp trước ngày Nghị định này có hiệu lực thì thực hiện theo quy định tại Nghị định số 60/2024/NĐ-CP.", []),
        (35, "Khi giấy tờ dẫn chiếu trong hồ sơ được sửa đổi, bổ sung thì nộp bản mới.", []),
        (36, "Trường hợp thỏa thuận khác với hợp đồng thì thực hiện theo Nghị định này và thỏa thuận của các bên.", []),
    ],
)  # fmt: skip
def test_looks_like_it_and_is_not(formula: int, text: str, expected: list[Read]) -> None:
    source = CIRCULAR if "Thông tư số" in text else DECREE
    assert read(text, source) == expected, formula


def test_every_formula_has_its_near_miss() -> None:
    (mark,) = (mark for mark in test_looks_like_it_and_is_not.pytestmark if mark.name == "parametrize")
    assert {row[0] for row in mark.args[1]} == set(range(1, 37))


def test_a_self_extinguishing_clause_ends_nothing_by_itself() -> None:
    """The second half of formula 36 (Nghị quyết 66.18/2026/NQ-CP Điều 7 khoản 4): which provisions end, no text says."""
    text = (
        "4. Trường hợp nghị định được ban hành và có hiệu lực thì các quy định tương ứng trong Nghị quyết này hết hiệu lực kể từ ngày đó."
    )
    assert [verb for verb, _, _ in read(text, RESOLUTION) if verb in (Verb.EXPIRES, Verb.REPEALS, Verb.REPLACES)] == []
