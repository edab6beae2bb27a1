"""Procedures as an office captured them from the portal's pages: JSONL, one procedure a line.

Table cells are glued ("…/TT-BCA22/2023/TT-BCAQUY ĐỊNH…") and stay so: quotes and offsets refer to the text as published.
Only what the page puts around a procedure (a box to choose an office, a button, "Không có thông tin") is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.imports.jsonl import explain, lines
from extractors.sources.source import Parsed, Piece, Refused
from rasoat.records import Origin, Part, Procedure, PublicationDecision, SourceRank
from rasoat.vietnamese import nfc, slug, squeeze

SOURCE = "import:procedures"
CAPTURE, SHARED_PAGE = "capture", "capture-shared-page"
UNKNOWN_NAME = "(chưa rõ tên thủ tục)"
EMPTY = frozenset({"", "--", "không có thông tin", "không có thông tin."})
_FURNITURE = re.compile(r"Chọn cơ quan thực hiện\s*Tỉnh/ Thành phố.*Nộp hồ sơ\s*$|Nộp hồ sơ\s*$", re.DOTALL)
_NO_KEYWORDS = re.compile(r"(?<!\s)\s*+(?:Từ khóa|Mô tả)\s*+Không có thông tin\s*$")
_TEST_CODE = re.compile(r"\s*9\.9{5,}")
_BODIES = (
    "Bộ Công an", "Bộ Công Thương", "Bộ Dân tộc và Tôn giáo", "Bộ Giáo dục và Đào tạo", "Bộ Khoa học và Công nghệ", "Bộ Ngoại giao",
    "Bộ Nội vụ", "Bộ Nông nghiệp và Môi trường", "Bộ Quốc phòng", "Bộ Tài chính", "Bộ Tư pháp", "Bộ Văn hóa, Thể thao và Du lịch",
    "Bộ Xây dựng", "Bộ Y tế", "Ngân hàng Nhà nước Việt Nam", "Thanh tra Chính phủ", "Văn phòng Chính phủ", "Tòa án nhân dân",
)  # fmt: skip
_BY_SLUG = {slug(name): name for name in _BODIES} | {
    "bo-nong-nghiep-mt": "Bộ Nông nghiệp và Môi trường",
    "ngan-hang-nha-nuoc": "Ngân hàng Nhà nước Việt Nam",
    "toa-an-nhan-dan-toi-cao": "Tòa án nhân dân",
}


class CapturedProcedure(BaseModel):
    """One line of a procedures JSONL: the portal's page as text, part by part. Only code and name must be there."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    code: str = Field(min_length=1, description="mã thủ tục: 1.001193")
    name: str = Field(min_length=1)
    captured_on: date | None = Field(default=None, description="ngày chụp trang / the day the page was captured")
    decision_number: str = ""
    decision_date: date | None = None
    levels: str = ""
    kind: str = ""
    field: str = ""
    audience: str = ""
    authority: str = ""
    receiving_address: str = ""
    executing_agency: str = ""
    steps: str = ""
    methods: str = ""
    dossier: str = ""
    duration: str = ""
    fees: str = ""
    forms: str = ""
    legal_basis: str = ""
    requirements: str = ""
    result: str = ""
    url: str = ""
    publisher: str = ""
    state: str = ""


def capture_pieces(data: bytes) -> Iterator[Piece]:
    """One piece a line. Lines whose page address stands beside several codes are marked: a page shows one procedure, so at
    most one of them is right, and nothing in the file says which: their codes are kept, what the page says is not."""
    found = [(number, line, *_identity(line)) for number, line in lines(data)]
    codes = Counter(url for url, _ in {(url, code) for _, _, code, url in found if url})
    for number, line, _, url in found:
        yield Piece(SOURCE, SHARED_PAGE if codes[url] > 1 else CAPTURE, f"line {number}", line)


def _identity(line: bytes) -> tuple[str, str]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return "", ""
    return (str(record.get("code") or ""), str(record.get("url") or "")) if isinstance(record, dict) else ("", "")


