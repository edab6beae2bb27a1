"""A matter, a part told by its subject, a thing replaced by another: none of them ends the text it stands in."""

from datetime import date

import pytest

from extractors.effects import SourceHead, read_clauses
from rasoat.records import Verb

DECREE = SourceHead("800/2026/NĐ-CP", "Nghị định", date(2026, 1, 10), None)
OLD = "Nghị định số 700/2020/NĐ-CP ngày 01 tháng 12 năm 2020 của Chính phủ"
OLDER = "Nghị định số 701/2019/NĐ-CP"


def endings(text: str) -> list[tuple[str | None, tuple[str, ...]]]:
    found = read_clauses(text, DECREE)
    return [(e.target and e.target.number, e.provisions) for e in found if e.verb in (Verb.REPLACES, Verb.REPEALS)]


@pytest.mark.parametrize(
    "text",
    [
        f"2. Bãi bỏ các quy định về giá đất tại {OLD}; {OLDER}; Nghị định số 702/2018/NĐ-CP.",
        f"2. Bãi bỏ những nội dung quy định về giá đất trong {OLD} quy định về đất đai; {OLDER} và Điều 5 Nghị định số 702/2018/NĐ-CP.",
        f"2. Các quy định liên quan đến giá đất tại {OLD}; {OLDER} hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
        f"2. Bãi bỏ các quy định về giá đất tại:\na) {OLD};\nb) {OLDER}.",
        f"2. Bãi bỏ:\na) Các quy định về giá đất tại các nghị định:\n- {OLD};\n- {OLDER}.",
        f"2. Nghị định này thay thế {OLD} về nhà đất (phần giá đất).",
        f"2. Nghị định này thay thế {OLD} (phần đề cập đến giá đất).",
        f"2. Bãi bỏ {OLD} quy định về nhà đất (các nội dung về giá đất).",
        f"2. Thay thế Phụ lục II ban hành kèm theo {OLD} bằng Phụ lục I ban hành kèm theo Nghị định này.",
        f"2. Thay thế Điều 5 {OLDER} bằng quy định tại Điều 9 Nghị định này.",
        f"2. Nghị định này thay thế một phần {OLD} và {OLDER}.",
    ],
)
def test_no_text_ends(text: str) -> None:
    assert endings(text) == []
    assert {effect.verb for effect in read_clauses(text, DECREE)} == {Verb.AMENDS}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        (
            f"2. Bãi bỏ Điều 4 của Quy định về đo đạc ban hành kèm theo {OLD}; {OLDER}.",
            [("701/2019/NĐ-CP", ())],
        ),
        (f"2. Bãi bỏ {OLD} quy định chương trình thi (Phần II).", [("700/2020/NĐ-CP", ())]),
        (f"2. Điều 5 {OLD} quy định lập bản đồ bằng phương pháp đo trực tiếp hết hiệu lực.", [("700/2020/NĐ-CP", ("dieu-5",))]),
        (f"2. Thay thế Điều 5 {OLD} quy định việc trả lương bằng tiền.", [("700/2020/NĐ-CP", ("dieu-5",))]),
        (f"2. Bãi bỏ các quy định về giá đất tại {OLD}. Bãi bỏ {OLDER}.", [("701/2019/NĐ-CP", ())]),
        (f"2. Nghị định này thay thế {OLD} (phần giá đất) và {OLDER}.", [("701/2019/NĐ-CP", ())]),
    ],
)
def test_what_stands_beside_a_matter_ends(text: str, ended: list[tuple[str, tuple[str, ...]]]) -> None:
    assert endings(text) == ended
