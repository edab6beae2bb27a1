"""What a run did again is told in both languages, with the reason and a few names."""

from __future__ import annotations

import pytest

from cli.explained_lines import explained
from rasoat.run_report import Redone


@pytest.mark.parametrize(
    ("one", "vietnamese", "english"),
    [
        (
            Redone("read", 1, "read", ("901/2026/NĐ-CP",)),
            "1 văn bản đọc lại: mới đọc 901/2026/NĐ-CP",
            "1 documents read anew: newly read 901/2026/NĐ-CP",
        ),
        (
            Redone("judged", 104, "facts", ("126/2020/NĐ-CP",)),
            "104 thủ tục xét lại: vì viện dẫn, liên quan 126/2020/NĐ-CP",
            "104 procedures re-judged: because they cite or rest on 126/2020/NĐ-CP",
        ),
        (Redone("units", 0, "untouched"), "0 dòng công khai, niêm yết", "0 rows of coverage"),
        (Redone("documents_derived", 3, "whole"), "3 văn bản trong sổ khác trước", "3 documents of the register that are others"),
    ],
)
def test_a_line_says_how_many_of_what_and_why(one: Redone, vietnamese: str, english: str) -> None:
    told = explained(one).split(" / ", 1)
    assert told[0].startswith(vietnamese)
    assert told[1].startswith(english)
