"""What must hold for any text: exact offsets, order, no overlap, no exception; and what is rendered is read back."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.citations import find_mentions, render

PIECES = st.sampled_from(
    ["Nghị định số ", "Luật ", "Luật Đất đai", "63/2010/NĐ-CP", "QH13", "54/2014/", "điểm a ", "khoản 2 ", "Điều 5", " của ", " và ", ", ", "ngày 01/02/2003", "\n", "\u00a0",
     "\u0301", "\u200b", "Ð", "TTLT-", "BTС", "này", "816/QĐ-", "UBND tỉnh Hà Nam", "(", ")", "số ", "năm 2013", "İ", "ß", "𝟙", "1/2", "-CP", "Bộ luật", " đến ", "sửa đổi, bổ sung một số điều của "]
)  # fmt: skip
ANY = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_offsets_are_exact_on_any_text(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        assert text[mention.start : mention.end] == mention.quote
        assert end <= mention.start < mention.end
        end = mention.end


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_decomposed_text_says_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", composed)
    before = [
        (mention.number, mention.kind, mention.provisions, unicodedata.normalize("NFC", mention.quote))
        for mention in find_mentions(composed)
    ]
    after = [
        (mention.number, mention.kind, mention.provisions, unicodedata.normalize("NFC", mention.quote))
        for mention in find_mentions(decomposed)
    ]
    if unicodedata.normalize("NFC", decomposed) == composed:
        assert before == after


SYMBOLS = st.sampled_from(
    [
        ("Nghị định", "NĐ-CP"),
        ("Thông tư", "TT-BYT"),
        ("Thông tư liên tịch", "TTLT-BTP-BCA"),
        ("Quyết định", "QĐ-TTG"),
        ("Nghị quyết", "NQ-HĐND"),
        ("Luật", "QH13"),
        ("Pháp lệnh", "UBTVQH11"),
    ]
)
STEP = st.integers(1, 300).map(str)
PATH = st.one_of(
    STEP.map(lambda article: f"dieu-{article}"),
    st.tuples(STEP, STEP).map(lambda steps: f"dieu-{steps[0]}/khoan-{steps[1]}"),
    st.tuples(STEP, STEP, st.sampled_from("abcdđeghik")).map(lambda steps: f"dieu-{steps[0]}/khoan-{steps[1]}/diem-{steps[2]}"),
)


@settings(max_examples=200, deadline=None)
@given(
    SYMBOLS,
    st.integers(1, 9999),
    st.integers(2011, 2015),
    st.none() | st.dates(date(1946, 1, 1), date(2030, 1, 1)),
    st.sampled_from([None, "Bộ trưởng Bộ Y tế", "Bộ Tài chính"]),
    st.lists(PATH, max_size=5, unique=True),
)
def test_what_is_rendered_is_read_back(
    symbol: tuple[str, str], serial: int, year: int, issued_on: date | None, issuer: str | None, provisions: list[str]
) -> None:
    type_, mark = symbol
    if mark in ("QH13", "QĐ-TTG", "NĐ-CP", "UBTVQH11"):
        issuer = None  # a ministry does not issue these
    number = f"{serial}/{year}/{mark}"
    text = "theo " + render(type_, number, issued_on, issuer, provisions) + ";"
    (mention,) = find_mentions(text)
    assert (mention.type, mention.number, mention.issued_on, mention.issuer, mention.provisions) == (
        type_,
        number,
        issued_on,
        issuer,
        tuple(provisions),
    )
    again = render(mention.type, mention.number or "", mention.issued_on, mention.issuer, mention.provisions)
    assert f"theo {again};" == text
