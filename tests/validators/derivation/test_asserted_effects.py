"""Effects that titles, notes and typed relations assert, each with the tier of whoever says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from extractors.citations.resolution.document_register import DocumentRegister
from rasoat.records import Confidence, KnownFrom, LegalDocument, Mention, Observation, Origin, Resolution, Tier, Verb
from validators.derivation.asserted_effects import asserted_effects
from validators.derivation.neighbour_cells import NeighbourEvidence
from validators.derivation.placed_effects import EffectPlacing

DAY = date(2026, 2, 23)
OLD, NEW = "thong-tu|24/2019/TT-BGTVT", "thong-tu|27/2022/TT-BGTVT"


def document(key: str, title: str | None) -> LegalDocument:
    number = key.partition("|")[2]
    return LegalDocument(key, number, number, "Thông tư", None, title, date(2022, 10, 11), date(2022, 11, 28), KnownFrom.TEXT)


def observation(key: str, title: str | None, source: str, *relations: tuple[str, str]) -> Observation:
    return Observation(
        key, key.partition("|")[2], "Thông tư", source, DAY, Origin("sha", "here"), KnownFrom.TEXT, title=title, relations=relations
    )


def resolve(mention: Mention) -> Resolution:
    return Resolution(f"thong-tu|{mention.number}")


@pytest.mark.parametrize(("source", "tier"), [("phapdien", Tier.A), ("import:documents", Tier.B)])
def test_a_title_has_the_tier_of_its_source(source: str, tier: Tier) -> None:
    title = "Sửa đổi, bổ sung một số điều của Thông tư số 24/2019/TT-BGTVT"
    (effect,) = asserted_effects(document(NEW, title), observation(NEW, title, source), resolve)
    assert (effect.verb, effect.source, effect.target, effect.tier, effect.quote) == (Verb.AMENDS, NEW, OLD, tier, title)


def test_a_title_that_the_record_does_not_show_says_nothing() -> None:
    other = observation(NEW, "Sửa đổi Thông tư số 24/2019/TT-BGTVT", "phapdien")
    assert list(asserted_effects(document(NEW, "Quy định mức phí"), other, resolve)) == []


def test_a_suspension_told_by_a_note() -> None:
    words = "bị ngưng hiệu lực bởi Điều 1 Thông tư số 27/2022/TT-BGTVT, có hiệu lực thi hành kể từ ngày 28/11/2022"
    (effect,) = asserted_effects(document(OLD, None), observation(OLD, None, "phapdien", (f"dieu-2: {words}", NEW)), resolve)
    assert (effect.verb, effect.source, effect.source_provision) == (Verb.SUSPENDS, NEW, "dieu-1")
    assert (effect.target, effect.target_provision, effect.on) == (OLD, "dieu-2", date(2022, 11, 28))
    assert (effect.tier, effect.confidence, effect.quote) == (Tier.A, Confidence.MEDIUM, words)


@pytest.mark.parametrize("words", ["bị ngưng hiệu lực bởi Điều 1 Thông tư số 27/2022/TT-BGTVT", "…, có hiệu lực từ ngày 31/02/2022"])
def test_a_note_without_a_day_suspends_nothing(words: str) -> None:
    assert list(asserted_effects(document(OLD, None), observation(OLD, None, "phapdien", (f"dieu-2: {words}", NEW)), resolve)) == []


@pytest.mark.parametrize(
    "words",
    [
        "bị ngưng hiệu lực bởi Thông tư số 27/2022/TT-BGTVT và Thông tư số 9/2022/TT-BGTVT, có hiệu lực thi hành kể từ ngày 28/11/2022",
        "bị ngưng hiệu lực bởi văn bản khác, có hiệu lực thi hành kể từ ngày 28/11/2022",
    ],
    ids=["two documents", "none"],
)
def test_a_note_that_does_not_name_one_document_suspends_nothing(words: str) -> None:
    """Which of two suspended it nobody can tell, and a suspension without its text accuses nobody."""
    assert list(asserted_effects(document(OLD, None), observation(OLD, None, "phapdien", (f"dieu-2: {words}", NEW)), resolve)) == []


def test_a_note_whose_document_is_nobody_suspends_nothing() -> None:
    words = "bị ngưng hiệu lực bởi Điều 1 Thông tư số 27/2022/TT-BGTVT, có hiệu lực thi hành kể từ ngày 28/11/2022"
    said = observation(OLD, None, "phapdien", (f"dieu-2: {words}", NEW))
    assert list(asserted_effects(document(OLD, None), said, lambda mention: Resolution())) == []


@pytest.mark.parametrize(
    ("kind", "verb", "confidence"),
    [
        ("12 Văn bản được thay thế", Verb.REPLACES, Confidence.MEDIUM),
        ("9 Văn bản được quy định chi tiết, unverified", Verb.DETAILS, Confidence.LOW),
        ("7 Văn bản được hợp nhất", Verb.CONSOLIDATES, Confidence.MEDIUM),
    ],
)
def test_relations_are_claims(kind: str, verb: Verb, confidence: Confidence) -> None:
    (effect,) = asserted_effects(document(NEW, None), observation(NEW, None, "vbpl", (kind, OLD), ("3 Căn cứ ban hành", OLD)), resolve)
    assert (effect.verb, effect.source, effect.target, effect.tier, effect.confidence) == (verb, NEW, OLD, Tier.D, confidence)


def test_a_relation_of_a_document_to_itself_says_nothing() -> None:
    said = observation(NEW, None, "vbpl", ("12 Văn bản được thay thế", NEW))
    assert list(asserted_effects(document(NEW, None), said, resolve)) == []


def test_what_stands_there_night_after_night_is_asserted_once() -> None:
    said = observation(NEW, "Quy định mức phí", "vbpl", ("12 Văn bản bị thay thế", OLD))
    nights = [replace(said, observed_on=DAY + timedelta(days=night)) for night in range(30)]
    other = replace(said, origin=Origin("another", "here"), relations=(("1 Văn bản bị bãi bỏ", OLD),))
    placing = EffectPlacing(DocumentRegister([document(NEW, "Quy định mức phí")]), NeighbourEvidence(), noting=False)
    placing.claims([*(("piece", one) for one in nights), ("other", other)])
    assert [row["verb"] for rows in placing.found.rows.values() for row in rows] == [Verb.REPLACES.value, Verb.REPEALS.value]
