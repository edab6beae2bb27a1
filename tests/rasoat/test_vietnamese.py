import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rasoat.vietnamese import fold, nfc, slug, squeeze, tone_placed


def test_fold_takes_the_bar_off_d_too() -> None:
    assert fold("  Đăng ký\u00a0KHAI SINH ") == "dang ky khai sinh"


def test_tones_stand_in_one_place() -> None:
    assert tone_placed("Uỷ ban hoà giải, thuỷ lợi") == tone_placed("Ủy ban hòa giải, thủy lợi")
    assert tone_placed("quý, hoàn, thuý") == "quý, hoàn, thúy"


def test_squeeze_drops_invisible_characters() -> None:
    assert squeeze("\ufeffa\u200b b\u00a0\n c ") == "a b c"


def test_slug() -> None:
    assert slug("UBND tỉnh Bà Rịa - Vũng Tàu") == "ubnd-tinh-ba-ria-vung-tau"


@given(st.text(max_size=60))
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert nfc(nfc(text)) == nfc(text)


@given(st.text(alphabet=st.one_of(st.sampled_from("aăâđêôơưếựỹ Đ\u0301\u0323–“αжﬁ①가"), st.characters(codec="utf-8"))))
def test_fold_takes_off_marks_and_nothing_else(text: str) -> None:
    apart = unicodedata.normalize("NFD", squeeze(text).lower().replace("đ", "d"))
    assert fold(text) == "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
