"""One verdict for each citation of a procedure: what the cited text or provision is on the day, or why nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rapidfuzz import fuzz

from queries.contract import BasisOfProcedure, ClauseLine
from queries.document_status import ids
from rasoat import words
from rasoat.records import Citation, Evidence, Part, Role, Status, Verdict
from rasoat.vietnamese import fold
from validators.validity.answers import StatusAnswers

_VERDICTS = {
    Status.IN_FORCE: "alive", Status.PARTLY_IN_FORCE: "partly", Status.EXPIRED: "dead", Status.NOT_YET: "not_yet", Status.SUSPENDED: "suspended",
}  # fmt: skip
# "Điều 12. Cấp lại giấy phép Nghị định số …", "Điều 12 (Cấp lại giấy phép) của Nghị định số …"
_HEADED = re.compile(
    r"[Đđ]iều\s+(?P<number>\d{1,3}[a-zđ]?)\s*[.:(–-]\s*[“\"]?(?P<heading>[A-ZĐÀ-Ỹ][^;.()“”\"\n\d]{5,120}?)[”\"]?\s*\)?\s*,?\s*(?:của|tại|trong)?\s*$"
)
_HEADING_REACH = 180
_SAME_HEADING = 92  # of 100: a copy's slips, no other words


def bases_of(
    parts: Mapping[Part, str], cited: Sequence[Citation], answers: StatusAnswers, as_of: date
) -> tuple[list[BasisOfProcedure], list[BasisOfProcedure]]:
    """The texts of the legal basis, and what else the procedure cites; each text once with each provision it is cited by, in the
    order of the text."""
    told: set[tuple[str, str | None]] = set()
    answers.look_ahead([(key, path) for one in cited if (key := one.resolution.key) for path, _ in _provisions(one, parts)], as_of)
    basis = list(_lines([one for one in cited if one.part is Part.LEGAL_BASIS], parts, answers, as_of, told))
    elsewhere = [one for one in cited if one.part is not Part.LEGAL_BASIS and one.mention.role is not Role.IN_TITLE]
    return basis, list(_lines(elsewhere, parts, answers, as_of, told))


def _lines(
    cited: Sequence[Citation],
    parts: Mapping[Part, str],
    answers: StatusAnswers,
    as_of: date,
    told: set[tuple[str, str | None]],
) -> Iterator[BasisOfProcedure]:
    for one in cited:
        for provision, heading in _provisions(one, parts):
            identity = (one.resolution.key or one.mention.quote, provision)
            if identity not in told:
                told.add(identity)
                yield _line(one, provision, heading, answers, as_of)


def _provisions(one: Citation, parts: Mapping[Part, str]) -> list[tuple[str | None, str | None]]:
    """The provisions that a citation names, each with the heading printed beside it; the whole text (None) where it names none."""
    before = parts.get(one.part, "")[max(0, one.mention.start - _HEADING_REACH) : one.mention.start]
    headed = _HEADED.search(before)
    article, heading = (f"dieu-{headed['number']}", headed["heading"]) if headed else (None, None)
    named = (*one.mention.provisions, *one.mention.divisions) or (article,)
    return [(path, heading if path == article else None) for path in named]


def _line(one: Citation, provision: str | None, heading: str | None, answers: StatusAnswers, as_of: date) -> BasisOfProcedure:
    key = one.resolution.key
    if key is None:
        answer = one.resolution.non_answer
        said = answer.value if answer else Status.UNKNOWN_DOCUMENT.value
        why = words.NON_ANSWER[answer] if answer else words.STATUS[Status.UNKNOWN_DOCUMENT]
        return BasisOfProcedure(
            part=one.part.value, quote=one.mention.quote, type=one.mention.type, document=one.mention.number, title=None, provision=provision,
            status=said, reason=said, verdict="cannot_tell", says=[why], since=None, until=None, ended_by=[], clause=None, successors=[],
        )  # fmt: skip
    document, verdict = answers.document(key), answers.answer(key, provision, as_of).verdict
    other = _other_heading(answers, key, provision, heading) if heading else None
    return BasisOfProcedure(
        part=one.part.value,
        quote=one.mention.quote,
        type=document.type if document else None,
        document=document.id if document else key,
        title=document.title if document else None,
        provision=provision,
        status=verdict.status.value,
        reason=verdict.reason,
        verdict="other_heading" if other else verdict_word(verdict),
        says=[*([other] if other else []), *verdict_says(verdict)],
        since=since_when(verdict, as_of),
        until=until_of(verdict, as_of),
        ended_by=ids(answers, verdict.ended_by),
        clause=clause_of(answers, verdict),
        successors=ids(answers, verdict.successors),
    )


def verdict_word(verdict: Verdict) -> str:
    """alive, partly, dead, not_yet, suspended, no_such_provision, else cannot_tell: never alive for want of an answer."""
    if verdict.reason == "no_such_provision":
        return verdict.reason
    return _VERDICTS.get(verdict.status, "cannot_tell")


def verdict_says(verdict: Verdict) -> list[str]:
    """What there is to add to the word: what a text has, what has ended of it, what is left, or why nobody can tell."""
    if verdict.reason == "no_such_provision":
        return [words.basis(verdict.basis)]
    if parts := words.provisions(verdict.ended_parts):
        return [f"trừ {parts}"]
    if parts := words.provisions(verdict.survivors):
        return [f"chỉ còn {parts}"]
    told = verdict.status in _VERDICTS and verdict.status is not Status.PARTLY_IN_FORCE
    return [] if told else [words.REASON.get(verdict.reason, verdict.reason)]


def _other_heading(answers: StatusAnswers, key: str, provision: str | None, heading: str) -> str | None:
    """That the heading printed beside an article is another article's, and what the article itself is called."""
    held = answers.headings(key)
    article = (provision or "").partition("/")[0]
    own, said = held.get(article), fold(heading).strip()
    if not own or fuzz.ratio(fold(own).strip(), said) >= _SAME_HEADING:
        return None
    others = [path for path, name in held.items() if path != article and fuzz.ratio(fold(name).strip(), said) >= _SAME_HEADING]
    if len(others) != 1:
        return None
    return f"tên “{heading}” là của {words.provision(others[0])}; {words.provision(article)} là “{own}”"


def since_when(verdict: Verdict, as_of: date) -> date | None:
    """Since when the text has been as it is: the last day before `as_of` on which its force began or ended."""
    days = [day for span in verdict.intervals for day in (span.start, span.end) if day and day <= as_of]
    return max(days, default=None)


def until_of(verdict: Verdict, as_of: date) -> date | None:
    """The first day out of force where an end to come is known already."""
    return min((span.end for span in verdict.intervals if span.end and span.end > as_of), default=None)


def clause_of(answers: StatusAnswers, verdict: Verdict) -> ClauseLine | None:
    """The clause that ended or suspended the text; what is in force needs none."""
    if verdict.status not in (Status.EXPIRED, Status.SUSPENDED) or not verdict.evidence:
        return None
    one: Evidence = verdict.evidence[0]
    return ClauseLine(
        document=ids(answers, (one.document,))[0],
        provision=one.provision,
        quote=words.running(one.quote),
        tier=one.tier.value,
        lead=words.running(one.lead),
    )
