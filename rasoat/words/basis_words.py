"""What a status rests on, in words: for people in Vietnamese, and the sentence that programs read in `status --jsonl`.

A template names the fields of `StatusBasis` that its kind needs.
"""

from __future__ import annotations

from rasoat.records import BasisKind, DateBasis, StatusBasis
from rasoat.words.legal_texts import what_there_is
from rasoat.words.publishers import source
from rasoat.words.written import day

DATED = {
    DateBasis.STATED: "ngày ghi trong văn bản",
    DateBasis.OWN_ENTRY: "ngày văn bản chấm dứt có hiệu lực",
    DateBasis.SIGN_DATE: "ngày ký",
    DateBasis.SIGN_PLUS: "số ngày, tháng sau ngày ký",
    DateBasis.ENTRY_PLUS: "số ngày, tháng sau ngày văn bản chấm dứt có hiệu lực",
    DateBasis.GAZETTE_PLUS: "số ngày sau ngày đăng Công báo",
    DateBasis.ANCHORED: "ngày một văn bản khác có hiệu lực",
    DateBasis.ANCHORED_END: "ngày một văn bản khác hết hiệu lực",
    DateBasis.TERM: "thời hạn ghi trong văn bản",
    DateBasis.UNSTATED: "không ghi ngày",
}
BASIS = {
    BasisKind.CLAUSE: "{dated}",
    BasisKind.REGISTER: "ngày ghi trong hồ sơ văn bản",
    BasisKind.SOURCE_STATES_ENTRY: "{source} nêu, ghi nhận ngày {on}",
    BasisKind.UNKNOWN_ENTRY: "chưa rõ",
    BasisKind.ENTRY_OPEN: "{documents} đặt ngày có hiệu lực vào một thời điểm chưa rõ ngày",
    BasisKind.IN_CODIFIED_LAW: "có trong Bộ pháp điển ngày {on}",
    BasisKind.LEFT_CODIFIED_LAW: "có trong Bộ pháp điển ngày {on}, không còn trong bản ngày {later}",
    BasisKind.SOURCE_CLAIMS: "{source} nêu “{quote}”, ghi nhận ngày {on}",
    BasisKind.ENTERED: "có hiệu lực ngày {on} ({rests_on})",
    BasisKind.AMENDED: "được {documents} sửa đổi ngày {on}",
    BasisKind.CORRECTED: "được {documents} đính chính ngày {on}",
    BasisKind.SUSPENDED: "bị {documents} ngưng hiệu lực ngày {on}",
    BasisKind.REVIVED: "được {documents} khôi phục hiệu lực ngày {on}",
    BasisKind.PROLONGED: "được {documents} kéo dài hiệu lực ngày {on}",
    BasisKind.PARTLY_ENDED: "bị {documents} chấm dứt một phần ngày {on}",
    BasisKind.RESUMED: "được {documents} khôi phục hiệu lực",
    BasisKind.SUSPENSION_OVER: "hết thời gian ngưng hiệu lực",
    BasisKind.KEPT_UNTIL: "được giữ hiệu lực đến trước ngày {on}",
    BasisKind.SPARED: "được điều khoản chấm dứt phần còn lại giữ lại",
    BasisKind.SURVIVORS_UNNAMED: "phần còn lại chỉ được nêu theo nội dung, không nêu điều khoản",
    BasisKind.ENDS_LATER: "chỉ chấm dứt từ ngày {on}",
    BasisKind.NUMBER_OF_YEAR: "mang số của năm {year}",
    BasisKind.ISSUED_LATER: "chỉ được ban hành ngày {on}",
    BasisKind.JUST_ISSUED: "ban hành ngày {on}, chưa rõ ngày có hiệu lực",
    BasisKind.DECISION_CHAIN: "xét theo chuỗi quyết định thay thế",
    BasisKind.SAME_NUMBER: "nhiều văn bản cùng mang số này",
    BasisKind.NO_SUCH_PROVISION: "bản đang giữ không có điều khoản này: {parts}",
    BasisKind.NO_RECORD: "chưa có bản ghi nào của văn bản này",
    BasisKind.NO_COMPONENTS: "văn bản hợp nhất chưa rõ văn bản thành phần",
    BasisKind.CONSOLIDATES: "hợp nhất {documents}: {rests_on}",
    BasisKind.ONLY_CITED: "chỉ được viện dẫn, chưa rõ ngày có hiệu lực",
    BasisKind.NO_SIGN_OF_LIFE: "không có dấu hiệu nào trong {months} tháng trước ngày xét",
}
BASIS_SENTENCE = {
    BasisKind.CLAUSE: "{dated}",
    BasisKind.REGISTER: "stated in the register",
    BasisKind.SOURCE_STATES_ENTRY: "stated by {source} on {on}",
    BasisKind.UNKNOWN_ENTRY: "unknown",
    BasisKind.ENTRY_OPEN: "{documents} sets its entry into force on a day that is not known",
    BasisKind.IN_CODIFIED_LAW: "stands in the codified law of {on}",
    BasisKind.LEFT_CODIFIED_LAW: "stood in the codified law of {on}, not in that of {later}",
    BasisKind.SOURCE_CLAIMS: "{source} says “{quote}” on {on}",
    BasisKind.ENTERED: "entered into force on {on} ({rests_on})",
    BasisKind.AMENDED: "amended by {documents} on {on}",
    BasisKind.CORRECTED: "corrected by {documents} on {on}",
    BasisKind.SUSPENDED: "suspended by {documents} on {on}",
    BasisKind.REVIVED: "revived by {documents} on {on}",
    BasisKind.PROLONGED: "prolonged by {documents} on {on}",
    BasisKind.PARTLY_ENDED: "partly ended by {documents} on {on}",
    BasisKind.RESUMED: "revived by {documents}",
    BasisKind.SUSPENSION_OVER: "suspension over",
    BasisKind.KEPT_UNTIL: "kept in force until {on}",
    BasisKind.SPARED: "spared by the clause that ended the rest",
    BasisKind.SURVIVORS_UNNAMED: "survivors are named by subject only",
    BasisKind.ENDS_LATER: "ends only on {on}",
    BasisKind.NUMBER_OF_YEAR: "its number is of {year}",
    BasisKind.ISSUED_LATER: "issued only on {on}",
    BasisKind.JUST_ISSUED: "issued on {on}; its entry into force is not known",
    BasisKind.DECISION_CHAIN: "its fate is the chain of decisions",
    BasisKind.SAME_NUMBER: "several documents bear this number",
    BasisKind.NO_SUCH_PROVISION: "the text held has no such provision, only {parts}",
    BasisKind.NO_RECORD: "no record of {documents}",
    BasisKind.NO_COMPONENTS: "a consolidated text without known components",
    BasisKind.CONSOLIDATES: "consolidates {documents}: {rests_on}",
    BasisKind.ONLY_CITED: "only cited; no date of entry into force is known",
    BasisKind.NO_SIGN_OF_LIFE: "no sign of life within {months} months before the day",
}
_SINCE_CHANGED = "; văn bản đã được sửa đổi, bổ sung tại {documents}"
_MAY_HAVE_BEEN_ADDED = "; amended by {documents}"
_COPIED = "bản chép nạp ngày {on}"  # what an office's file states is nobody's statement


