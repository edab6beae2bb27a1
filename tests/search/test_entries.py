"""Records become entries, entries become rows and come back."""

from __future__ import annotations

import dataclasses

import pytest
from corpus import corpus, legal_documents, procedures

from rasoat.records import Citation, Mention, MentionKind, Part, Resolution, Status
from search.analysis import exact_words, folded_words, number_tokens, pairs
from search.engines.index_layout import fields
from search.entries import Entry, document_entry, procedure_entry
from search.places import province_of
from search.stored_rows import entry_of, row_of, stored_of, traits_of
from search.traits import cut


def test_both_tone_placements_and_both_compositions_are_one_word() -> None:
    assert exact_words("Hoà giải") == exact_words("Hòa giải") == exact_words("Ho\u0300a giải")
    assert folded_words("Đường Nguyễn") == ["duong", "nguyen"]
    assert pairs(folded_words("đăng ký khai sinh")) == ["dang_ky", "ky_khai", "khai_sinh"]


@pytest.mark.parametrize(
    ("number", "tokens"),
    [
        ("123/2015/NĐ-CP", {"123/2015/nd-cp", "123/2015", "#123", "123/nd-cp"}),
        ("52/2014/QH13", {"52/2014/qh13", "52/2014", "#52", "52/qh13"}),
        ("1.001193", {"1.001193"}),
        ("885/QĐ-BCA", {"885/qd-bca", "#885"}),
    ],
)
def test_number_tokens(number: str, tokens: set[str]) -> None:
    assert set(number_tokens(number)) == tokens


@pytest.mark.parametrize("entry", corpus(), ids=lambda entry: entry.id)
def test_an_entry_survives_storage(entry: Entry) -> None:
    assert dataclasses.replace(entry_of(traits_of(stored_of(entry, cut(entry)))), body=entry.body) == entry


def test_a_row_has_every_field() -> None:
    named = fields()
    row = row_of(corpus()[0])
    assert set(row) == {"id", "stored", "text", *named["text"], *named["facets"], *named["sorts"].values(), *named["integers"]}


def test_a_procedure_that_cites_the_dead_says_so() -> None:
    document, _ = legal_documents()[4]
    mention = Mention(0, 12, "45/2013/QH13", MentionKind.NUMBERED, number="45/2013/QH13")
    cited = Citation("1.001193", Part.STEPS, mention, Resolution(key=document.key))
    entry = procedure_entry(procedures()[0], [cited], statuses={document.key: Status.EXPIRED})
    assert entry.status_note == "Đang công bố; viện dẫn 1 văn bản đã hết hoặc ngưng hiệu lực"
    assert entry.mentions == ("45/2013/QH13",)
    assert entry.cites == ("123/2015/NĐ-CP", "60/2014/QH13")


def test_a_list_row_alone_is_an_entry_too() -> None:
    row = dataclasses.replace(procedures()[13], parts={}, levels=(), legal_basis=(), durations=(), missing=("detail",))
    entry = procedure_entry(row)
    assert (entry.province, entry.levels, entry.state) == ("Lai Châu", ("Cấp tỉnh",), "LIST_ONLY")
    assert entry.title == "Cấp lại Giấy chứng nhận do bị mất"


def test_a_document_is_titled_with_its_type_once() -> None:
    document, verdict = legal_documents()[3]
    assert document_entry(document, verdict).title == "Luật Đất đai"
    twice = dataclasses.replace(document, title="Luật Đất đai")
    assert document_entry(twice, verdict).title == "Luật Đất đai"


def test_provinces_are_found_in_names_of_bodies() -> None:
    assert province_of("UBND tỉnh Lai Châu") == "Lai Châu"
    assert province_of("UBND Thành phố Huế") == "Huế"
    assert province_of("Sở Y tế tỉnh Hà Giang") == "Tuyên Quang"
    assert province_of("Bộ Tư pháp") is None
    assert province_of("từ Lai Châu đến Lào Cai") is None
