"""The words people read for what records say: statuses, parts, confidences, provisions. Vietnamese; one place for each word."""

from __future__ import annotations

import re
from datetime import date

from rasoat.records import Confidence, LegalDocument, Part, Severity, Status
from rasoat.records.postings import Channel
from rasoat.vietnamese import slug

STATUS = {
    Status.NOT_YET: "chưa có hiệu lực",
    Status.IN_FORCE: "còn hiệu lực",
    Status.PARTLY_IN_FORCE: "hết hiệu lực một phần",
    Status.SUSPENDED: "đang ngưng hiệu lực",
    Status.EXPIRED: "hết hiệu lực",
    Status.UNKNOWN: "chưa đủ căn cứ kết luận",
    Status.UNKNOWN_DOCUMENT: "không có văn bản này trong dữ liệu",
    Status.AMBIGUOUS: "nhiều văn bản cùng số, cần nêu cơ quan ban hành",
    Status.NOT_NORMATIVE: "không phải văn bản quy phạm pháp luật",
}
REASON = {
    "ambiguous": "nhiều văn bản cùng mang số này",
    "consolidated_text": "văn bản hợp nhất, xét theo các văn bản thành phần",
    "ended": "đã có điều khoản chấm dứt",
    "ends_later": "chỉ chấm dứt sau ngày xét",
    "individual_act": "văn bản cá biệt: xét theo chuỗi quyết định thay thế",
    "left_codified_law": "không còn trong Bộ pháp điển, chưa thấy điều khoản chấm dứt",
    "no_entry_date": "chưa rõ ngày có hiệu lực",
    "no_sign_of_life": "không có dấu hiệu còn hiệu lực trong thời gian gần ngày xét",
    "not_yet": "ngày có hiệu lực sau ngày xét",
    "sign_of_life": "có dấu hiệu còn hiệu lực",
    "survivors": "đã chấm dứt, trừ một số điều",
    "survivors_unnamed": "đã chấm dứt, trừ nội dung không nêu rõ điều khoản",
    "suspended": "có điều khoản ngưng hiệu lực",
    "unknown_document": "chưa có bản ghi nào của văn bản này",
}
CONFIDENCE = {Confidence.HIGH: "cao", Confidence.MEDIUM: "trung bình", Confidence.LOW: "thấp"}
SEVERITY = {Severity.HIGH: "Cao", Severity.MEDIUM: "Trung bình", Severity.LOW: "Thấp", Severity.INFO: "Thông tin"}
STATE = {"open": "mới", "needs_review": "cần xem lại", "confirmed": "đã xác nhận", "dismissed": "đã bác", "fixed": "đã sửa"}
PART = {
    Part.NAME: "tên thủ tục", Part.STEPS: "trình tự thực hiện", Part.METHODS: "cách thức thực hiện", Part.DOSSIER: "thành phần hồ sơ",
    Part.DURATION: "thời hạn giải quyết", Part.AUDIENCE: "đối tượng thực hiện", Part.AUTHORITY: "cơ quan giải quyết",
    Part.FORMS: "mẫu đơn, tờ khai", Part.RESULT: "kết quả", Part.REQUIREMENTS: "yêu cầu, điều kiện", Part.FEES: "phí, lệ phí",
    Part.LEGAL_BASIS: "căn cứ pháp lý",
}  # fmt: skip
CHANNEL = {
    Channel.NATIONAL_DATABASE: "Cơ sở dữ liệu quốc gia về thủ tục hành chính",
    Channel.PREMISES: "trụ sở, nơi tiếp nhận",
    Channel.PORTAL: "cổng thông tin điện tử",
}
_PARTS = {part.value: word for part, word in PART.items()} | {channel.value: word for channel, word in CHANNEL.items()}
_PARTS["reception"] = "danh mục tiếp nhận không phụ thuộc địa giới"
_LEVELS = {
    "dieu": "Điều", "khoan": "khoản", "diem": "điểm", "chuong": "Chương", "muc": "Mục", "phan": "Phần", "phu-luc": "Phụ lục",
    "mau-so": "Mẫu số", "tieu-muc": "Tiểu mục",
}  # fmt: skip
_BASES = {
    "stated": "ngày ghi trong văn bản",
    "own_entry": "ngày văn bản chấm dứt có hiệu lực",
    "sign_date": "ngày ký",
    "sign_plus": "số ngày sau ngày ký",
    "gazette_plus": "số ngày sau ngày đăng Công báo",
    "anchored": "ngày một văn bản khác có hiệu lực",
    "term": "thời hạn ghi trong văn bản",
    "unstated": "không ghi ngày",
    "unknown": "chưa rõ",
}
_SOURCES = {"phapdien": "Bộ pháp điển", "vbpl": "vbpl.vn", "dichvucong": "Cổng Dịch vụ công quốc gia"}
_SENTENCES = (
    (re.compile(r"stands in the codified law of (\S+)"), "có trong Bộ pháp điển ngày {}"),
    (re.compile(r"stood in the codified law of (\S+), not in that of (\S+)"), "có trong Bộ pháp điển ngày {}, không còn trong bản ngày {}"),
    (re.compile(r"stated by import\S* on (\S+)"), "bản chép nạp ngày {}"),
    (re.compile(r"stated by (\S+) on (\S+)"), "{} nêu, ghi nhận ngày {}"),
    (re.compile(r"(\S+) says (“[^”]*”) on (\S+)"), "{} nêu {}, ghi nhận ngày {}"),
    (re.compile(r"amended by (\S+) on (\S+)"), "được {} sửa đổi ngày {}"),
    (re.compile(r"corrected by (\S+) on (\S+)"), "được {} đính chính ngày {}"),
    (re.compile(r"suspended by (\S+) on (\S+)"), "bị {} ngưng hiệu lực ngày {}"),
    (re.compile(r"revived by (\S+) on (\S+)"), "được {} khôi phục hiệu lực ngày {}"),
    (re.compile(r"revived by (\S+)"), "được {} khôi phục hiệu lực"),
    (re.compile(r"prolonged by (\S+) on (\S+)"), "được {} kéo dài hiệu lực ngày {}"),
    (re.compile(r"partly ended by (\S+) on (\S+)"), "bị {} chấm dứt một phần ngày {}"),
    (re.compile(r"entered into force on (\S+) \((.*)\)"), "có hiệu lực ngày {} ({})"),
    (re.compile(r"kept in force until (\S+)"), "được giữ hiệu lực đến trước ngày {}"),
    (re.compile(r"spared by the clause that ended the rest"), "được điều khoản chấm dứt phần còn lại giữ lại"),
    (re.compile(r"survivors are named by subject only"), "phần còn lại chỉ được nêu theo nội dung, không nêu điều khoản"),
    (re.compile(r"suspension over"), "hết thời gian ngưng hiệu lực"),
    (re.compile(r"issued only on (\S+)"), "chỉ được ban hành ngày {}"),
    (re.compile(r"issued on (\S+); its entry into force is not known"), "ban hành ngày {}, chưa rõ ngày có hiệu lực"),
    (re.compile(r"its number is of (\d+)"), "mang số của năm {}"),
    (re.compile(r"its fate is the chain of decisions"), "xét theo chuỗi quyết định thay thế"),
    (re.compile(r"several documents bear this number"), "nhiều văn bản cùng mang số này"),
    (re.compile(r"no record of (?:this document|(\S+))"), "chưa có bản ghi nào của văn bản này"),
    (re.compile(r"a consolidated text without known components"), "văn bản hợp nhất chưa rõ văn bản thành phần"),
    (re.compile(r"consolidates ([^:]*): (.*)"), "hợp nhất {}: {}"),
    (re.compile(r"ends only on (\S+)"), "chỉ chấm dứt từ ngày {}"),
    (re.compile(r"only cited; no date of entry into force is known"), "chỉ được viện dẫn, chưa rõ ngày có hiệu lực"),
    (re.compile(r"no sign of life within (\d+) months before the day"), "không có dấu hiệu nào trong {} tháng trước ngày xét"),
)