def basis(rests: StatusBasis) -> str:
    """What a verdict or an interval rests on, in Vietnamese."""
    copied = rests.kind is BasisKind.SOURCE_STATES_ENTRY and (rests.source or "").startswith("import")
    template = _COPIED if copied else BASIS[rests.kind]
    if rests.kind is BasisKind.NO_SUCH_PROVISION and rests.documents:
        template += _SINCE_CHANGED
    return template.format(
        on=rests.on and day(rests.on),
        later=rests.later and day(rests.later),
        documents=", ".join(rests.documents),
        source=rests.source and source(rests.source),
        quote=rests.quote,
        dated=rests.dated and DATED[rests.dated],
        year=rests.year,
        months=rests.months,
        rests_on=rests.rests_on and basis(rests.rests_on),
        parts=rests.parts and what_there_is(rests.parts),
    )


def basis_sentence(rests: StatusBasis) -> str:
    """The same for programs, in English with ISO days: the `basis` of `status --jsonl`, whose form is public."""
    template = BASIS_SENTENCE[rests.kind]
    if rests.kind is BasisKind.NO_SUCH_PROVISION and rests.documents:
        template += _MAY_HAVE_BEEN_ADDED
    return template.format(
        on=rests.on,
        later=rests.later,
        documents=", ".join(rests.documents) or "this document",
        source=rests.source,
        quote=rests.quote,
        dated=rests.dated,
        year=rests.year,
        months=rests.months,
        rests_on=rests.rests_on and basis_sentence(rests.rests_on),
        parts=" to ".join(rests.parts),
    )
