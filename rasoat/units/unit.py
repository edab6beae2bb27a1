"""What a unit is, and what its id tells without asking a register.

Ids are slugs that outlive a change of type: a province by its bare name ("dong-nai": tỉnh or thành phố, 202/2025/QH15), what
belongs to it below it ("dong-nai/xa-long-thanh", "dong-nai/so-tu-phap"), a ministry by its name ("bo-tu-phap").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NATION = "viet-nam"
CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong"
_COMMUNES = ("xa-", "phuong-", "dac-khu-")
_MINISTRIES = ("bo-", "ngan-hang-", "thanh-tra-chinh-phu", "van-phong-chinh-phu")
_AT_PLACE = ("cong-an-", "bo-chi-huy-", "thue-", "bao-hiem-", "hai-quan-", "kho-bac-", "thi-hanh-an-", "ngan-hang-")


class UnitKind(StrEnum):
    NATION = "nation"
    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    DEPARTMENT = "department"  # sở, ban, văn phòng of a province
    CENTRE = "centre"  # Trung tâm Phục vụ hành chính công of a province
    CENTRAL_AT_PLACE = "central_at_place"  # ngành dọc


CENTRAL = frozenset({UnitKind.NATION, UnitKind.MINISTRY})


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `parent` is its province, or the ministry above a body at place (`ministry`); `code` the statistical code."""

    id: str
    name: str
    kind: UnitKind
    parent: str | None = None
    code: int | None = None
    ministry: str | None = None


def kind_of(unit: str) -> UnitKind:
    """The kind that an id tells; an id of no known form is taken for a province's."""
    head, _, own = unit.partition("/")
    if not own:
        if head == NATION:
            return UnitKind.NATION
        return UnitKind.MINISTRY if head.startswith(_MINISTRIES) else UnitKind.PROVINCE
    if own.startswith(_COMMUNES):
        return UnitKind.COMMUNE
    if own == CENTRE:
        return UnitKind.CENTRE
    return UnitKind.CENTRAL_AT_PLACE if own.startswith(_AT_PLACE) else UnitKind.DEPARTMENT


def lies_in(unit: str, head: str) -> bool:
    """Whether a unit is another or lies below it."""
    return unit == head or unit.startswith(f"{head}/")


def province_of(unit: str) -> str | None:
    """The province a unit lies in (itself for a province), None for the nation and its ministries."""
    head = unit.partition("/")[0]
    return None if kind_of(head) in CENTRAL else head
