"""Rules on the reference itself: a symbol that cannot be resolved (CITE-03), attributes that disagree (CITE-04)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten

from extractors.citations.resolution.quoted_titles import title_same
from rasoat import words
from rasoat.records import Citation, Finding, LegalDocument, Mention, MentionKind, NonAnswer, Part, Role, Severity
from validators.rules.citation_finding import note
from validators.rules.world import Case, Question

_WORDS = {"issued_on": "ngày ban hành", "issuer": "cơ quan ban hành", "type": "loại văn bản", "title": "tên gọi"}
_SHOWN = 120  # letters of a title that a message repeats
_LONGEST = 250  # letters of a title; what is longer has run into the next entry
_A_NUMBER = re.compile(r"\d/(?:\d{4}/)?[A-ZĐ]")


def unresolved(question: Question, citations: Sequence[Citation]) -> Iterator[Finding]:
    """CITE-03, once per printed symbol and part: a symbol that cannot be, or that nearly is another of the register.

    A well-formed symbol that the register does not hold is no error of the procedure: the register is never complete.
    """
    seen: set[tuple[str, str]] = set()
    for citation in citations:
        mention, resolution = citation.mention, citation.resolution
        printed = mention.number or mention.quote
        if mention.kind is not MentionKind.NUMBERED or mention.role is Role.IN_TITLE or (citation.part.value, printed) in seen:
            continue
        doubtful = resolution.non_answer is NonAnswer.MALFORMED or (resolution.non_answer is not None and resolution.suggestion is not None)
        if not doubtful or printed in question.world.confirmed:
            continue
        seen.add((citation.part.value, printed))
        suggestion = question.world.printed(resolution.suggestion) if resolution.suggestion else None
        hint = f"; có thể là {question.world.called(resolution.suggestion)}, cần người xác nhận" if resolution.suggestion else ""
        yield note(
            "CITE-03",
            question,
            key=resolution.key or printed,
            named=printed,
            message=f"Chưa tìm thấy văn bản “{printed}” nêu ở {words.PART[citation.part]}{hint}.",
            citation=citation,
            severity=None,
            suggestion=suggestion,
            confidence=resolution.confidence,
            act=resolution.suggestion,
        )


def mismatched(case: Case) -> Iterator[Finding]:
    """CITE-04: the symbol is found, and the date, body, type or title in the quote is another's."""
    wrong = [
        (citation, names)
        for citation in case.citations
        if (names := _mismatch(case, citation)) and citation.mention.role is not Role.IN_TITLE
    ]
    if not wrong:
        return
    citation, names = wrong[0]
    named = "; ".join(_differs(name, citation.mention, case.document) for name in names)
    grave = {"issuer", "type"} & set(names)
    name = case.question.world.called(case.key)
    yield note(
        "CITE-04",
        case.question,
        key=case.key,
        named=name,
        message=f"Viện dẫn {name} ở {words.PART[case.part]} có {named}.",
        citation=citation,
        severity=Severity.MEDIUM if grave else None,
        confidence=citation.resolution.confidence,
    )


def _differs(name: str, mention: Mention, document: LegalDocument | None) -> str:
    """An attribute with what the citation says and what the document is, so that nobody need look either up."""
    said, held = {
        "issued_on": (
            mention.issued_on and words.day(mention.issued_on),
            document and document.issued_on and words.day(document.issued_on),
        ),
        "issuer": (mention.issuer, document and document.issuer),
        "type": (mention.type, document and document.type),
        "title": (mention.name, document and document.title),
    }[name]
    both = f" (ghi “{_short(said)}”, văn bản: “{_short(held)}”)" if said and held else ""
    return f"{_WORDS[name]} không khớp với văn bản{both}"


def _short(text: str) -> str:
    return shorten(text, _SHOWN, placeholder=" …")


def _mismatch(case: Case, citation: Citation) -> tuple[str, ...]:
    """The attributes that differ; the title only where what was read is one, and is not another entry's."""
    names = citation.resolution.mismatch
    title = case.document.title if case.document else None
    if "title" in names and not (_surely_a_title(case, citation) and title and not _stands_before(case, citation, title)):
        return tuple(name for name in names if name != "title")
    return names


def _surely_a_title(case: Case, citation: Citation) -> bool:
    """In a list of bases, behind the document's day or body, and no longer than titles are. Elsewhere a sentence goes on behind
    the number, and behind a bare code of a table the next row begins."""
    mention = citation.mention
    if case.part is not Part.LEGAL_BASIS or not (mention.issued_on or mention.issuer):
        return False
    return bool(mention.name) and len(mention.name or "") <= _LONGEST and not _A_NUMBER.search(mention.name or "")


def _stands_before(case: Case, citation: Citation, title: str) -> bool:
    """Whether the document's own title stands before its code, as tables print it: the words behind are the next entry's."""
    return title_same(case.before(citation, len(title) + 60), title)
