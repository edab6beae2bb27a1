"""Words for people: whatever a verdict rests on is said in Vietnamese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rasoat import words

VALIDITY = Path(__file__).parent.parent / "validators" / "validity"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("stands in the codified law of 2026-02-23", "có trong Bộ pháp điển ngày 23/02/2026"),
        ("stood in the codified law of 2024-03-15, not in that of 2026-02-23", "có trong Bộ pháp điển ngày 15/03/2024, không còn trong bản ngày 23/02/2026"),
        ("entered into force on 2026-07-01 (own_entry)", "có hiệu lực ngày 01/07/2026 (ngày văn bản chấm dứt có hiệu lực)"),
        ("entered into force on 2026-07-01 (stated by phapdien on 2026-02-23)", "có hiệu lực ngày 01/07/2026 (Bộ pháp điển nêu, ghi nhận ngày 23/02/2026)"),
        ("vbpl says “Còn hiệu lực” on 2026-05-31", "vbpl.vn nêu “Còn hiệu lực”, ghi nhận ngày 31/05/2026"),
        ("partly ended by 87/2020/NĐ-CP on 2020-09-15", "bị 87/2020/NĐ-CP chấm dứt một phần ngày 15/09/2020"),
        ("revived by 09/2026/NQ-CP", "được 09/2026/NQ-CP khôi phục hiệu lực"),
        ("consolidates 15/2018/NĐ-CP: ends only on 2026-07-01", "hợp nhất 15/2018/NĐ-CP: chỉ chấm dứt từ ngày 01/07/2026"),
        ("term", "thời hạn ghi trong văn bản"),
        ("something new", "something new"),
    ],
)  # fmt: skip
def test_a_basis_in_words(said: str, shown: str) -> None:
    assert words.basis(said) == shown


def test_every_sentence_of_the_engine_has_its_words() -> None:
    """Each f-string or text the validity engine gives as a basis, filled with a sample, is known to the words."""
    found = []
    for file in sorted(VALIDITY.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        found += re.findall(r'basis = f?"([^"]+)"', text)
        found += re.findall(r'Verdict\(\s*Status\.\w+,\s*"\w+",\s*f?"([^"]+)"', text)
        found += re.findall(r'Sign\([^"]*?f"([^"]+)"', text)
        found += re.findall(r'Entry\([^"]*?f"([^"]+)"', text)
    assert len(found) > 12
    for sentence in found:
        filled = re.sub(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", "2020", sentence).replace("2020 2020 on", "amended by 2020 on")
        assert words.basis(filled) != filled, sentence
