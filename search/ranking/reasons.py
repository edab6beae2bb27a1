"""Why a hit is among the results, in words: which number, law, code, body or words of the question are its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.analysis import body_words, number_tokens
from search.entries import EntryKind
from search.index_contract import Highlight
from search.named_codes import code_shown
from search.ranking.asked_numbers import bears, code_merit
from search.traits import Traits
from search.understanding.understand import Understanding

_MOST_WORDS = 6


def reasons(asked: Understanding, traits: Traits, marked: Mapping[str, Highlight]) -> tuple[str, ...]:
    """What of a question an entry answers, the strongest first."""
    found = [*_by_number(asked, traits), *_by_law(asked, traits), *_by_fact(asked, traits)]
    for where, said in (("title", "trùng chữ"), ("body", "trong bài có")):
        if where in marked and (where == "title" or not found):
            found.append(f"{said}: {_words(marked[where])}")
    return tuple(dict.fromkeys(found))


def _by_number(asked: Understanding, traits: Traits) -> Iterator[str]:
    own = traits.stored.get("numbers", ())
    for code in asked.codes:
        if traits.kind is EntryKind.PROCEDURE and any(number.startswith(code.code) for number in own):
            yield "đúng mã" if code.code in own else f"mã bắt đầu bằng {code.code}"
    for number in asked.numbers:
        if traits.kind in (EntryKind.DOCUMENT, EntryKind.ARTICLE) and bears(number, traits):
            yield "đúng số"
        elif f" {number.token}" in traits.cites + traits.mentions:
            yield f"viện dẫn {number.shown}"
    if asked.named_codes and code_merit(asked.named_codes, traits):
        yield f"nêu {', '.join(code_shown(code) for code in asked.named_codes if f' {code} ' in traits.mentions)}"


def _by_law(asked: Understanding, traits: Traits) -> Iterator[str]:
    key = traits.key
    for law in asked.laws:
        for name in law.names:
            if key == name.key:
                yield "đúng tên" if law.whole else "trong tên có chữ được hỏi"
            elif key.partition("#")[0] == name.key and f" {asked.article} " in traits.numbers:
                yield f"Điều {asked.article.removeprefix('dieu-')} của luật được hỏi"
            elif f" {number_tokens(name.number)[0]} " in traits.cites + traits.mentions:
                yield f"viện dẫn {name.number}"


def _by_fact(asked: Understanding, traits: Traits) -> Iterator[str]:
    if asked.province and traits.province == asked.province:
        yield f"tỉnh: {asked.province}"
    for name in (traits.stored.get("publisher", ""), *traits.stored.get("agencies", ())):
        if name and any(agency in " ".join(body_words(name)) for agency in asked.agencies):
            yield f"cơ quan: {name}"
            break
    if asked.level and asked.level in traits.levels:
        yield asked.level.lower()
    if asked.field and asked.field in traits.stored.get("fields", ()):
        yield f"lĩnh vực: {asked.field}"


def _words(marked: Highlight) -> str:
    """The words that matched, as they are written there."""
    found = dict.fromkeys(marked.text[start:end].lower() for start, end in marked.spans)
    return ", ".join([*found][:_MOST_WORDS])
