"""A publisher's note that something has ended is a claim about the place it stands in, never a clause."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.effects import SourceHead, effects_of
from rasoat.identity import document_key
from rasoat.records import Article, Effect, Mention, Origin, Resolution, Tier, Verb

HEAD = SourceHead("31/2022/NĐ-CP", "Nghị định", date(2022, 5, 4), date(2022, 7, 1))
TEXT = "1. Hồ sơ gồm:\na) Đơn;{a}\nb) Bản vẽ.{b}\n2. Nơi nộp: Sở Xây dựng.{second}{end}"


def claims(**notes: str) -> list[Effect]:
    text = TEXT.format(**{"a": "", "b": "", "second": "", "end": ""} | {name: f" [{note}]" for name, note in notes.items()})
    article = Article("nghi-dinh|31/2022/NĐ-CP", "dieu-8", "Hồ sơ", text, "import", date(2026, 8, 31), Tier.B, Origin("0" * 64, "f#dieu-8"))
    found = effects_of(article, HEAD, resolve).effects
    assert all(text[one.start : one.end] == one.quote for one in found)
    return found


def resolve(mention: Mention) -> Resolution:
    return Resolution(key=document_key(mention.type, mention.number or ""))


BY = "bởi Khoản 3 Điều 9 Nghị định 12/2024/NĐ-CP có hiệu lực từ ngày 01/03/2024"


@pytest.mark.parametrize(
    ("where", "says", "path"),
    [
        ("a", f"Điểm này bị bãi bỏ {BY}", "dieu-8/khoan-1/diem-a"),
        ("b", f"Khoản này hết hiệu lực {BY}", "dieu-8/khoan-1"),
        ("second", f"Khoản này được thay thế {BY}", "dieu-8/khoan-2"),
        ("end", f"Điều này bị hủy bỏ {BY}", "dieu-8"),
        ("end", f"Nghị định này hết hiệu lực {BY}", None),
    ],
)
def test_a_note_claims_the_place_it_stands_in(where: str, says: str, path: str | None) -> None:
    (claim,) = claims(**{where: says})
    assert (claim.tier, claim.verb, claim.source, claim.target) == (
        Tier.D, Verb.REPEALS, "nghi-dinh|12/2024/NĐ-CP", "nghi-dinh|31/2022/NĐ-CP",
    )  # fmt: skip
    assert (claim.target_provision, claim.on) == (path, date(2024, 3, 1))


def test_a_suspension_is_claimed_as_one() -> None:
    (claim,) = claims(second=f"Khoản này bị ngưng hiệu lực {BY}")
    assert claim.verb is Verb.SUSPENDS


@pytest.mark.parametrize(
    "says",
    [
        f"Khoản này được sửa đổi {BY}",
        f"Khoản này được hướng dẫn {BY}",
        f"Cụm từ này bị bãi bỏ {BY}",
        f"Mẫu này bị thay thế {BY}",
        "Khoản này hết hiệu lực bởi văn bản khác",
    ],
)
def test_other_notes_claim_nothing_that_has_a_path(says: str) -> None:
    assert claims(second=says) == []
