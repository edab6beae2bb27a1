from datetime import date

import orjson
import pytest

from extractors.imports.import_options import ImportOptions
from extractors.imports.recognition import parse, pieces
from extractors.sources.source import Parsed
from rasoat.records import KnownFrom, Origin, Tier
from tests.extractors.formats.sample_files import converted, need, pdf, word

DAY = date(2099, 12, 1)
BODY = """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc thử.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2099 và thay thế Nghị định số 1/2090/NĐ-CP.
Nơi nhận:
- Lưu: VT.
"""
DECREE = f"""CHÍNH PHỦ
Số: 5/2099/NĐ-CP
Hà Nội, ngày 01 tháng 6 năm 2099
NGHỊ ĐỊNH
Về việc thử nghiệm
Chính phủ ban hành Nghị định về việc thử nghiệm.
{BODY}"""
CLAIMED = "# Nghị định 5/2099/NĐ-CP\n| Số hiệu | 5/2099/NĐ-CP |\n| Ngày ban hành | 01/6/2099 |\n"


def read(name: str, data: bytes, *, scans: bool = False) -> Parsed:
    (piece,) = pieces(ImportOptions(scans=scans).beside(name), data)
    return parse(piece, Origin("sha256"), DAY)


def record(text: str, **claims: object) -> Parsed:
    return read("docs.jsonl", orjson.dumps({"number": "5/2099/NĐ-CP", "text": text, **claims}))


def test_a_text_file_is_known_by_what_stands_in_it() -> None:
    parsed = read("ten-tep-sai-6-2099-ND-CP.txt", DECREE.encode())
    (observation,) = parsed.observations
    assert (observation.number, observation.type, observation.issued_on) == ("5/2099/NĐ-CP", "Nghị định", date(2099, 6, 1))
    assert (observation.known_from, observation.title, observation.observed_on) == (KnownFrom.TEXT, "Về việc thử nghiệm", DAY)
    assert [(a.path, a.heading, a.tier, a.key) for a in parsed.articles] == [
        ("dieu-1", "Phạm vi điều chỉnh", Tier.B, observation.key),
        ("dieu-2", "Hiệu lực thi hành", Tier.B, observation.key),
    ]
    assert parsed.articles[1].origin.place == "ten-tep-sai-6-2099-ND-CP.txt#dieu-2"


def test_word_files_are_read_the_same(tmp_path) -> None:
    data = word(*DECREE.split("\n"))
    assert [a.path for a in read("a.docx", data).articles] == ["dieu-1", "dieu-2"]
    assert [a.path for a in read("a.doc", converted(data, ".docx", "doc", tmp_path)).articles] == ["dieu-1", "dieu-2"]


def test_a_record_whose_text_is_another_document_gives_nothing() -> None:
    parsed = record(DECREE, number="6/2099/NĐ-CP")
    assert not parsed.observations
    assert not parsed.articles
    assert "là Nghị định 5/2099/NĐ-CP ngày 01/06/2099, không phải 6/2099/NĐ-CP" in parsed.refused[0].reason


def test_another_day_of_issue_gives_nothing() -> None:
    assert "bản ghi nói 02/06/2099" in record(DECREE, issued_on="2099-06-02").refused[0].reason


def test_a_head_that_cannot_be_read_gives_nothing() -> None:
    parsed = record(f"NGHỊ ĐỊNH\nVề việc thử\nCăn cứ Luật Thử;\n{BODY}", issued_on="2099-06-01", title="Về việc thử")
    assert not parsed.observations
    assert "không đọc được số hiệu, ngày ban hành" in parsed.refused[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "## TÓM TẮT\nNghị định này thay thế Nghị định số 1/2090/NĐ-CP.\n",
        "## NỘI DUNG CHÍNH\n### Điều 1. Một\nQuy định việc thử.\n### Điều 2. Hai\nThay thế Nghị định số 1/2090/NĐ-CP.\n",
        "### Điều 1. Một\n- Việc này\n- Việc kia\n### Điều 2. Hai\n- Thay thế Nghị định số 1/2090/NĐ-CP\n- Xong\n",
        "### Điều 1. Một\nBãi bỏ NĐ 1/2090/NĐ-CP.\n### Điều 2. Hai\nBãi bỏ TT 2/2090/TT-BTC.\n",
        f"{BODY}\n> **Văn bản chưa hoàn thiện.** Nội dung được tổng hợp từ báo chí.\n",
    ],
    ids=["no article", "digest section", "bullets", "abbreviations", "admitted"],
)
def test_somebodys_summary_gives_no_clause(text: str) -> None:
    parsed = record(CLAIMED + text)
    assert not parsed.articles
    assert parsed.observations[0].known_from is KnownFrom.CITED
    assert parsed.observations[0].effective_on is None
    assert parsed.refused[0].reason.startswith("5/2099/NĐ-CP: ")


def test_a_copy_without_enacting_words_and_signature_claims_less() -> None:
    parsed = record(CLAIMED + BODY.split("Nơi nhận")[0])
    assert {article.tier for article in parsed.articles} == {Tier.C}
    assert parsed.observations[0].known_from is KnownFrom.TEXT


def test_a_consolidated_text_enacts_nothing_itself() -> None:
    text = "Số: 9/VBHN-VPQH\nHà Nội, ngày 01 tháng 6 năm 2099\nVĂN BẢN HỢP NHẤT\nLuật Thử\nĐiều 1. Một\na\nĐiều 2. Hiệu lực\nb\nNơi nhận:\n"
    parsed = read("vbhn.txt", text.encode())
    assert not parsed.articles
    assert "văn bản hợp nhất" in parsed.refused[0].reason


def test_a_local_act_without_its_issuer_gives_nothing() -> None:
    text = DECREE.replace("CHÍNH PHỦ\nSố: 5/2099/NĐ-CP", "Số: 5/2099/QĐ-UBND").replace("NGHỊ ĐỊNH", "QUYẾT ĐỊNH")
    assert "cơ quan ban hành" in read("a.txt", text.encode()).refused[0].reason


def test_scans_say_so_and_are_read_where_asked() -> None:
    assert "OCR" in read("scan.pdf", pdf("", "")).refused[0].reason
    need("tesseract")
    assert "Nhận dạng không ra chữ" in read("scan.pdf", pdf("", ""), scans=True).refused[0].reason


def test_an_error_page_named_pdf_is_called_one() -> None:
    page = b"<html><head><title>404 - not found</title></head><body>Server Error</body></html>"
    assert "trang báo lỗi" in read("thong-tu.pdf", page).refused[0].reason


def test_bad_line_is_named() -> None:
    good = orjson.dumps({"number": "5/2099/NĐ-CP", "text": DECREE})
    found = [parse(piece, Origin("x"), DAY) for piece in pieces("a.jsonl", good + b'\n{"number": "7/2099/TT-BTC"}\nnonsense\n')]
    assert [len(parsed.articles) for parsed in found] == [2, 0, 0]
    assert [item.place for parsed in found for item in parsed.refused] == ["line 2", "line 3"]


def test_an_article_that_swallowed_those_after_it_is_left_out() -> None:
    lost = "".join(f"Tên điều {n}\n1. {'Nội dung. ' * 400}\n2. Hết.\n" for n in range(12))
    parsed = record(DECREE.replace("Nơi nhận", f"Điều 3. Ba\n{lost}Nơi nhận"))
    assert [article.path for article in parsed.articles] == ["dieu-1", "dieu-2"]
    assert parsed.refused[0].place == "line 1#dieu-3"
