from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.articles import split_articles, split_text

DECREE = """CHÍNH PHỦ
Số: 999/2099/NĐ-CP
NGHỊ ĐỊNH
Về việc thử nghiệm
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc thử.
Điều 2. Đối tượng áp dụng
1. Cơ quan theo quy định tại
Điều 9 của Luật Thử.
2. Cá nhân.
Chương II
ĐIỀU KHOẢN THI HÀNH
Mục 1
HIỆU LỰC
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2100.
Nơi nhận:
- Lưu: VT.
TM. CHÍNH PHỦ
PHỤ LỤC I
BIỂU MẪU
Điều 1. Của biểu mẫu
"""


def paths(text: str) -> list[str]:
    return [article.path for article in split_articles(text)]


def test_articles_containers_ending_and_annex() -> None:
    found = split_articles(DECREE)
    assert [(a.path, a.heading, a.container) for a in found] == [
        ("dieu-1", "Phạm vi điều chỉnh", "chuong-I"),
        ("dieu-2", "Đối tượng áp dụng", "chuong-I"),
        ("dieu-3", "Hiệu lực thi hành", "chuong-II/muc-1"),
        ("phu-luc-I", "PHỤ LỤC I", ""),
    ]
    assert found[1].text.endswith("2. Cá nhân.")
    assert found[2].text == "Nghị định này có hiệu lực từ ngày 01 tháng 01 năm 2100."
    assert all(DECREE[a.start : a.end] == a.text for a in found)
    assert [piece.kind for piece in split_text(DECREE)] == [
        "preamble", "heading", "article", "article", "heading", "heading", "article", "ending", "annex",
    ]  # fmt: skip


def test_quoted_articles_of_an_amending_text_stay_inside() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều\n1. Bổ sung Điều 2 và Điều 5a như sau:\n“Điều 2. Tên mới\nNội dung mới.\nĐiều 3. Tên khác\nNội dung.”\n"
        '2. Sửa đổi như sau:\n"Điều 5a. Thêm\n1. Một.\n2. Hai."\nĐiều 2. Hiệu lực thi hành\nCó hiệu lực ngay.\nĐiều 3. Trách nhiệm thi hành\nCác bộ.'
    )
    found = split_articles(text)
    assert [a.path for a in found] == ["dieu-1", "dieu-2", "dieu-3"]
    assert "Điều 5a. Thêm" in found[0].text
    assert found[1].heading == "Hiệu lực thi hành"


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    text = "Điều 1. Một\nGọi là “tên\nĐiều 2. Hai\nb\nĐiều 3. Ba\nGọi “khác\nxuống dòng” ở đây."
    assert paths(text) == ["dieu-1", "dieu-2", "dieu-3"]


def test_markdown_headings() -> None:
    text = "# Thông tư\n## Chương I\n## QUY ĐỊNH\n### Điều 1. Một\na\n**Điều 2.** Hai\nb\n### Điều 3: Ba\nĐiều 2. Luật Thử thì theo\nc\n## GHI CHÚ\nngười chép"
    found = split_articles(text)
    assert [(a.path, a.heading) for a in found] == [("dieu-1", "Một"), ("dieu-2", "Hai"), ("dieu-3", "Ba")]
    assert "người chép" not in found[-1].text


def test_table_of_contents_is_no_article() -> None:
    contents = "".join(f"Điều {n}. Tên {n}\n" for n in range(1, 7))
    body = "".join(f"Điều {n}. Tên {n}\n{'Nội dung dài của điều. ' * 8}\n" for n in range(1, 7))
    found = split_articles(contents + body)
    assert [a.path for a in found] == [f"dieu-{n}" for n in range(1, 7)]
    assert all(len(a.text) > 100 for a in found)


def test_letters_gaps_and_sentences() -> None:
    text = "Điều 1. Một\na\nĐiều 1a. Một a\nb\nĐiều 2\nKhông tên.\nĐiều 12. của Luật Thử\nĐiều 4. Bốn\nd\nĐiều 5. Năm\ne\n"
    assert paths(text) == ["dieu-1", "dieu-1a", "dieu-2", "dieu-4", "dieu-5"]


