"""A number that cannot be, beside a document that only other procedures cite: the suggestion must not need the register."""

from __future__ import annotations

from extractors.citations import Context, DocumentRegister, find_mentions
from rasoat.records import NonAnswer, Part
from validators.derivation.resolved_citations import ResolvedCitations

CONTEXT = Context(issuer="Bộ Xây dựng")


def test_a_cut_number_is_held_against_what_others_cite() -> None:
    texts = ["Nghị định số 118/2025/NĐ của Chính phủ", "Nghị định số 118/2025/NĐ-CP", "Luật Xây dựng", "Nghị định số 999/2025/NĐ"]
    mentions = [(f"piece-{at}", 0, 0, Part.STEPS, mention) for at, text in enumerate(texts) for mention in find_mentions(text)]
    found = ResolvedCitations({(one[0], 0): CONTEXT for one in mentions}, DocumentRegister([]), mentions, noting=False)
    cut, whole, named, unlike = found.resolved.values()
    assert (cut.key, cut.non_answer, cut.suggestion) == (None, NonAnswer.MALFORMED, "nghi-dinh|118/2025/NĐ-CP")
    assert (whole.key, whole.suggestion) == ("nghi-dinh|118/2025/NĐ-CP", None)
    assert (named.suggestion, unlike.suggestion) == (None, None)
    assert list(found.wider.documents) == ["nghi-dinh|118/2025/NĐ-CP"]
