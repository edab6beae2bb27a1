"""A small catalogue written for the tests: names are the State's, texts are ours."""

from __future__ import annotations

from datetime import date

from rasoat.identity import document_key
from rasoat.records import (
    Article,
    BasisKind,
    Confidence,
    Duration,
    Finding,
    Interval,
    KnownFrom,
    LegalDocument,
    Origin,
    Part,
    Procedure,
    Severity,
    SourceRank,
    Status,
    StatusBasis,
    Tier,
    Verdict,
)
from search.entries import Entry, article_entry, document_entry, finding_entry, procedure_entry

DAY = date(2026, 7, 18)
ORIGIN = Origin("0" * 64)
XA, TINH, BO = "Ủy ban nhân dân cấp xã", "Sở", "Cục"
CITIZEN = "Công dân Việt Nam"

# code, name, field, publisher, executing body, cited numbers
ROWS = (
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch", "Bộ Tư pháp", XA, ("123/2015/NĐ-CP", "60/2014/QH13")),
    ("1.000689", "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", "Hộ tịch", "Bộ Tư pháp", XA, ("123/2015/NĐ-CP",)),
    ("1.000110", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới", "Hộ tịch", "Bộ Tư pháp", XA, ("60/2014/QH13",)),
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch", "Bộ Tư pháp", XA, ("123/2015/NĐ-CP",)),
    ("1.000656", "Thủ tục đăng ký khai tử", "Hộ tịch", "Bộ Tư pháp", XA, ("60/2014/QH13",)),
    ("1.004873", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch", "Bộ Tư pháp", XA, ()),
    ("2.000635", "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh", "Hộ tịch", "Bộ Tư pháp", XA, ()),
    ("3.000347", "Đổi giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an", "Công an cấp Tỉnh", ("36/2024/QH15",)),
    ("3.000348", "Cấp lại giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an", "Công an cấp Tỉnh", ("36/2024/QH15",)),
    ("3.000346", "Cấp giấy phép lái xe", "Sát hạch, cấp giấy phép lái xe", "Bộ Công an", "Công an cấp Tỉnh", ()),
    ("1.004222", "Đăng ký thường trú", "Đăng ký, quản lý cư trú", "Bộ Công an", "Công an cấp Xã", ("68/2020/QH14",)),
    ("1.004194", "Đăng ký tạm trú", "Đăng ký, quản lý cư trú", "Bộ Công an", "Công an cấp Xã", ("68/2020/QH14",)),
    ("1.014064", "Cấp lại thẻ căn cước", "Cấp, quản lý căn cước", "Bộ Công an", "Công an cấp Xã", ()),
    ("1.115557", "Cấp lại Giấy chứng nhận do bị mất", "Đất đai", "UBND tỉnh Lai Châu", "Văn phòng đăng ký đất đai", ("31/2024/QH15",)),
    ("1.115555", "Tách thửa, hợp thửa đất", "Đất đai", "UBND tỉnh Lai Châu", "Văn phòng đăng ký đất đai", ("31/2024/QH15",)),
    ("1.012786", "Cấp lại Giấy chứng nhận do bị mất", "Đất đai", "Bộ Nông nghiệp và Môi trường", "Văn phòng đăng ký đất đai", ()),
    ("1.115203", "Cấp lại Giấy chứng nhận do bị mất", "Đất đai", "UBND tỉnh Lào Cai", "Văn phòng đăng ký đất đai", ()),
    ("1.001612", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh", "Bộ Tài chính", XA, ("168/2025/NĐ-CP",)),
    ("1.013133", "Thủ tục đăng ký nghĩa vụ quân sự lần đầu", "Nghĩa vụ quân sự", "Bộ Quốc phòng", "Ban chỉ huy quân sự cấp Xã", ()),
    ("1.014748", "Hưởng trợ cấp thất nghiệp (Cấp tỉnh)", "Việc làm", "Bộ Nội vụ", "Sở Nội vụ", ()),
    ("2.000884", "Chứng thực chữ ký trong các giấy tờ, văn bản", "Chứng thực", "Bộ Tư pháp", XA, ("23/2015/NĐ-CP",)),
)

# number, title, issuer, date of issue, status
DOCUMENTS = (
    (
        "123/2015/NĐ-CP",
        "quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch",
        "Chính phủ",
        date(2015, 11, 15),
        Status.IN_FORCE,
    ),
    ("60/2014/QH13", "Hộ tịch", "Quốc hội", date(2014, 11, 20), Status.IN_FORCE),
    ("23/2015/NĐ-CP", "về chứng thực bản sao, chứng thực chữ ký", "Chính phủ", date(2015, 2, 16), Status.PARTLY_IN_FORCE),
    ("31/2024/QH15", "Đất đai", "Quốc hội", date(2024, 1, 18), Status.IN_FORCE),
    ("45/2013/QH13", "Đất đai", "Quốc hội", date(2013, 11, 29), Status.EXPIRED),
    ("36/2024/QH15", "Trật tự, an toàn giao thông đường bộ", "Quốc hội", date(2024, 6, 27), Status.IN_FORCE),
    ("158/2005/NĐ-CP", "về đăng ký và quản lý hộ tịch", "Chính phủ", date(2005, 12, 27), Status.EXPIRED),
)


def procedures() -> list[Procedure]:
    return [
        Procedure(
            code=code,
            name=name,
            source="tests",
            source_rank=SourceRank.NATIONAL_API,
            observed_on=DAY,
            origin=ORIGIN,
            parts={Part.STEPS: f"Bước 1: Người dân nộp hồ sơ {name.lower()} tại bộ phận một cửa.\nBước 2: Cơ quan kiểm tra, trả kết quả."},
            levels=("Cấp xã",) if "Xã" in body or body == XA else ("Cấp tỉnh",),
            fields=(field,),
            publisher=publisher,
            executing=(body,),
            audience=(CITIZEN,),
            durations=(Duration("ONLINE", 3, "WORKING_DAY", ""),),
            legal_basis=tuple(("", number) for number in cited),
        )
        for code, name, field, publisher, body, cited in ROWS
    ]


def legal_documents() -> list[tuple[LegalDocument, Verdict]]:
    found, unknown = [], StatusBasis(BasisKind.UNKNOWN_ENTRY)
    for number, title, issuer, issued, status in DOCUMENTS:
        kind = "Nghị định" if "NĐ" in number else "Luật"
        key = document_key(kind, number, issuer, issued) or number
        document = LegalDocument(key, number, number, kind, issuer, title, issued, None, KnownFrom.TEXT)
        intervals = (Interval(issued, date(2024, 8, 1), unknown),) if status is Status.EXPIRED else ()
        found.append((document, Verdict(status, "", unknown, intervals)))
    return found


def finding() -> Finding:
    return Finding(
        rule="CITE-07", severity=Severity.LOW, confidence=Confidence.HIGH, subject="1.001193", object="123/2015/NĐ-CP", provision=None,
        as_of=DAY, observed_on=DAY, quote="Nghị định số 123/2015/NĐ-CP", where=None, status=Status.IN_FORCE, interval=None, ended_by=(),
        clause=None, successors=(), responsible="Bộ Tư pháp", action="Chuẩn bị công bố lại thủ tục", role=None, fingerprint="f" * 16,
    )  # fmt: skip


def corpus() -> list[Entry]:
    """Procedures, documents, an article and a finding: 30 entries."""
    known = procedures()
    entries = [procedure_entry(one) for one in known]
    documents = legal_documents()
    entries += [document_entry(document, verdict) for document, verdict in documents]
    article = Article(documents[0][0].key, "dieu-7", "Lưu trữ Sổ hộ tịch", "Sổ được lưu tại hai nơi.", "tests", DAY, Tier.A, ORIGIN)
    entries.append(article_entry(article, *documents[0]))
    entries.append(finding_entry(finding(), procedure=known[0]))
    return entries
