"""Which documents a verb acts on: the heads of its part of the sentence, not the documents their titles name.

"Nghị định số A … sửa đổi, bổ sung một số điều của Nghị định số B và Nghị định số C … hết hiệu lực" ends A. Whether C stands
beside A or inside A's title is decided by the language (separators, titles, types) and by time: a title cannot name a
later document. Where neither decides, C is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from extractors.citations.grammar.provision_runs import Run, leading_run, trailing_run
from extractors.effects.effect_dates import TYPE_WORDS
from extractors.effects.mixed_lists import ATTACHED, MixedList, begins_list, mixed_list
from extractors.effects.rank import outranks
from extractors.effects.survivors import exceptions_in
from rasoat.identity import parse_number
from rasoat.records import Mention, MentionKind


class Scope(StrEnum):
    WHOLE = "whole"
    PART = "part"  # the provisions named
    CONTENT = "content"  # something inside, named only by its subject, or a phrase
    UNLISTED = "unlisted"  # "các điều, khoản của …": the parts follow in a list


@dataclass(frozen=True, slots=True)
class Target:
    """A document acted on, how much of it, and the stretch of text from it to the next one."""

    mention: Mention
    scope: Scope
    end: int
    provisions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    amended_through: tuple[Mention, ...] = ()
    inside: tuple[str, ...] = ()  # further provisions, of which only something is meant
    listed: bool = False  # its provisions stand by themselves in a list that has phrases as well


_GENERIC = re.compile(
    rf"(?:\s|[,;:.(]|\b(?:các|những|toàn\s+bộ|toàn\s+văn|cả|văn\s+bản|quy\s+phạm\s+pháp\s+luật|pháp\s+luật|quy\s+định|điều\s+khoản|điều|khoản|một\s+phần|"
    rf"điểm|nội\s+dung|sau\s+đây|sau|dưới\s+đây|như|gồm\s+có|gồm|bao\s+gồm|cụ\s+thể|là|tại|trong|của|thuộc|đối\s+với|cho|và|cùng\s+với|cùng|đồng\s+thời|"
    rf"hiệu\s+lực|thi\s+hành|áp\s+dụng|số|một\s+số|liên\s+quan|được|quy\s+định\s+tại|{TYPE_WORDS}|các\s+loại)(?!\w))*",
    re.IGNORECASE,
)
_LIST_INTRO = re.compile(
    rf"^(?![^:]*(?:quy\s+định|nội\s+dung|hướng\s+dẫn)\s+(?:về|liên\s+quan))[\s,]*(?:các|những|toàn\s+bộ|một\s+số|\d+)?\s*"
    rf"(?:văn\s+bản|quy\s+định|điều|{TYPE_WORDS}|nội\s+dung)[^:;]{{0,160}}:",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"^[\s,:]*(?:(?:các|những|toàn\s+bộ|một\s+số|một\s+phần)\s+)*(?:quy\s+định|nội\s+dung|phần|quy\s+chế|danh\s+mục|mẫu|biểu|bảng|phụ\s+lục|điều\s+lệ|hướng\s+dẫn|"
    r"chế\s+độ|tiêu\s+chuẩn|quy\s+chuẩn|đoạn|câu|gạch|tiết|dòng|cụm\s+từ|từ|chữ|mức|thủ\s+tục|thẩm\s+quyền|trách\s+nhiệm|ý|đơn\s+vị|tên|mã)\b",
    re.IGNORECASE,
)
# "Luật ban hành văn bản quy phạm pháp luật số …", "Pháp lệnhChống trợ cấp … số …": names the citation grammar reads from their number on.
_NAMED_BEFORE_NUMBER = re.compile(rf"(?s:.*)\b(?P<name>{TYPE_WORDS}(?:\s|(?=[A-ZĐ]))[^;:()]{{1,200}}?(?:\bsố\s*)?)$")
_ABBREVIATED = re.compile(r"\(\s*(?:sau\s+đây\s+)?(?:được\s+)?(?:gọi|viết)\s[^()]*$", re.IGNORECASE)
_PART_WORDS = re.compile(r"\b(?:một\s+phần|một\s+số\s+(?:điều|nội\s+dung|quy\s+định|khoản|điểm))\b", re.IGNORECASE)
_CONTENT_WORDS = re.compile(r"(?:quy\s+định|nội\s+dung|hướng\s+dẫn)\s+(?:về|liên\s+quan|có\s+liên\s+quan|đối\s+với|trái)", re.IGNORECASE)
# "các quy định về … tại A; B": of neither text more than the matter ends; "Điều 4 của Quy định về …" names a regulation.
_MATTER = re.compile(
    r"[\s,:]*(?:(?:các|những|một\s+số|toàn\s+bộ|phần)\s+)*(?:nội\s+dung\s+)?(?:quy\s+định|nội\s+dung|hướng\s+dẫn)\s+(?:về|liên\s+quan|có\s+liên\s+quan|đối\s+với)\b",
    re.IGNORECASE,
)
_CONTENT_OF = re.compile(
    r"\s*(?:(?:các|những|một\s+số|toàn\s+bộ)\s+)?(?:quy\s+định|nội\s+dung)\s+(?:về|có\s+liên\s+quan|liên\s+quan|đối\s+với)\b[^;]*?\b(?:tại|trong|của)\s+"
    r"(?:(?:điểm|khoản|điều|chương|mục)\s[^;]{1,80})?$",
    re.IGNORECASE,
)
# "Quyết định số … về thư viện, thiết bị trường học (phần thư viện)"; "(Phần II)" belongs to a title.
_ONLY_A_PART = re.compile(
    r"\(\s*(?:(?:chỉ|riêng|trong\s+đó|trừ)\s+)*(?:phần\s+(?!thứ\b|[ivxlc]+\b|\d)|(?:các\s+|những\s+|một\s+số\s+)?(?:nội\s+dung|quy\s+định)\s+"
    r"(?:về|liên\s+quan|có\s+liên\s+quan|đối\s+với|đề\s+cập|quy\s+định)|đối\s+với)\b",
    re.IGNORECASE,
)
_AMENDS = re.compile(r"sửa\s+đổi|bổ\s+sung", re.IGNORECASE)
_LAWS = frozenset({"Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh"})  # what a decree details; naming one amends nothing
# "… sửa đổi một số điều của Quyết định số 86 và Thông tư số …": the first is named by its number alone, and a title goes on behind it.
_BARE_NEIGHBOUR = re.compile(
    rf"(?:sửa\s+đổi|bổ\s+sung|hướng\s+dẫn)\b[^;]*?\b{TYPE_WORDS}\s+(?:số\s+)?\d+(?![\d/-])(?:\s+và|,)\s+(?:(?:các|{TYPE_WORDS}|số)\s+)*$",
    re.IGNORECASE,
)
_NEAR = 400  # letters before a document in which the words stand that tell its place: more than any law has there
_LONGEST_TITLE = 4000  # letters from a document to the next one named in its title, or beside it
_MOST_MIXED = 3  # lists of provisions and phrases that are tried before one document
_ROOM = 40  # characters between a number and its title: the day and the body of issue
_TITLE_JOINT = re.compile(r"[\s,;:]*(?:\b(?:và|cùng|với|đồng\s+thời|các|những|của)\b[\s,;:]*)*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,:]|\b(?:và|cùng\s+với|cùng|đồng\s+thời)\b", re.IGNORECASE)
_AMENDED_THROUGH = re.compile(
    r"(?:được|đã|\()\s*(?:được\s+)?(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|đính\s+chính)[^;]{0,120}?(?:bởi|theo|tại|bằng|của)\s+(?:các\s+)?"
    r"(?:(?:điểm|khoản|điều)\s[^;()]{0,60}?)?$",
    re.IGNORECASE,
)
_AMENDING_TITLE = re.compile(
    r"\s*[,:“\"~(]*\s*(?:về\s+(?:việc\s+)?)?(?:sửa\s+đổi|bổ\s+sung|đính\s+chính|bãi\s+bỏ|thay\s+thế)", re.IGNORECASE
)
_OWN_TITLE = re.compile(
    r"\s*[,:“\"~(]*\s*(?:quy\s+định|về|hướng\s+dẫn|ban\s+hành|phê\s+duyệt|công\s+bố|tổ\s+chức|quy\s+chuẩn)", re.IGNORECASE
)


def targets_in(
    text: str, start: int, end: int, mentions: Sequence[Mention], *, is_item: bool = False, above: frozenset[int] = frozenset()
) -> list[Target]:
    """The documents acted on in a stretch of text, each with its provisions, survivors and the documents that amended it.

    A semicolon after an amending title may go on with what that document amended ("Thông tư số A sửa đổi Quyết định số B;
    Thông tư số C; …"): there it ends the target only where B is itself on the list, and in an item of a list never. `above` holds the starts of mentions that outrank
    the source: it cannot end them, so they stand in a title.
    """
    inside = [
        m
        for m in mentions
        if start <= m.start
        and m.end <= end
        and m.kind is not MentionKind.SELF
        and not _ABBREVIATED.search(text, max(start, m.start - _NEAR), m.start)
    ]
    matter = bool(inside) and bool(_MATTER.match(text, start, inside[0].start))
    found: list[Target] = []
    known: set[str | None] = set()  # the numbers of those found
    nested: list[Mention] = []  # documents named since the last head
    through: list[Mention] = []  # documents the last head was amended by
    for index, mention in enumerate(inside):
        amended = inside[index + 1] if index + 1 < len(inside) else None
        if not found:
            first = _first(text, start, mention)
            if first is None or mention.start in above:
                return []
            found.append(first)
            known |= {mention.number} - {None}
            continue
        place = _IN_TITLE if mention.start in above else _beside(text, found[-1], known, mention, nested, through, amended, is_item=is_item)
        if place is _IN_TITLE:
            nested.append(mention)
        elif place is _AMENDER:
            through.append(mention)
            found[-1] = replace(found[-1], amended_through=tuple(through))
        elif isinstance(place, Target):
            found[-1] = _closed(text, found[-1], place.mention.start)
            found.append(replace(place, scope=Scope.CONTENT) if matter and found[0].scope is Scope.CONTENT else place)
            known |= {mention.number} - {None}
            nested, through = [], []
    if found:
        found[-1] = _closed(text, found[-1], end)
    return [part for target in found for part in parted(target)]


_IN_TITLE, _AMENDER = "in_title", "amender"


def _first(text: str, start: int, mention: Mention) -> Target | None:
    lead = text[start : mention.start]
    if intro := _LIST_INTRO.match(lead):
        start += intro.end()
        lead = text[start : mention.start]
    if (target := _target(text, start, mention)) is not None:
        return target
    if (listed := mixed_list(text, start, mention.start)) is not None:
        return with_provisions(Target(mention, Scope.WHOLE, mention.end), listed)
    if _CONTENT.match(lead):
        return _content(mention, trailing_run(text, start, mention.start))
    run = leading_run(text, start, mention.start)
    return _content(mention, run) if run and ATTACHED.search(lead) else None


def _target(text: str, start: int, mention: Mention) -> Target | None:
    """The mention as a head where only provisions and words like "các văn bản sau" stand between `start` and it."""
    begin = _written_from(text, start, mention)
    run = trailing_run(text, start, begin)
    run = run if run and (run.paths or run.inside) else None
    lead = text[start : run.start if run else begin]
    if not _GENERIC.fullmatch(lead):
        return None
    if run is None:
        scope = (
            Scope.UNLISTED if re.search(r"\b(?:điều|khoản|điểm|quy\s+định|nội\s+dung|một\s+phần)\b", lead, re.IGNORECASE) else Scope.WHOLE
        )
        return Target(mention, scope, mention.end)
    return _part(mention, run)


def _written_from(text: str, start: int, mention: Mention) -> int:
    """Where the document is really named from: "Pháp lệnh về … số 24/1999/PL-UBTVQH10" may be found by its number alone."""
    unnamed = mention.type is None or (mention.name is None and not mention.quote[:1].isupper())
    if unnamed and (named := _NAMED_BEFORE_NUMBER.match(text[start : mention.start])):
        return start + named.start("name")
    return mention.start


def begins_of(text: str, start: int, targets: Sequence[Target]) -> list[int]:
    """Where the words begin that name each of the targets of one verb; those of the first with the sentence itself, at `start`."""
    begins = [start] if targets else []
    for before, target in pairwise(targets):
        run = trailing_run(text, before.mention.end, target.mention.start)
        begins.append(run.start if run and run.paths else _written_from(text, before.mention.end, target.mention))
    return begins


def _part(mention: Mention, run: Run) -> Target:
    if run.hanging:
        return Target(mention, Scope.CONTENT, mention.end, run.paths)
    return _some_of(Target(mention, Scope.WHOLE, mention.end), run.paths, run.inside)


def with_provisions(target: Target, listed: MixedList) -> Target:
    """The target, of which only the provisions of a list are meant."""
    return replace(_some_of(target, listed.whole, listed.inside), listed=listed.phrases)


def _some_of(target: Target, whole: tuple[str, ...], inside: tuple[str, ...]) -> Target:
    if whole:
        return replace(target, scope=Scope.PART, provisions=whole, inside=inside)
    return replace(target, scope=Scope.CONTENT, provisions=inside)


def parted(target: Target) -> tuple[Target, ...]:
    """The target, and beside it the provisions of which only something is meant as a target of their own."""
    if not target.inside:
        return (target,)
    inside = replace(target, scope=Scope.CONTENT, provisions=target.inside, exceptions=(), inside=())
    return replace(target, inside=()), inside


def _content(mention: Mention, run: Run | None) -> Target:
    return Target(mention, Scope.CONTENT, mention.end, run.paths if run else ())


def _beside(
    text: str,
    last: Target,
    known: set[str | None],
    mention: Mention,
    nested: list[Mention],
    through: list[Mention],
    amended: Mention | None,
    *,
    is_item: bool,
) -> Target | str:
    """The mention as a further head, or where it stands instead: in the last head's title, or among its amenders."""
    head = last.mention
    previous = (nested or through or [head])[-1]
    if not nested and not through and _amended_through(text, head.end, mention.start):
        return _AMENDER
    between = text[max(head.end, mention.start - _LONGEST_TITLE) : mention.start]
    if between.count("(") > between.count(")"):
        return _AMENDER if through else _IN_TITLE
    if _BARE_NEIGHBOUR.search(text, max(head.end, mention.start - _NEAR), mention.start):
        return _IN_TITLE
    cut, further = _coordinate(text, previous.end, mention)
    if further is None or (further.scope is Scope.UNLISTED and cut != ";"):
        return _AMENDER if through and _amended_through(text, previous.end, mention.start) else _IN_TITLE
    if further.scope is Scope.WHOLE and (last.scope is Scope.UNLISTED or (cut != ";" and last.scope is Scope.CONTENT)):
        further = replace(further, scope=last.scope)  # "các quy định về … tại Thông tư A và Thông tư B"
    amending = bool(nested) and bool(_AMENDS.search(text, head.end, min(nested[0].start, head.end + _LONGEST_TITLE)))
    if cut == ";" and (not amending or further.scope is Scope.PART or (not is_item and _about_known(known, nested))):
        return further
    if through:
        if nested and nested[-1].start > through[-1].start and further.scope is not Scope.PART and not _later(mention, through[-1]):
            return _IN_TITLE  # the amender's own title goes on: "… bởi Thông tư số C sửa đổi Thông tư số A và Thông tư số B"
        return _after_amenders(text, further, mention, through)
    return further if not nested or _stands_beside(text, head, known, mention, nested, amended, amending=amending) else _IN_TITLE


def _about_known(known: set[str | None], nested: list[Mention]) -> bool:
    """Whether the title names only documents that stand in the list themselves: then a semicolon ends it."""
    amended = [mention for mention in nested if mention.number and mention.type not in _LAWS]
    return bool(amended) and all(mention.number in known for mention in amended)


def _amended_through(text: str, start: int, end: int) -> bool:
    return bool(_AMENDED_THROUGH.search(text[max(start, end - _NEAR) : end]))


def _coordinate(text: str, start: int, mention: Mention) -> tuple[str, Target | None]:
    """The mention as a target after a separator, with that separator. One inside its own provisions does not count."""
    run = trailing_run(text, start, mention.start)
    begins = run.start if run else mention.start
    mixed = _MOST_MIXED
    for cut in _SEPARATOR.finditer(text, max(start, begins - _LONGEST_TITLE), begins):
        if begins - cut.end() <= _NEAR and (further := _target(text, cut.end(), mention)) is not None:
            return cut[0], further
        tried = mixed > 0 and begins_list(text, cut.end(), mention.start)
        listed = mixed_list(text, cut.end(), mention.start) if tried else None
        mixed -= tried
        if listed is not None and listed.complete and listed.phrases:
            return cut[0], with_provisions(Target(mention, Scope.WHOLE, mention.end), listed)
        if _CONTENT_OF.match(text, cut.end(), mention.start):
            return cut[0], _content(mention, run)
    return "", None


def _after_amenders(text: str, further: Target, mention: Mention, through: list[Mention]) -> Target | str:
    if further.scope is Scope.PART or _OWN_TITLE.match(text, mention.end) or mention.type != through[0].type:
        return further
    return _AMENDER


def _stands_beside(
    text: str, head: Mention, known: set[str | None], mention: Mention, nested: list[Mention], amended: Mention | None, *, amending: bool
) -> bool:
    if _later(mention, head):
        return True  # a title cannot name a document that came after it
    alike = [inner for inner in nested if inner.type == mention.type]
    if not alike and not amending:
        # What a title names stands above it or beside it: a decree's never names a circular.
        return mention.type == head.type or outranks((head.type, head.number), (mention.type, mention.number))
    plural = re.search(r"\b(?:các|những)\s+(?:\w+\s+){0,2}$", text[max(head.end, nested[0].start - _NEAR) : nested[0].start], re.IGNORECASE)
    amends_known = amended is not None and amended.number in known and _AMENDING_TITLE.match(text, mention.end)
    return bool(not plural and nested[-1].number in known and amends_known)


def _later(one: Mention, other: Mention) -> bool:
    if one.issued_on and other.issued_on:
        return one.issued_on > other.issued_on
    first, second = _year(one), _year(other)
    return bool(first and second and first > second)


def _year(mention: Mention) -> int | None:
    parts = parse_number(mention.number) if mention.number else None
    if parts and parts.year:
        return parts.year
    return mention.issued_on.year if mention.issued_on else mention.year


def _closed(text: str, target: Target, end: int) -> Target:
    """The target with the stretch up to the next one, the survivors named in it, and a title that ends where the next one begins."""
    spared = exceptions_in(text, target.mention.end, end, target.provisions, target.mention.number)
    if target.scope in (Scope.WHOLE, Scope.PART) and _ONLY_A_PART.search(text, target.mention.end, end):
        target = replace(target, scope=Scope.CONTENT)
    return replace(target, mention=_titled(text, target.mention, end), end=end, exceptions=spared)


def _titled(text: str, mention: Mention, end: int) -> Mention:
    """The mention without the documents that its title has swallowed ("… về lệ phí và Nghị định số …" beside it on the list)."""
    if mention.name is None or end <= mention.end:
        return mention
    run = trailing_run(text, mention.end, end)
    own = " ".join(text[mention.end : run.start if run and run.paths else end].split())
    after = " ".join(text[mention.end : mention.end + 2 * len(mention.name) + _ROOM].split())
    if len(mention.name) <= len(own) or mention.name not in after:  # a law's name stands before its number or its year
        return mention
    return replace(mention, name=_TITLE_JOINT.sub("", own).strip(' ,;:.-"“') or None)


def is_about_content(text: str, start: int, end: int) -> bool:
    """Whether the words name only a subject inside the documents ("các quy định về … tại các văn bản sau")."""
    return bool(_CONTENT_WORDS.search(text, start, end) or (_PART_WORDS.search(text, start, end) and "một phần" in text[start:end].lower()))
