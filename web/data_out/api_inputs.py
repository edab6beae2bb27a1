"""What a question to the API may bring: days, numbers and names in the one form that its description tells, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BeforeValidator, Field

MOST = 100  # lines of a page
DEEPEST_PAGE = 100  # of lists that are counted in pages: with MOST lines the ten thousandth place
LONGEST_NAME = 400
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,8})", re.ASCII)


def _iso_day(given: Any) -> Any:
    """Only a day as it is described: a bare number is a moment for pydantic, and would be some day of 1970."""
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("a day like 2026-06-10 is needed")
    return given


def _digits(given: Any) -> Any:
    if isinstance(given, str) and not _WHOLE.fullmatch(given):
        raise ValueError("a whole number is needed")
    return given


_IsoDay = Annotated[date, BeforeValidator(_iso_day)]
# The bounds stand inside the check of the digits: outside of it the description would not tell them.
_Lines = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(_digits)]
_PageBounds = Annotated[int, Field(ge=1, le=DEEPEST_PAGE), BeforeValidator(_digits)]
_DayCount = Annotated[int, Field(ge=1, le=366), BeforeValidator(_digits)]

AsOf = Annotated[_IsoDay | None, Query(description="Ngày xét, mặc định hôm nay / the day asked about, today where none is given")]
Ngay = Annotated[_IsoDay | None, Query(description="Như as_of, theo địa chỉ của trang / the same, as pages write it")]
Limit = Annotated[_Lines, Query(description="Số dòng mỗi trang / lines of a page")]
PageGiven = Annotated[_PageBounds, Query(description="Trang, đếm từ 1 / page, from 1")]
After = Annotated[
    str, Query(max_length=LONGEST_NAME, description="Tên cuối cùng của trang trước; lấy từ `next` / the last name of the page before")
]
Text = Annotated[str, Query(max_length=LONGEST_NAME, description="Điều cần tìm / what to find")]
Named = Annotated[str | None, Query(max_length=LONGEST_NAME)]
Days = Annotated[_DayCount, Query(description="Bao nhiêu ngày / how many days")]
CodeGiven = Annotated[str, Path(max_length=60, description="Mã thủ tục / code of a procedure, 1.001193")]
DocumentName = Annotated[
    str, Path(max_length=LONGEST_NAME, description="Số văn bản hoặc địa chỉ rút gọn / number (63/2010/NĐ-CP) or slug (63-2010-nd-cp)")
]
DocumentNumber = Annotated[
    str, Query(max_length=LONGEST_NAME, pattern=r"\S", description="Số văn bản / number of a document, 63/2010/NĐ-CP")
]
_PROVISION = r"^[a-z]+(-[a-z]+)*-[0-9A-Za-zđ.]+(/[a-z]+(-[a-z]+)*-[0-9A-Za-zđ.]+)*$"
_PROVISION_SAID = "Đường dẫn điều khoản / path of a provision: dieu-5/khoan-2/diem-a"
ProvisionPath = Annotated[str, Path(max_length=300, pattern=_PROVISION, description=_PROVISION_SAID)]
ProvisionGiven = Annotated[str | None, Query(max_length=300, pattern=_PROVISION, description=_PROVISION_SAID)]
UnitId = Annotated[str, Path(max_length=200, description="Mã đơn vị / id of a unit: bo-tu-phap, lai-chau/xa-than-uyen")]
SearchKind = Literal["any", "procedure", "document", "article"]
SearchOrder = Literal["relevance", "newest", "oldest", "title", "key"]
