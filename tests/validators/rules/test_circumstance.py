"""Words around a mention that excuse it, and words that look like them and do not."""

from __future__ import annotations

import pytest

from rasoat.records import Part, Verb

DAY = "2026-06-10"


@pytest.fixture
def old(law):
    """A decree that ended on 01/07/2020."""
    dead, new = law.doc("83/2013/NĐ-CP", "2013-05-01", "2013-07-01"), law.doc("126/2020/NĐ-CP", "2020-05-10", "2020-07-01")
    law.effect(Verb.REPLACES, new, dead)
    return dead


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        ("Không áp dụng ", ".", "FP4"),
        ("Từ ngày 05/12/2020, bãi bỏ việc thực hiện theo ", ".", "FP4"),
        ("Trước đây, việc khai thuế thực hiện theo ", ".", "FP4"),
        ("Kê khai (nội dung này trước đây quy định tại ", ").", "FP4"),
        ("Nội dung thay đổi so với quy định cũ tại ", ".", "FP4"),
        ("Đơn đã thụ lý trước 01/01/2019 thì giải quyết theo ", ".", "FP4"),
        ("Nghĩa vụ phát sinh năm 2015 thì khai theo ", ".", "FP4"),
        ("Hồ sơ tiếp nhận trong giai đoạn từ 2013 đến 2018 xử lý theo ", ".", "FP4"),
        ("Tờ khai theo ", " (áp dụng đối với kỳ thuế trước năm 2020).", "FP4"),
        ("Nộp theo ", " của Chính phủ (được thay thế bởi Nghị định số 126/2020/NĐ-CP).", "FP4"),
        ("Đối với dự án đã được chấp thuận theo ", " thì không phải làm lại.", "FP5"),
        ("Doanh nghiệp thành lập theo ", " nộp bản sao.", "FP5"),
        ("Thương nhân đã được cấp giấy chứng nhận theo ", ".", "FP5"),
        ("Người nộp thuế đã đăng ký thuế theo ", " không phải đăng ký lại.", "FP5"),
        ("Chứng chỉ quy định tại ", " còn hiệu lực.", "FP5"),
        ("Giấy chứng nhận cấp theo ", ".", "FP5"),
        ("Giấy phép đã được cấp theo quy định tại Điều 5 ", " không phải đổi.", "FP5"),
        ("Nhà ở bố trí cho thuê theo ", " thì được mua.", "FP5"),
        ("Giấy phép theo mẫu ", " được tiếp tục sử dụng đến hết.", "FP5"),
        ("Chuyển đổi giấy phép theo ", " sang giấy phép mới.", "FP5"),
        ("Văn bản hợp nhất số 15/VBHN-BTC ngày 09/5/2018 hợp nhất ", ".", "FP6"),
        ("Thực hiện theo ", " và các văn bản hướng dẫn, sửa đổi, bổ sung, thay thế.", "FP17"),
        ("Thực hiện theo ", " (hoặc nghị định thay thế nếu có).", "FP17"),
    ],
)
def test_excused(old, desk, before, after, by):
    (found,) = [one for one in desk.cite(old, Part.STEPS, before=before, after=after).rules(DAY) if one[0] == "CITE-01"]
    assert by in found[2]
    assert found[1] == "info"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Nộp hồ sơ theo ", " (thay thế Nghị định số 12/2001/NĐ-CP)."),
        ("Trước khi khởi công, tổ chức nộp hồ sơ theo ", "."),
        ("Nộp tờ khai trước ngày 20 hằng tháng theo ", "."),
        ("Giấy phép được cấp trong 5 ngày. Mẫu đơn theo ", "."),
        ("Giai đoạn 2024 đến 2026 thực hiện theo ", "."),
        ("Trường hợp không thực hiện đúng quy định tại ", " thì bị từ chối."),
        ("Mẫu đơn theo ", " và Nghị định số 5/2024/NĐ-CP thay thế mẫu số 2."),
        ("Cấp giấy chứng nhận trong 15 ngày theo ", "."),
        ("Lập hồ sơ đề nghị xác nhận theo quy định tại Điều 16 ", "."),
        ("Lập hồ sơ đề nghị công nhận theo ", "."),
        ("Cơ quan đăng ký cấp theo quy định tại khoản 2 Điều 5 ", "."),
        ("Giấy phép được cấp theo mẫu ban hành kèm theo ", "."),
        ("Sở xem xét công nhận theo ", " trong 10 ngày."),
        ("Chi cục tiến hành giao theo trình tự tại ", "."),
        ("Tổ chức phải xác nhận theo ", "."),
        ("Giấy chứng nhận được xác nhận theo quy định tại Điều 7 ", "."),
    ],
)
def test_not_excused(old, desk, before, after):
    assert desk.cite(old, Part.STEPS, before=before, after=after).rules(DAY) == [("CITE-01", "high", ())]


@pytest.mark.parametrize(
    ("before", "suppressed"),
    [
        ("Thông tư số 45/2022/TT-BTC ngày 01/7/2022 của Bộ trưởng Bộ Tài chính bãi bỏ ", ("FP6",)),
        ("Thông tư số 45/2022/TT-BTC bãi bỏ toàn bộ Nghị định số 10/2001/NĐ-CP và ", ("FP6",)),
        ("Thông tư số 45/2022/TT-BTC bãi bỏ Thông tư số 2/2010/TT-BTC; ", ()),
        ("Thông tư số 45/2022/TT-BTC quy định về phí, ", ()),
        ("Luật trước đây; ", ()),
    ],
)
def test_in_a_list_of_bases(old, desk, before, suppressed):
    assert [one[2] for one in desk.cite(old, before=before).rules(DAY) if one[0] == "CITE-01"] == [suppressed]
