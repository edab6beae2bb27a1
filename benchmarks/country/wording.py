"""The texts of the documents, in sentences of our own; and of each clause what a reader finds there.

That the readers do find it in these words is tested; here it is written down beside the words, since reading a million of them
takes a quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from extractors.effects import ClauseEffect, may_act
from rasoat.records import DateBasis, Mention, MentionKind, Verb

from .drawn import Drawn
from .fates import COMING, Act, Change, Fates
from .papers import Paper, day_in_words

_SUSPENDED_UNTIL = COMING
_HEADINGS = (
    "Phạm vi điều chỉnh",
    "Đối tượng áp dụng",
    "Nguyên tắc chung",
    "Yêu cầu đối với hồ sơ",
    "Trình tự giải quyết",
    "Mức thu",
    "Chế độ báo cáo",
)
_SENTENCES = (
    "Cơ quan tiếp nhận kiểm tra thành phần hồ sơ về {} và trả lời người nộp trong ngày.",
    "Người nộp hồ sơ về {} được chọn nộp trực tiếp hoặc gửi qua bưu điện.",
    "Sổ theo dõi {} được lập theo năm và lưu tại đơn vị chuyên môn.",
    "Kết quả giải quyết về {} được trả cho người nộp kèm giấy hẹn.",
    "Mỗi đơn vị cử một người phụ trách {} và công khai số điện thoại của người ấy.",
    "Số liệu về {} được tổng hợp vào tuần đầu của mỗi quý.",
)
_CLOSING = "Điều khoản thi hành"
_VERBS = {
    Act.REPLACES: Verb.REPLACES, Act.REPEALS: Verb.REPEALS, Act.CEASES: Verb.REPLACES, Act.STRIKES: Verb.REPEALS,
    Act.AMENDS: Verb.AMENDS, Act.CORRECTS: Verb.CORRECTS, Act.SUSPENDS: Verb.SUSPENDS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worded:
    """A document in words: its title, its articles as (heading, text), and the clauses of the last of them."""

    title: str
    articles: list[tuple[str, str]]
    clauses: list[ClauseEffect]


def worded(paper: Paper, told: Fates, drawn: Drawn) -> Worded:
    """A document's text; the same drawing gives the same text."""
    articles = [
        (_HEADINGS[at % len(_HEADINGS)], "\n".join(f"{n}. {_sentence(drawn)}" for n in range(1, items + 1)))
        for at, items in enumerate(paper.items)
    ]
    lines, clauses, length = [], [], 0
    for n, (text, clause) in enumerate(_clauses(paper, told), 1):
        head = f"{n}. "
        start = length + len(head)
        clauses.append(_moved(clause, start, len(text), f"khoan-{n}"))
        lines.append(head + text)
        length = start + len(text) + 1
    articles.append((_CLOSING, "\n".join(lines)))
    return Worded(_title(paper, told, drawn), articles, clauses)


def _title(paper: Paper, told: Fates, drawn: Drawn) -> str:
    if overhauled := told.overhauls.get(paper.at):
        return f"Sửa đổi, bổ sung một số điều của {overhauled.cited}"
    return f"Quy định về {drawn.title()}"


def _sentence(drawn: Drawn) -> str:
    """A sentence that a reader has no reason to take for one that changes any law."""
    chance = drawn.chance
    while True:
        text = chance.choice(_SENTENCES).format(drawn.text(chance.randint(2, 5)))
        if not may_act(text):
            return text


def _clauses(paper: Paper, told: Fates) -> Iterator[tuple[str, ClauseEffect]]:
    """The closing article's sentences, each with its clause; places in the clause are counted from the sentence's start."""
    this = paper.type
    entry = f"{this} này có hiệu lực thi hành từ ngày {day_in_words(paper.effective_on)}."
    yield entry, ClauseEffect(Verb.ENTERS_INTO_FORCE, entry, 0, 0, on=paper.effective_on, basis=DateBasis.STATED)
    if term := told.terms.get(paper.at):
        words = f"{this} này có hiệu lực đến hết ngày {day_in_words(term - timedelta(days=1))}."
        yield words, ClauseEffect(Verb.EXPIRES, words, 0, 0, on=term, basis=DateBasis.TERM)
    for change in told.changes.get(paper.at, ()):
        yield _change(this, change)


def _change(this: str, change: Change) -> tuple[str, ClauseEffect]:
    before, after = _around(this, change)
    cited = change.target.cited
    text = f"{before}{cited}{after}."
    target = Mention(
        len(before), len(before) + len(cited), cited, MentionKind.NUMBERED, change.target.type, change.target.number,
        change.target.issued_on, change.target.signer, change.provisions,
    )  # fmt: skip
    clause = ClauseEffect(
        _VERBS[change.act], text, 0, 0, target, change.provisions, (change.spared,) if change.spared else (),
        change.on, DateBasis.STATED if change.on else DateBasis.OWN_ENTRY,
        until=_SUSPENDED_UNTIL if change.act is Act.SUSPENDS else None,
    )  # fmt: skip
    return text, clause


def _around(this: str, change: Change) -> tuple[str, str]:
    """The words before and behind the target's name."""
    spared = f", trừ {printed(change.spared)}" if change.spared else ""
    since = f" kể từ ngày {day_in_words(change.on)}" if change.on else ""
    named = ", ".join(map(printed, change.provisions)) + " "
    match change.act:
        case Act.REPLACES:
            return f"{this} này thay thế ", spared
        case Act.REPEALS:
            return "Bãi bỏ ", since + spared
        case Act.CEASES:
            return "", f" hết hiệu lực{since}{spared}"
        case Act.STRIKES:
            return f"Bãi bỏ {named}", ""
        case Act.AMENDS:
            return f"Sửa đổi, bổ sung {named}", ""
        case Act.CORRECTS:
            return f"Đính chính {named}", ""
        case Act.SUSPENDS:
            return f"Ngưng hiệu lực thi hành {named}", f" đến hết ngày {day_in_words(_SUSPENDED_UNTIL - timedelta(days=1))}"


def printed(path: str) -> str:
    """A path as texts print it: "dieu-5/khoan-2" → "khoản 2 Điều 5"."""
    article, _, part = path.partition("/")
    own = f"Điều {article.removeprefix('dieu-')}"
    return f"khoản {part.removeprefix('khoan-')} {own}" if part else own


def _moved(clause: ClauseEffect, start: int, length: int, place: str) -> ClauseEffect:
    target = clause.target and replace(clause.target, start=clause.target.start + start, end=clause.target.end + start)
    return replace(clause, start=start, end=start + length, target=target, source_provision=place)
