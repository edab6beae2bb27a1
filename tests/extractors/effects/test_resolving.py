"""Clauses become effects between documents; what cannot be placed is named."""

from datetime import date

from extractors.effects import Doubt, SourceHead, effects_of
from rasoat.identity import document_key
from rasoat.records import Article, Confidence, DateBasis, Mention, NonAnswer, Origin, Resolution, Tier, Verb

HEAD = SourceHead("48/2024/QH15", "Luật", date(2024, 11, 26), date(2025, 7, 1))


def article(text: str) -> Article:
    return Article(
        "luat|48/2024/QH15", "dieu-18", "Hiệu lực thi hành", text, "codified law", date(2026, 2, 23), Tier.A, Origin("0" * 64, "line 1")
    )


def resolve(mention: Mention) -> Resolution:
    """A register of one naming: every numbered document is itself, "99/…" is unknown, names are ambiguous."""
    if mention.number is None:
        return Resolution(non_answer=NonAnswer.AMBIGUOUS, candidates=("luat|1/2000/QH10", "luat|2/2010/QH12"))
    if mention.number.startswith("99/"):
        return Resolution(non_answer=NonAnswer.UNKNOWN_DOCUMENT)
    number = mention.number.replace("QH14", "QH13") if mention.number.startswith("67/2014") else mention.number
    return Resolution(key=document_key(mention.type, number))


def test_one_effect_for_each_provision() -> None:
    found = effects_of(article("2. Bãi bỏ khoản 1, khoản 2 Điều 12 Nghị định số 23/2015/NĐ-CP."), HEAD, resolve)
    assert [(e.verb, e.target, e.target_provision, e.source, e.source_provision) for e in found.effects] == [
        (Verb.REPEALS, "nghi-dinh|23/2015/NĐ-CP", "dieu-12/khoan-1", "luat|48/2024/QH15", "dieu-18/khoan-2"),
        (Verb.REPEALS, "nghi-dinh|23/2015/NĐ-CP", "dieu-12/khoan-2", "luat|48/2024/QH15", "dieu-18/khoan-2"),
    ]
    assert not found.unresolved


def test_what_cannot_be_placed_is_named() -> None:
    text = "1. Luật này thay thế Luật Thuế tài nguyên.\n2. Bãi bỏ Nghị định số 99/2015/NĐ-CP.\n3. Bãi bỏ Nghị định số 11/2030/NĐ-CP."
    found = effects_of(article(text), HEAD, resolve)
    assert found.effects == []
    assert [u.reason for u in found.unresolved] == [Doubt.AMBIGUOUS, Doubt.UNKNOWN_DOCUMENT, Doubt.LATER_THAN_SOURCE]
    assert found.unresolved[0].candidates == ("luat|1/2000/QH10", "luat|2/2010/QH12")


def test_a_misprinted_number_is_shown_and_lowers_confidence() -> None:
    (effect,) = effects_of(article("3. Luật Đầu tư số 67/2014/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực."), HEAD, resolve).effects
    assert (effect.target, effect.printed_target, effect.confidence) == ("luat|67/2014/QH13", "67/2014/QH14", Confidence.MEDIUM)


def test_an_unknown_anchor_keeps_the_effect_without_a_day() -> None:
    text = "Nghị định số 31/2021/NĐ-CP hết hiệu lực kể từ ngày Luật số 99/2025/QH15 có hiệu lực thi hành."
    found = effects_of(article(text), HEAD, resolve)
    assert [(e.basis, e.anchor, e.on) for e in found.effects] == [(DateBasis.ANCHORED, None, None)]
    assert [u.reason for u in found.unresolved] == [Doubt.UNKNOWN_ANCHOR]


def test_an_amender_ends_with_its_only_base() -> None:
    text = "3. Luật Thuế giá trị gia tăng số 13/2008/QH12 đã được sửa đổi, bổ sung theo Luật số 31/2013/QH13 và Luật số 35/2018/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành."
    titles = {
        "luat|31/2013/QH13": "Sửa đổi, bổ sung một số điều của Luật Thuế giá trị gia tăng số 13/2008/QH12",
        "luat|35/2018/QH14": "Sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch",
    }
    found = effects_of(article(text), HEAD, resolve, titles.get)
    assert [(e.target, e.confidence) for e in found.effects] == [
        ("luat|13/2008/QH12", Confidence.HIGH),
        ("luat|31/2013/QH13", Confidence.MEDIUM),
    ]
    assert [e.target for e in effects_of(article(text), HEAD, resolve).effects] == ["luat|13/2008/QH12"]