def test_one_sentence_articles_have_text_and_no_heading() -> None:
    text = "Điều 1. Công bố kèm theo Quyết định này danh mục thủ tục.\nĐiều 2. Quyết định này có hiệu lực kể từ ngày ký."
    found = split_articles(text)
    assert [a.heading for a in found] == ["", ""]
    assert found[1].text == "Quyết định này có hiệu lực kể từ ngày ký."


def test_heading_cut_by_a_line_end() -> None:
    text = "Điều 1. Trách nhiệm của Bộ trưởng\nvà của các cơ quan\n1. Làm.\nĐiều 2. Hai\nb"
    found = split_articles(text)
    assert found[0].heading == "Trách nhiệm của Bộ trưởng và của các cơ quan"
    assert found[0].text == "1. Làm."


def test_attached_regulation_counts_its_own_articles() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế.\nĐiều 2. Có hiệu lực từ ngày ký.\nTM. ỦY BAN NHÂN DÂN\nQUY CHẾ HOẠT ĐỘNG\n"
        "(Ban hành kèm theo Quyết định số 1/2099/QĐ-UBND)\nĐiều 1. Phạm vi\na\nĐiều 2. Đối tượng\nb\nĐiều 3. Ba\nc"
    )
    assert paths(text) == ["dieu-1", "dieu-2", "kem-theo", "kem-theo/dieu-1", "kem-theo/dieu-2", "kem-theo/dieu-3"]


def test_parts_in_words_and_a_law_continued_in_the_next_gazette() -> None:
    text = "PHẦN THỨ HAI\nTÊN\nChương XI\nTÊN\nĐiều 1. Một\na\nĐiều 2. Hai\nb\nLuật này được Quốc hội khóa XX thông qua ngày 1 tháng 2 năm 2099."
    assert split_articles(text)[0].container == "phan-II/chuong-XI"
    assert split_articles(text)[1].text == "b"
    assert paths("Luật số 1/2099/QH20 ngày 1 tháng 2 năm 2099\n(Tiếp theo Công báo số 9)\nĐiều 24. X\na\nĐiều 25. Y\nb") == [
        "dieu-24",
        "dieu-25",
    ]


def test_a_text_without_articles_has_none() -> None:
    assert split_articles("Tóm tắt: Nghị định này thay thế Nghị định khác.\n## NGUỒN THAM KHẢO\nbáo") == []


LINES = st.sampled_from(
    ["Điều 1. Một", "Điều 2. Hai", "**Điều 3.** Ba", "“Điều 4. Bốn", "Điều 5a.", "Điều 7", "Chương I", "Mục 2", "PHỤ LỤC II", "Nơi nhận:", "QUY CHẾ", "(kèm theo)",
     "## Ghi chú", "chữ", "”", '"Điều 2. Hai"', "", "Phần thứ nhất", "### Điều 2. Hai", "Điều 1. Lại"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25).map("\n".join) | st.text(max_size=200))
def test_pieces_cover_the_text_exactly(text: str) -> None:
    pieces = split_text(text)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(text[article.start : article.end] == article.text for article in split_articles(text))
    own = [article.path for article in split_articles(text)]
    assert len(own) == len(set(own)) or any(path.startswith(("phu-luc", "mau-so")) for path in own)


def test_a_chapter_heading_repeated_amid_an_article_does_not_end_it() -> None:
    text = (
        "Điều 1. Phạm vi\nNội dung.\nĐiều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực từ ngày 05 tháng 6 năm 2026.\n\n"
        "Chương II\nĐIỀU KHOẢN THI HÀNH\n\n2. Nghị định số 10/2020/NĐ-CP hết hiệu lực.\nĐiều 3. Tổ chức thực hiện\nCác bộ thi hành.\n"
    )
    second = split_articles(text)[1]
    assert second.path == "dieu-2"
    assert second.text.endswith("10/2020/NĐ-CP hết hiệu lực.")
