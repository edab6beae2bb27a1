"""AUTH-01: bodies that are gone, and what they are called today."""

from __future__ import annotations

from datetime import date

import pytest

from rasoat.records import (
    Part,
)
from validators.rules.bodies.bodies_today import gone_bodies, todays_name

DAY = "2026-06-10"


def test_auth01(law, desk):
    desk.texts[Part.AUTHORITY] = "Ủy ban nhân dân cấp huyện; Bộ Giao thông vận tải"
    found = desk.check(DAY)
    assert [(one.rule, one.object) for one in found] == [("AUTH-01", "Ủy ban nhân dân cấp huyện"), ("AUTH-01", "Bộ Giao thông vận tải")]
    assert desk.check("2025-02-28") == []


@pytest.mark.parametrize(
    "text", ["Số 44 Trần Phú, quận Ba Đình, Hà Nội", "UBND cấp xã", "Bộ Xây dựng (trước đây là Bộ Giao thông vận tải)"]
)
def test_bodies_that_are_no_error(text):
    assert gone_bodies(text, date(2026, 6, 10)) == []


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Nông nghiệp và Môi trường"),
        ("UBND tỉnh Yên Bái", "UBND tỉnh Lào Cai"),
        ("UBND tỉnh Quảng Nam", "UBND thành phố Đà Nẵng"),
        ("Sở Y tế tỉnh Hoà Bình", "Sở Y tế tỉnh Phú Thọ"),
        ("UBND tỉnh Lai Châu", "UBND tỉnh Lai Châu"),
        ("Bộ Tư pháp", "Bộ Tư pháp"),
    ],
)
def test_todays_name(then, now):
    assert todays_name(then, date(2026, 6, 10)) == now
    assert todays_name(then, date(2020, 6, 10)) == then


@pytest.mark.parametrize(
    ("body", "since", "today"),
    [
        ("Tòa án nhân dân cấp huyện", date(2025, 7, 1), "Tòa án nhân dân khu vực"),
        ("Công an cấp huyện", date(2025, 3, 1), "Công an cấp xã hoặc Công an cấp tỉnh"),
        ("Bảo hiểm xã hội cấp huyện", None, "Bảo hiểm xã hội cơ sở"),
        ("Chi cục thuế huyện", None, "Thuế cơ sở"),
        ("UBND cấp huyện", date(2025, 7, 1), "UBND cấp xã hoặc cơ quan cấp tỉnh được giao"),
    ],
)
def test_a_sectors_own_successors(body, since, today):
    (gone,) = gone_bodies(body, date(2026, 6, 10))
    assert (gone.since, gone.today) == (since, today)


@pytest.mark.parametrize(
    ("body", "today"),
    [
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("Sở Nông nghiệp và Phát triển nông thôn tỉnh Sơn La", "Sở Nông nghiệp và Môi trường"),
        ("Sở Lao động – Thương binh và Xã hội", "Sở Nội vụ (hoặc Sở Y tế, Sở Giáo dục và Đào tạo theo lĩnh vực)"),
        ("Phòng Tư pháp", "UBND cấp xã hoặc cơ quan cấp tỉnh được giao"),
        ("Ban chỉ huy quân sự huyện", "cơ quan kế nhiệm theo ngành dọc"),
    ],
)
def test_departments_and_offices_of_districts_are_gone_too(body, today):
    assert [gone.today for gone in gone_bodies(body, date(2026, 6, 10))] == [today]
    assert gone_bodies(body, date(2025, 2, 1)) == []


@pytest.mark.parametrize("body", ["Sở Nông nghiệp và Môi trường", "Sở Tài chính", "Phòng Kinh tế cấp xã", "Phòng Tư vấn pháp lý"])
def test_departments_of_today_are_not_gone(body):
    assert gone_bodies(body, date(2026, 6, 10)) == []