def part(name: str) -> str:
    """A finding's part in words: of a procedure, else the channel it was posted on, else the decision it stands in, as it is."""
    return _PARTS.get(name, name)


def provision(path: str | None) -> str:
    """A path in words, inner first: "dieu-90/khoan-2" → "khoản 2 Điều 90"; "" for none."""
    words = []
    for piece in reversed((path or "").split("/")):
        name, _, number = piece.rpartition("-")
        words.append(f"{_LEVELS.get(name, name)} {number}".strip())
    return " ".join(words).strip()


def basis(said: str) -> str:
    """What a verdict or an interval rests on, in words; what has no words here is shown as it is."""
    if said in _BASES:
        return _BASES[said]
    for pattern, words in _SENTENCES:
        if found := pattern.fullmatch(said):
            return words.format(*(_shown(group) for group in found.groups()))
    return said


def doubt(kind: str, document: str, on: date, end: date) -> str:
    """Why a computed end should be checked ("shown_after_end" or "entry_disputed" of `status`)."""
    if kind == "shown_after_end":
        return f"ngày {day(on)} nguồn chính thức vẫn xếp vào loại còn hiệu lực, sau ngày hết hiệu lực tính được ({day(end)})"
    return f"điều khoản của {document} cho ngày có hiệu lực {day(end)}, hồ sơ văn bản ghi {day(on)}"


def called(document: LegalDocument) -> str:
    """A document by its number; where others share the number, by type, number, day and issuer, as far as needed and known."""
    if document.id == document.number:
        return document.number
    named = f"{document.type} {document.number}"
    if document.id == f"{document.number}@{slug(document.type)}":
        return named
    issued = f" ngày {day(document.issued_on)}" if document.issued_on else ""
    return named + issued + (f" của {document.issuer}" if document.issuer else "")


def day(value: date) -> str:
    """A day as people write it: 01/07/2026."""
    return value.strftime("%d/%m/%Y")


def number(value: int) -> str:
    """A count as Vietnamese write it: 5.720."""
    return f"{value:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """A share with one decimal as Vietnamese write it: "95,8%"."""
    return f"{part / whole:.1%}".replace(".", ",")


def source(name: str) -> str:
    """A publisher by the name people know it by; a file of an office as it is."""
    return _SOURCES.get(name, name)


def _shown(group: str | None) -> str:
    try:
        return day(date.fromisoformat(group or ""))
    except ValueError:
        return basis(_SOURCES.get(group or "", group or ""))
