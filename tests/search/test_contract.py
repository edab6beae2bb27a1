"""What both engines promise, asked of both."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from corpus import DAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.answering import answer
from search.engines import BadQuery, Engine, IndexBusy, IndexMismatch, IndexMissing, Query, Sort
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from search.entries import Entry, EntryKind
from search.suggesting import suggestions

PROCEDURES = (EntryKind.PROCEDURE,)
EVERYTHING = tuple(EntryKind)


def keys(engine: Engine, text: str, *kinds: EntryKind, **more: object) -> list[str]:
    query = Query(text, kinds=kinds or PROCEDURES, signed_in=EntryKind.FINDING in kinds, **more)  # type: ignore[arg-type]
    return [hit.entry.key for hit in answer(engine, query).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lam giay khai sinh cho con", "1.001193"),
        ("Thủ tục đăng ký khai sinh", "1.001193"),
        ("gplx hết hạn", "3.000347"),
        ("mất bằng lái", "3.000348"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("1.001193.000.00.00.H35", "1.001193"),
        ("lấy vợ", "1.000894"),
        ("ddăng ký kết hônn", "1.000894"),
        ("đăng kýkếthôn", "1.000894"),
        ("nghĩavụ quânsự", "1.013133"),
        ("mất sổ đỏ lai châu", "1.115557"),
        ("nhập hộ khẩu", "1.004222"),
        ("NVQS", "1.013133"),
        ("xac nhan doc than", "1.004873"),
        ("dang ky khai xinh", "1.001193"),
    ],
)
def test_what_citizens_type_finds_it_first(reader: Engine, typed: str, first: str) -> None:
    assert keys(reader, typed)[0] == first


@pytest.mark.parametrize(
    "typed", ["123/2015", "123/2015/NĐ-CP", "nghi dinh 123 2015", "nđ 123/2015", "nd123/2015/nd-cp", "Nghị định số 123/2015/NĐ–CP"]
)
def test_a_number_in_any_spelling(reader: Engine, typed: str) -> None:
    assert keys(reader, typed, EntryKind.DOCUMENT)[0] == "123/2015/NĐ-CP"


def test_a_number_finds_the_document_before_what_cites_it(reader: Engine) -> None:
    found = keys(reader, "123/2015", EntryKind.PROCEDURE, EntryKind.DOCUMENT)
    assert found[0] == "123/2015/NĐ-CP"
    assert {"1.001193", "1.000689", "1.000894"} <= set(found)


@pytest.mark.parametrize(
    "typed", ["thủ tục trích dẫn 123/2015/NĐ-CP", "thu tuc theo nghi dinh 123/2015", "thủ tục căn cứ nghị định 123/2015"]
)
def test_procedures_that_cite_a_document(reader: Engine, typed: str) -> None:
    assert set(keys(reader, typed)[:3]) == {"1.001193", "1.000689", "1.000894"}


def test_a_code_half_typed_completes(reader: Engine) -> None:
    assert set(keys(reader, "3.00034")) == {"3.000346", "3.000347", "3.000348"}


def test_field_and_province(reader: Engine) -> None:
    assert set(keys(reader, "đất đai lai châu")[:2]) == {"1.115557", "1.115555"}


def test_a_body_and_a_subject(reader: Engine) -> None:
    assert keys(reader, "nghĩa vụ quân sự bộ quốc phòng")[0] == "1.013133"


@pytest.mark.parametrize("typed", ["điều 7 nghị định 123/2015", "khoản 2 Điều 7 của Nghị định 123/2015/NĐ-CP", "123/2015 dieu 7"])
def test_an_article_by_its_number_and_its_documents(reader: Engine, typed: str) -> None:
    kinds = (EntryKind.PROCEDURE, EntryKind.DOCUMENT, EntryKind.ARTICLE)
    assert keys(reader, typed, *kinds)[:2] == ["123/2015/NĐ-CP#dieu-7", "123/2015/NĐ-CP"]
    assert keys(reader, typed.replace("7", "8"), *kinds)[0] == "123/2015/NĐ-CP", "an article that is not there is not guessed"


def test_an_article_and_a_finding_are_found(reader: Engine) -> None:
    assert keys(reader, "lưu trữ sổ hộ tịch", EntryKind.ARTICLE) == ["123/2015/NĐ-CP#dieu-7"]
    assert keys(reader, "chuẩn bị công bố lại", EntryKind.FINDING) == ["f" * 16]


def test_findings_are_shown_to_nobody_who_is_not_signed_in(reader: Engine) -> None:
    for text in ("chuẩn bị công bố lại", "CITE-07", "f" * 16, "1.001193", "123/2015/NĐ-CP", ""):
        page = answer(reader, Query(text, size=100))
        assert {hit.entry.kind for hit in page.hits} <= {EntryKind.PROCEDURE, EntryKind.DOCUMENT, EntryKind.ARTICLE}
        assert "finding" not in dict(page.facets.get("kind", ()))
        assert not any("CITE-07" in line for line in (*suggestions(reader, text), *page.help))
    assert answer(reader, Query("", filters={"kind": ("finding",)})).total == 0
    with pytest.raises(BadQuery):
        Query("x", kinds=(EntryKind.FINDING,))
    with pytest.raises(BadQuery):
        Query("x", kinds=())


def test_the_dead_rank_lower_and_say_so(reader: Engine) -> None:
    page = answer(reader, Query("luật đất đai", kinds=(EntryKind.DOCUMENT,)))
    assert [hit.entry.key for hit in page.hits[:2]] == ["31/2024/QH15", "45/2013/QH13"]
    dead = page.hits[1].entry
    assert dead.status == "expired"
    assert dead.status_note == "Hết hiệu lực từ 01/08/2024"
    assert page.as_of == DAY
    assert all(hit.entry.status for hit in page.hits)


def test_facets_count_all_matches(reader: Engine, entries: list[Entry]) -> None:
    page = answer(reader, Query("", kinds=EVERYTHING, signed_in=True))
    assert page.total == len(entries)
    kinds = dict(page.facets["kind"])
    assert kinds == {"procedure": 21, "document": 7, "article": 1, "finding": 1}
    assert dict(page.facets["province"]) == {"Lai Châu": 2, "Lào Cai": 1}
    assert dict(page.facets["status"])["expired"] == 2
    for name in ("field", "level", "publisher", "online", "audience"):
        assert page.facets[name]


def test_filters(reader: Engine) -> None:
    assert set(keys(reader, "cấp lại giấy chứng nhận", filters={"province": ("Lai Châu", "Lào Cai")})[:2]) == {"1.115557", "1.115203"}
    page = answer(reader, Query("", filters={"field": ("Hộ tịch",), "kind": ("procedure",)}, size=3))
    assert page.total == 7
    assert {hit.entry.fields for hit in page.hits} == {("Hộ tịch",)}


def test_a_filter_in_the_way_is_named(reader: Engine) -> None:
    page = answer(reader, Query("đăng ký khai sinh", filters={"province": ("Cà Mau",)}))
    assert page.total == 0
    assert any("province" in line for line in page.help)


def test_sorting(reader: Engine) -> None:
    documents = (EntryKind.DOCUMENT,)
    newest = [hit.entry.issued_on for hit in answer(reader, Query("", kinds=documents, sort=Sort.NEWEST)).hits]
    assert newest == sorted(newest, key=lambda day: day.toordinal() if day else 0, reverse=True)
    assert keys(reader, "", *documents, sort=Sort.OLDEST)[0] == "158/2005/NĐ-CP"
    codes = keys(reader, "", sort=Sort.KEY, size=50)
    assert codes == sorted(codes)


@pytest.mark.parametrize("text", ["", "đăng ký", "giấy"])
def test_pages_are_stable_and_do_not_overlap(reader: Engine, text: str) -> None:
    whole = [hit.entry.id for hit in answer(reader, Query(text, size=100)).hits]
    pages = [hit.entry.id for page in range(1, 8) for hit in answer(reader, Query(text, size=5, page=page)).hits]
    assert pages == whole
    assert len(set(pages)) == len(pages)


def test_pages_past_the_ordered_candidates_continue(reader: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.answering.CANDIDATES", 6)
    pages = [hit.entry.id for page in range(1, 6) for hit in answer(reader, Query("đăng ký", size=4, page=page)).hits]
    total = answer(reader, Query("đăng ký")).total
    assert len(set(pages)) == len(pages) == min(total, 20)


def test_highlights_are_spans_of_the_text(reader: Engine) -> None:
    hit = answer(reader, Query("dang ky khai sinh", kinds=PROCEDURES)).hits[0]
    title, body = hit.highlights["title"], hit.highlights["body"]
    assert {title.text[a:b].lower() for a, b in title.spans} == {"đăng", "ký", "khai", "sinh"}
    assert all(0 <= a < b <= len(body.text) for a, b in body.spans)
    assert "khai sinh" in body.text


@pytest.mark.parametrize(
    ("typed", "name"),
    [("đăng ký kh", "Thủ tục đăng ký khai sinh"), ("dang ky tam t", "Đăng ký tạm trú"), ("3.000347", "3.000347 Đổi giấy phép lái xe")],
)
def test_suggestions_while_typing(reader: Engine, typed: str, name: str) -> None:
    assert name in suggestions(reader, typed)


def test_suggestions_never_fail(reader: Engine) -> None:
    assert suggestions(reader, "") == ()
    assert suggestions(reader, "  (((") == ()


def test_did_you_mean(reader: Engine) -> None:
    page = answer(reader, Query("đăng ký kết hônn"))
    assert page.corrected == "đăng ký kết hôn"
    assert page.did_you_mean == ("đăng ký kết hôn",)
    assert answer(reader, Query("đăng ký kết hôn")).corrected is None


def test_nothing_found_helps(reader: Engine) -> None:
    page = answer(reader, Query("qwzx jkvb"))
    assert page.total == 0
    assert page.help


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("đăng ký khai sinh", True),
        ("mất bằng lái", True),
        ("1.001193", True),
        ("123/2015/NĐ-CP", True),
        ("con tôi hôm qua đánh rơi quyển sách ở trường", False),
        ("hai mẹ con đi xe đạp sang sông có sao không", False),
    ],
)
def test_where_nothing_is_certain_it_is_said_and_only_the_nearest_are_shown(reader: Engine, text: str, certain: bool) -> None:
    page = answer(reader, Query(text))
    assert page.certain is certain
    assert ("Không thấy thủ tục khớp chắc chắn; gần nhất là:" in page.said) is (not certain and bool(page.hits))
    if not certain:
        assert page.total < answer(reader, Query(text, sort=Sort.KEY)).total
        assert answer(reader, Query(text, page=2, size=max(page.total, 1))).hits == ()


def test_both_of_two_wishes_are_at_the_top(reader: Engine) -> None:
    assert {"1.000894", "1.004222"} <= set(keys(reader, "vừa đăng ký kết hôn vừa nhập khẩu")[:3])


HOSTILE = [
    "a" * 10_000, "đăng ký " * 1_250, "\x00\x01\x02", "\u202e\u200fkhai sinh\u202c", '"', "AND OR NOT", "title:* OR _exists_:id", "(((((((((((",
    "a*b?c~2^99", "(a+)+$" * 200, "/.*.*.*.*/", "\\", "{!lucene}", "[* TO *]", "<script>alert(1)</script>", "'; DROP TABLE x; --", "🙂" * 500, "\ud800",
    "1." * 3_000, "9" * 5_000, "/" * 4_000, "a/2015/" * 900,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered(reader: Engine, text: str) -> None:
    page = answer(reader, Query(text))
    assert len(page.hits) <= 10
    suggestions(reader, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_is_answered(reader: Engine, text: str) -> None:
    page = answer(reader, Query(text, facets=False))
    assert len(page.hits) <= page.total


def test_questions_out_of_range_are_refused() -> None:
    for bad in ({"page": 0}, {"size": 0}, {"size": 101}, {"page": 2_000}, {"filters": {"colour": ("red",)}}):
        with pytest.raises(BadQuery):
            Query("x", **bad)  # type: ignore[arg-type]


def test_the_entry_comes_back_whole(reader: Engine, entries: list[Entry]) -> None:
    wanted = {entry.id: entry for entry in entries}
    page = answer(reader, Query("", kinds=EVERYTHING, size=100, signed_in=True))
    assert {hit.entry.id: hit.entry for hit in page.hits} == wanted


def test_an_engine_never_built_says_so(empty_engine: Engine) -> None:
    for ask in (
        empty_engine.count,
        lambda: answer(empty_engine, Query("x")),
        lambda: suggestions(empty_engine, "x"),
        lambda: empty_engine.update([]),
    ):
        with pytest.raises(IndexMissing):
            ask()


def test_updates_change_only_what_changed(engine: Engine, entries: list[Entry]) -> None:
    changed = dataclasses.replace(entries[0], title="Thủ tục đăng ký chim bồ câu")
    added = dataclasses.replace(entries[1], id="procedure:9.999999", key="9.999999", title="Cấp thẻ bồ câu")
    removed = entries[2].id
    assert engine.update([changed, added], [removed, "procedure:none"], expected=len(entries)) == len(entries)
    assert set(keys(engine, "bồ câu")[:2]) == {"1.001193", "9.999999"}
    assert entries[2].key not in keys(engine, "", size=100)
    assert engine.update([changed], [removed]) == engine.count() == len(entries)


def test_the_day_is_told_for_all_entries_and_costs_no_writing_of_any(engine: Engine, entries: list[Entry]) -> None:
    later = DAY + timedelta(days=3)
    assert (engine.open().as_of, engine.update([], expected=len(entries), as_of=later)) == (DAY, len(entries))
    assert engine.open().as_of == answer(engine, Query("")).as_of == later
    engine.update(entries[:1])
    assert engine.open().as_of == later
    with pytest.raises(IndexMismatch):
        engine.update([], expected=len(entries) + 1, as_of=DAY)
    assert engine.open().as_of == later


def test_an_entry_of_which_another_status_is_told_lends_no_words_again(engine: Engine, entries: list[Entry]) -> None:
    before = engine.open().vocabulary.to_json()
    engine.update([dataclasses.replace(one, status_note="Hết hiệu lực") for one in entries], expected=len(entries))
    assert engine.open().vocabulary.to_json() == before
    engine.update([dataclasses.replace(entries[0], title="Thủ tục bồ câu")])
    assert engine.open().vocabulary.words["cau"] > before["words"].get("cau", 0)


def test_fifty_nights_of_changes(engine: Engine, entries: list[Entry]) -> None:
    """The same entries change again and again, one goes and comes back: nothing that was deleted before is counted as held."""
    always, comes_and_goes = entries[:3], entries[3]
    for night in range(1, 51):
        changed = [dataclasses.replace(one, title=f"Thủ tục bồ câu đêm {night}") for one in always]
        away = night % 2
        count = len(entries) - away
        removed = [comes_and_goes.id] if away else []
        assert engine.update([*changed, *([] if away else [comes_and_goes])], removed, expected=count) == count
    assert engine.count() == len(entries)
    found = answer(engine, Query("bồ câu đêm 50", size=3))
    assert {hit.entry.title for hit in found.hits} == {"Thủ tục bồ câu đêm 50"}
    assert not [hit for hit in answer(engine, Query("bồ câu", size=100)).hits if "đêm 49" in hit.entry.title]


def test_an_update_that_does_not_add_up_changes_nothing(engine: Engine, entries: list[Entry]) -> None:
    with pytest.raises(IndexMismatch):
        engine.update([], [entries[0].id], expected=len(entries))
    assert engine.count() == len(entries)
    assert keys(engine, "1.001193")[0] == "1.001193"


def test_a_rebuild_swaps_at_once(engine: Engine, entries: list[Entry]) -> None:
    seen = []

    def watched() -> Iterator[Entry]:
        for entry in entries[:5]:
            seen.append(engine.count())
            yield entry

    assert engine.build(watched()) == 5
    assert set(seen) == {len(entries)}
    assert engine.count() == 5


def test_a_build_that_fails_leaves_the_last_index(engine: Engine, entries: list[Entry]) -> None:
    def broken() -> Iterator[Entry]:
        yield from entries[:3]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        engine.build(broken())
    with pytest.raises(IndexMismatch):
        engine.build([*entries, entries[0]])
    assert engine.count() == len(entries)
    assert keys(engine, "khai sinh")


def test_an_empty_build_is_an_index_too(engine: Engine) -> None:
    assert engine.build([]) == 0
    assert answer(engine, Query("khai sinh")).total == 0


def test_old_versions_are_swept(engine: Engine, entries: list[Entry]) -> None:
    for _ in range(2):
        engine.build(entries[:4])
    if isinstance(engine, EmbeddedEngine):
        left = len([path for path in engine._folder.of("").iterdir() if path.is_dir()])
    else:
        assert isinstance(engine, ElasticsearchEngine)
        left = len([name for name in engine._client.indices.get(index=f"{engine._prefix}*") if not name.endswith(("-words", "-texts"))])
    assert left == 2  # the one that serves and the one before
    assert engine.count() == 4


def test_one_build_at_a_time(tmp_path: Path, entries: list[Entry]) -> None:
    first, second = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)

    def meanwhile() -> Iterator[Entry]:
        yield entries[0]
        with pytest.raises(IndexBusy):
            second.build(entries)

    assert first.build(meanwhile()) == 1
    assert second.count() == 1
