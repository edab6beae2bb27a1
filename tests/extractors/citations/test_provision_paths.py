import pytest

from extractors.citations import find_mentions

LAW = "Luật Đất đai"
CHAINS = [
    ("Điều 5", "dieu-5"),
    ("khoản 1, 2 và 4 Điều 5", "dieu-5/khoan-1 dieu-5/khoan-2 dieu-5/khoan-4"),
    ("điểm a, b khoản 2 Điều 5 và Điều 7", "dieu-5/khoan-2/diem-a dieu-5/khoan-2/diem-b dieu-7"),
    ("điểm a, khoản 3, Điều 10", "dieu-10/khoan-3/diem-a"),
    ("điểm i khoản 1, điểm o khoản 2 Điều 250", "dieu-250/khoan-1/diem-i dieu-250/khoan-2/diem-o"),
    ("các điểm a, đ khoản 1a Điều 16b của", "dieu-16b/khoan-1a/diem-a dieu-16b/khoan-1a/diem-đ"),
    ("từ Điều 56 đến Điều 58", "dieu-56 dieu-57 dieu-58"),
    ("các điều từ Điều 16 đến Điều 18 của", "dieu-16 dieu-17 dieu-18"),
    ("từ Điều 5 đến Điều 60", "dieu-5 dieu-60"),
    ("Điều 12, các khoản 1, 2 Điều 13, từ Điều 14 đến Điều 15 của", "dieu-12 dieu-13/khoan-1 dieu-13/khoan-2 dieu-14 dieu-15"),
    ("khoản 1 Điều 2; khoản 3 Điều 4", "dieu-2/khoan-1 dieu-4/khoan-3"),
    ("các khoản 8, 9 của Điều 2 và những quy định liên quan khác về phí tại", "dieu-2/khoan-8 dieu-2/khoan-9"),
    ("điều 17 chương V", "dieu-17"),
    ("Điều 15,16 và 17", "dieu-15 dieu-16 dieu-17"),
    ("**khoản 3 Điều 7**", "dieu-7/khoan-3"),
    ("điểm a(i) khoản 3 Điều 7", "dieu-7/khoan-3/diem-a"),
    ("Điều 5 khoản 2 điểm a", "dieu-5/khoan-2/diem-a"),
    ("Điều 26 và phụ lục Ia", "dieu-26"),
    ("liên quan đến Điều 9. Trách nhiệm phối hợp của các bên của", "dieu-9"),
    ("điểm a.1, b.2 khoản 3 Điều 16", "dieu-16/khoan-3/diem-a.1 dieu-16/khoan-3/diem-b.2"),
    ("khoản 1 các Điều 5, 6 và 7", "dieu-5/khoan-1 dieu-6/khoan-1 dieu-7/khoan-1"),
    (
        "điểm b và điểm c khoản 1 của các điều 78, 79 và khoản 2 Điều 80 của",
        "dieu-78/khoan-1/diem-b dieu-78/khoan-1/diem-c dieu-79/khoan-1/diem-b dieu-79/khoan-1/diem-c dieu-80/khoan-2",
    ),
    ("các Điều 233 đến Điều 235", "dieu-233 dieu-234 dieu-235"),
    ("khoản 1 mục I", ""),
    ("khoản 2 Điều này và", ""),
    ("Điều 5 và", ""),
    ("Điều 33.9.TT.1.3 của", ""),
    ("Điều 5 Quy chế ban hành kèm theo", ""),
]


@pytest.mark.parametrize(("chain", "paths"), CHAINS)
def test_chain_before_a_document(chain: str, paths: str) -> None:
    (mention,) = find_mentions(f"theo {chain} {LAW}")
    assert " ".join(mention.provisions) == paths


def test_only_the_document_that_follows_has_them() -> None:
    text = "khoản 5 Điều 43 Nghị định số 1/2020/NĐ-CP, Nghị định số 2/2020/NĐ-CP (đã được sửa đổi tại khoản 7 Điều 12 Nghị định số 3/2021/NĐ-CP)"
    assert [mention.provisions for mention in find_mentions(text)] == [("dieu-43/khoan-5",), (), ("dieu-12/khoan-7",)]


AFTER = [
    ("Luật Đất đai, Điều 5 và Điều 6.", "dieu-5 dieu-6"),
    ("Luật Đất đai tại Điều 5", "dieu-5"),
    ("Luật Đất đai (khoản 2 Điều 5) và", "dieu-5/khoan-2"),
    ("Luật Đất đai quy định tại khoản 3, 4 Điều 7 thì", "dieu-7/khoan-3 dieu-7/khoan-4"),
    ("Luật Đất đai\nĐiều 5. Hiệu lực", ""),
    ("Luật Đất đai, Điều 5 của Quy chế kèm theo", ""),
    ("Luật Đất đai; Điều 5", ""),
]


@pytest.mark.parametrize(("text", "paths"), AFTER)
def test_chain_after_a_document(text: str, paths: str) -> None:
    (mention,) = find_mentions(text)
    assert " ".join(mention.provisions) == paths


def test_a_chain_between_two_documents_is_the_second_ones() -> None:
    text = "Nghị định số 1/2020/NĐ-CP, Điều 5 Nghị định số 2/2020/NĐ-CP và Luật Đất đai, khoản 1 Điều 9 của Nghị định số 3/2020/NĐ-CP"
    assert [mention.provisions for mention in find_mentions(text)] == [(), ("dieu-5",), (), ("dieu-9/khoan-1",)]


def test_a_heading_line_is_no_citation_of_its_article() -> None:
    (mention,) = find_mentions("Điều 1. Phạm vi điều chỉnh của Nghị định này")
    assert mention.provisions == ()


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("khoản 3 a Điều 21", ("dieu-21",)),
        ("điểm c khoản 3 a Điều 21 và Điều 30", ("dieu-21", "dieu-30")),
        ("Điều 21 a", ("dieu-21a",)),
        ("khoản 3 Điều 21-b", ("dieu-21b/khoan-3",)),
        ("Điều 21 a khoản 3", ("dieu-21a/khoan-3",)),
        ("Điều 21 a, b", ()),
        ("Điều 21 bis", ()),
        ("từ Điều 21a đến Điều 21c", ("dieu-21a", "dieu-21b", "dieu-21c")),
        ("Điều 15, l6", ("dieu-15",)),
    ],
)
def test_a_letter_apart_from_its_number(words: str, paths: tuple[str, ...]) -> None:
    (mention,) = find_mentions(f"theo {words} Nghị định số 15/2021/NĐ-CP")
    assert mention.provisions == paths
