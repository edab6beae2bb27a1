"""Units of today, and old names that resolve to the unit responsible today."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat.units import UnitKind, Units, UnknownUnit, country, kind_of, province_of


@pytest.fixture(scope="module")
def units() -> Units:
    return country()


def test_the_country_has_its_provinces_and_communes(units: Units) -> None:
    assert len(units.of_kind(UnitKind.PROVINCE)) == 34
    assert len(units.of_kind(UnitKind.COMMUNE)) == 3321


def test_ids_are_unique_and_tell_their_kind_and_province(units: Units) -> None:
    for unit in units:
        assert kind_of(unit.id) is unit.kind
        if unit.parent:
            assert province_of(unit.id) == unit.parent


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UBND tỉnh Yên Bái", "lao-cai"),
        ("Bộ xây dựng (Giao thông vận tải cũ)", "bo-xay-dung"),
        ("Ủy ban nhân dân tỉnh Hoà Bình", "phu-tho"),
        ("Chủ tịch UBND tỉnh Lai Châu", "lai-chau"),
        ("Bà Rịa – Vũng Tàu", "ho-chi-minh"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("Thừa Thiên Huế", "hue"),
        ("tỉnh Đồng Nai", "dong-nai"),
        ("thành phố Đồng Nai", "dong-nai"),
        ("Sở Tư pháp tỉnh Lai Châu", "lai-chau/so-tu-phap"),
        ("Sở Kế hoạch và Đầu tư tỉnh Lai Châu", "lai-chau/so-tai-chinh"),
        ("Sở Tài nguyên và Môi trường tỉnh Yên Bái", "lao-cai/so-nong-nghiep-va-moi-truong"),
        ("UBND xã Than Uyên, tỉnh Lai Châu", "lai-chau/xa-than-uyen"),
        ("Than Uyên, Lai Châu", "lai-chau/xa-than-uyen"),
        ("Bộ Giao thông vận tải", "bo-xay-dung"),
        ("Công an tỉnh Lai Châu", "lai-chau/cong-an-tinh"),
        ("lai-chau/xa-than-uyen", "lai-chau/xa-than-uyen"),
    ],
)
def test_a_name_of_any_time_finds_who_is_responsible_today(units: Units, name: str, expected: str) -> None:
    assert units.find(name).id == expected


@pytest.mark.parametrize("name", ["xã Tân Lập", "xã Không Có Đâu, tỉnh Lai Châu", "UBND tỉnh", "", "Bộ Lao động - Thương binh và Xã hội"])
def test_a_name_of_several_units_or_none_is_not_guessed(units: Units, name: str) -> None:
    with pytest.raises(UnknownUnit):
        units.find(name)


def test_every_former_province_resolves_to_the_one_it_went_into(units: Units) -> None:
    mergers = tomllib.loads((files("rasoat.units") / "data.toml").read_text(encoding="utf-8"))["mergers"]["into"]
    former = [(old, province) for province, entry in mergers.items() for old in entry["from"]]
    assert len(former) == 63 - 34
    assert all(units.find(f"tỉnh {old}").id == new for old, new in former)


def test_the_name_for_people_finds_every_unit_again(units: Units) -> None:
    assert [unit.id for unit in units if units.find(units.name(unit.id)).id != unit.id] == []


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – ", " "])
def test_a_dash_in_a_name_is_written_in_many_ways(units: Units, dash: str) -> None:
    assert units.find(f"xã Chân Mây{dash}Lăng Cô, thành phố Huế").id == "hue/xa-chan-may-lang-co"


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(name: str) -> None:
    with suppress(UnknownUnit):
        assert country().find(name).id in country()
