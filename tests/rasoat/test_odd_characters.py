"""Text for a terminal, for JSON on a terminal, and for XML: nothing in it acts, hides or stops a reader, and plain words stay."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import example, given
from lxml import etree

from rasoat.odd_characters import fit_for_xml, json_line, one_line, plain
from tests.odd_texts import acts_or_hides, odd

VIETNAMESE = "Đăng ký khai sinh; “điểm a” – khoản 2\tĐiều 5\nNghị định số 66/2026/NĐ-CP"


@given(odd)
def test_nothing_on_a_terminal_acts_or_hides(text: str) -> None:
    assert not [letter for letter in plain(text) if letter not in "\n\t" and acts_or_hides(letter)]
    assert not [letter for letter in one_line(text) if acts_or_hides(letter)]


def test_every_code_point_is_dropped_or_seen() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert not [hex(ord(letter)) for letter in one_line(everything) if acts_or_hides(letter)]


def test_marks_heaped_on_a_letter_are_cut_down() -> None:
    assert plain("e" + "\u0301" * 1000 + "x") == "e" + "\u0301" * 4 + "x"
    assert plain(unicodedata.normalize("NFD", VIETNAMESE)) == unicodedata.normalize("NFD", VIETNAMESE)


@given(odd)
@example("\U000e0041\u2028\x9b")
def test_json_on_a_terminal_is_the_same_value_with_nothing_raw(text: str) -> None:
    written = json_line({"name": text}).decode()
    assert json.loads(written) == {"name": re.sub("[\ud800-\udfff]", "\ufffd", text)}
    assert not [letter for letter in written if acts_or_hides(letter)]
    assert len(written.splitlines()) == 1


@given(odd)
def test_xml_takes_it_and_gives_it_back(text: str) -> None:
    fit = fit_for_xml(text)
    element = etree.Element("t")
    element.text = fit
    assert (etree.fromstring(etree.tostring(element)).text or "") == fit
    assert len(fit) == len(text.replace("\r\n", "\n"))


def test_words_stay_as_they_are() -> None:
    assert plain(VIETNAMESE) == fit_for_xml(VIETNAMESE) == VIETNAMESE
    assert one_line("a\r\nb\u2028c\x85d\te\udcff") == "a b c d e\ufffd"
    assert plain("một\nhai\t\x1b[1m") == "một\nhai\t[1m"