def parse_capture(piece: Piece, origin: Origin, observed_on: date) -> Parsed:
    """One captured page → a procedure as it was observed on the day of its capture, or the reason why not."""
    try:
        record = CapturedProcedure.model_validate_json(piece.body)
    except ValidationError as error:
        return Parsed(refused=[Refused(piece.place, explain(error))])
    if refused := refusal(record.code, piece.place):
        return Parsed(refused=[refused])
    procedure = _procedure(record, Origin(origin.capture, piece.place), observed_on)
    if piece.kind != SHARED_PAGE:
        return Parsed(procedures=[procedure])
    reason = "nhiều mã thủ tục cùng một địa chỉ trang: không biết nội dung này của mã nào / several codes share this page's address"
    bare = Procedure(
        code=procedure.code,
        name=UNKNOWN_NAME,
        source=SOURCE,
        source_rank=SourceRank.LIST_ROW,
        observed_on=procedure.observed_on,
        origin=procedure.origin,
        missing=("detail",),
    )
    return Parsed(procedures=[bare], refused=[Refused(piece.place, f"{record.code}: {reason}")])


def refusal(code: str, place: str) -> Refused | None:
    """The portal's live test rows ("9.999999-Xoa"); other odd codes are kept as they are."""
    if _TEST_CODE.match(code):
        return Refused(place, f"{code.strip()}: mã thử nghiệm của Cổng / a test row of the portal")
    return None


def _procedure(record: CapturedProcedure, origin: Origin, observed_on: date) -> Procedure:
    decision = present(record.decision_number)
    return Procedure(
        code=record.code.strip(),
        name=squeeze(record.name),
        source=SOURCE,
        source_rank=SourceRank.PAGE_CAPTURE,
        observed_on=record.captured_on or observed_on,
        origin=origin,
        parts=_parts(record),
        decision=PublicationDecision(squeeze(decision), record.decision_date) if decision else None,
        levels=listed(record.levels),
        fields=tuple(filter(None, [present(squeeze(record.field))])),
        publisher=publisher_name(record.publisher),
        executing=tuple(filter(None, [present(squeeze(record.executing_agency))])),
        audience=listed(record.audience),
        kind=present(squeeze(record.kind)) or None,
        state=present(record.state) or None,
        url=record.url or None,
    )


def _parts(record: CapturedProcedure) -> dict[Part, str]:
    texts = {
        Part.NAME: record.name,
        Part.STEPS: record.steps,
        Part.METHODS: record.methods,
        Part.DOSSIER: record.dossier,
        Part.DURATION: record.duration,
        Part.AUDIENCE: record.audience,
        Part.AUTHORITY: record.authority or record.executing_agency,
        Part.FORMS: record.forms,
        Part.RESULT: record.result,
        Part.REQUIREMENTS: record.requirements,
        Part.FEES: record.fees,
        Part.LEGAL_BASIS: record.legal_basis,
    }
    return {part: text for part, raw in texts.items() if (text := present(published(raw)))}


def published(raw: str) -> str:
    """The text in NFC without the page's furniture at its end; all else verbatim, offsets from the start survive."""
    text = _FURNITURE.sub("", nfc(raw))
    while (shorter := _NO_KEYWORDS.sub("", text)) != text:
        text = shorter
    return text.rstrip()


def present(text: str) -> str:
    """The text, or "" where it only says that there is none."""
    return "" if squeeze(text).lower() in EMPTY else text


def listed(text: str) -> tuple[str, ...]:
    """A list joined by commas or lines; a comma in brackets parts nothing ("Tổ chức (không bao gồm doanh nghiệp, HTX)")."""
    parts = re.split(r"\s*(?:\n|,\s)\s*(?![^(]*\))", nfc(text))
    return tuple(squeeze(part) for part in parts if present(part))


def publisher_name(raw: str) -> str | None:
    """The body's name: from a slug of an address ("bo-cong-an" → "Bộ Công an"), else as written."""
    name = squeeze(raw)
    return _BY_SLUG.get(name, name) or None
