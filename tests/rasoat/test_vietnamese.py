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
