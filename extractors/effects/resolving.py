"""Clause effects become effects between documents: every mention resolved, every failure named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from extractors.citations import find_mentions
from extractors.effects.clause_reading import read_clauses
from extractors.effects.clauses import ENDINGS, ClauseEffect, SourceHead
from extractors.effects.documents_around import speaks_of_changing
from extractors.effects.misfiled import ends_what_it_cannot
from extractors.effects.noted_endings import noted_endings
from rasoat.identity import parse_number
from rasoat.records import Article, Confidence, Effect, Mention, MentionKind, NonAnswer, Resolution, Tier
from rasoat.vietnamese import fold

Resolve = Callable[[Mention], Resolution]
TitleOf = Callable[[str], str | None]
_ORDER = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
_AMENDING_TITLE = re.compile(
    r"^\W*(?:luật\s+|nghị định\s+|thông tư\s+)?(?:về\s+(?:việc\s+)?)?sửa đổi,?\s*(?:và\s+)?bổ sung\s+(?:một số (?:điều|nội dung)\s+)?(?:của\s+)?",
    re.IGNORECASE,
)


class Doubt(StrEnum):
    """Why a clause gave no effect, or an undated one."""

    UNKNOWN_DOCUMENT = "unknown_document"
    AMBIGUOUS = "ambiguous"
    NOT_NORMATIVE = "not_normative"
    MALFORMED = "malformed"
    ITSELF = "itself"  # the target resolves to the source
    LATER_THAN_SOURCE = "later_than_source"  # a document cannot end one that is issued after it
    UNKNOWN_ANCHOR = "unknown_anchor"  # the effect is kept, its day stays unknown
    WRONG_NOTE = "wrong_note"  # the article ends its own document or a later one: it is another document's article
    BESIDE_WRONG_NOTE = "beside_wrong_note"  # whatever else such an article says


@dataclass(frozen=True, slots=True)
class UnresolvedClause:
    """A clause that gave no effect (or, for an unknown anchor, no day), with the reason and the candidates."""

    source: str
    source_provision: str
    clause: ClauseEffect
    reason: Doubt
    candidates: tuple[str, ...] = ()
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleEffects:
    """All that an article's clauses gave: the effects, and what could not be placed."""

    effects: list[Effect] = field(default_factory=list)
    unresolved: list[UnresolvedClause] = field(default_factory=list)


def effects_of(article: Article, head: SourceHead, resolve: Resolve, title_of: TitleOf | None = None) -> ArticleEffects:
    """The effects of one article's clauses; the source is the article's own document (its note's, in the codified law).

    `title_of` gives a known document's title. With it, a document that only amended the ended one ("Luật A đã được sửa đổi
    theo Luật B … hết hiệu lực", B titled "sửa đổi, bổ sung một số điều của Luật A") ends with it, at medium confidence;
    without it, or where B amended other documents too, B is left alone.
    """
    return placed(article, head, read_article(article.text, head, article.heading), resolve, title_of)


def read_article(text: str, head: SourceHead, heading: str = "") -> list[ClauseEffect]:
    """All that an article's text says: its clauses, and what a publisher's notes in it claim. Its heading may name the text whose
    provisions the clauses repeal; what a heading says beyond that is not taken: quotes are cut from the text."""
    clauses = read_clauses(text, head)
    if speaks_of_changing(f"Điều 1. {heading}"):
        told = {_said(clause) for clause in clauses}
        clauses += [clause for clause in _under(f"Điều 1. {heading}\n", text, head) if _said(clause) not in told]
        clauses.sort(key=lambda clause: clause.start)
    return [*clauses, *noted_endings(text)]


def _said(clause: ClauseEffect) -> tuple[object, ...]:
    return clause.verb, clause.target and clause.target.number, clause.provisions, clause.end


def _under(heading: str, text: str, head: SourceHead) -> Iterator[ClauseEffect]:
    """The clauses of a text read below its heading, their offsets those of the text; a text that the heading names stands at 0."""
    size = len(heading)
    for clause in read_clauses(f"{heading}{text}", head):
        if clause.start < size or (clause.lead and clause.lead not in text):
            continue
        target, anchor = (_moved(mention, size) for mention in (clause.target, clause.anchor))
        through = tuple(moved for mention in clause.amended_through if (moved := _moved(mention, size)))
        yield replace(clause, start=clause.start - size, end=clause.end - size, target=target, anchor=anchor, amended_through=through)


def _moved(mention: Mention | None, by: int) -> Mention | None:
    return mention and replace(mention, start=max(mention.start - by, 0), end=max(mention.end - by, 0))


def placed(
    article: Article, head: SourceHead, clauses: Iterable[ClauseEffect], resolve: Resolve, title_of: TitleOf | None = None
) -> ArticleEffects:
    """As `effects_of`, from clauses read before: what was read once is resolved anew whenever more documents are known."""
    found, read = ArticleEffects(), list(clauses)
    for clause in read:
        if clause.claimed_by:
            _claim(article, clause, clause.claimed_by, resolve, found)
        else:
            _place(article, head, clause, resolve, title_of, found)
    themselves = [one.clause for one in found.unresolved if one.reason is Doubt.ITSELF]
    later = [one.clause for one in found.unresolved if one.reason is Doubt.LATER_THAN_SOURCE]
    proofs = ends_what_it_cannot(head, read, themselves, later)
    return _misfiled(article, read, proofs) if proofs else found


def _misfiled(article: Article, clauses: list[ClauseEffect], proofs: list[ClauseEffect]) -> ArticleEffects:
    """Nothing of an article that stands under another document's note, with the clauses that show it."""
    reasons = [Doubt.WRONG_NOTE if clause in proofs else Doubt.BESIDE_WRONG_NOTE for clause in clauses]
    places = ["/".join(filter(None, (article.path, clause.source_provision))) for clause in clauses]
    return ArticleEffects([], [UnresolvedClause(article.key, *one) for one in zip(places, clauses, reasons, strict=True)])


def _place(
    article: Article, head: SourceHead, clause: ClauseEffect, resolve: Resolve, title_of: TitleOf | None, found: ArticleEffects
) -> None:
    place = "/".join(part for part in (article.path, clause.source_provision) if part)
    target, confidence, printed = None, clause.confidence, None
    if clause.target is not None:
        resolution = resolve(clause.target)
        doubt = _doubt(article, head, clause.target, resolution)
        if doubt or resolution.key is None:
            reason = doubt or Doubt.UNKNOWN_DOCUMENT
            found.unresolved.append(UnresolvedClause(article.key, place, clause, reason, resolution.candidates, resolution.suggestion))
            return
        target = resolution.key
        confidence = min(confidence, resolution.confidence, key=_ORDER.index)
        if clause.target.number and clause.target.number not in target:
            printed, confidence = clause.target.number, min(confidence, Confidence.MEDIUM, key=_ORDER.index)
    anchor = resolve(clause.anchor).key if clause.anchor else None
    if clause.anchor and anchor is None:
        found.unresolved.append(UnresolvedClause(article.key, place, clause, Doubt.UNKNOWN_ANCHOR))
    effect = Effect(
        verb=clause.verb, source=article.key, source_provision=place, quote=clause.quote, start=clause.start, end=clause.end,
        tier=article.tier, observed_on=article.observed_on, origin=article.origin, target=target, on=clause.on, basis=clause.basis,
        anchor=anchor, days=clause.days, months=clause.months, until=clause.until, exceptions=clause.exceptions, confidence=confidence,
        printed_target=printed, lead=clause.lead,
    )  # fmt: skip
    found.effects.extend(replace(effect, target_provision=path) for path in clause.provisions or (None,))
    if title_of and target and clause.verb in ENDINGS and not clause.provisions and not clause.exceptions:
        found.effects.extend(_amenders_ended(effect, clause, resolve, title_of))


def _claim(article: Article, clause: ClauseEffect, by: Mention, resolve: Resolve, found: ArticleEffects) -> None:
    """What a publisher's note claims to have ended this article or its document: the clause, if there is one, stands elsewhere."""
    place = "/".join(part for part in (article.path, clause.source_provision) if part)
    resolution = resolve(by)
    if resolution.key is None or resolution.key == article.key:
        reason = Doubt.ITSELF if resolution.key else Doubt((resolution.non_answer or NonAnswer.UNKNOWN_DOCUMENT).value)
        found.unresolved.append(UnresolvedClause(article.key, place, clause, reason, resolution.candidates, resolution.suggestion))
        return
    found.effects.append(
        Effect(
            verb=clause.verb,
            source=resolution.key,
            source_provision=by.provisions[0] if by.provisions else "",
            quote=clause.quote,
            start=clause.start,
            end=clause.end,
            tier=Tier.D,
            observed_on=article.observed_on,
            origin=article.origin,
            target=article.key,
            target_provision=None if clause.claims_whole else place,
            on=clause.on,
            basis=clause.basis,
            confidence=clause.confidence,
        )
    )


def _doubt(article: Article, head: SourceHead, mention: Mention, resolution: Resolution) -> Doubt | None:
    if resolution.key is None:
        return Doubt((resolution.non_answer or NonAnswer.UNKNOWN_DOCUMENT).value)
    if resolution.key == article.key:
        return Doubt.ITSELF
    return Doubt.LATER_THAN_SOURCE if _issued_after(mention, head) else None


def _issued_after(mention: Mention, head: SourceHead) -> bool:
    if mention.issued_on and head.issued_on:
        return mention.issued_on > head.issued_on
    target, source = parse_number(mention.number or ""), parse_number(head.number)
    return bool(target and source and target.year and source.year and target.year > source.year)


def _amenders_ended(effect: Effect, clause: ClauseEffect, resolve: Resolve, title_of: TitleOf) -> Iterator[Effect]:
    assert clause.target is not None
    for mention in clause.amended_through:
        key = resolve(mention).key
        if key and key not in (effect.source, effect.target) and _only_amends(title_of(key), clause.target, effect.target, resolve):
            yield replace(effect, target=key, confidence=min(effect.confidence, Confidence.MEDIUM, key=_ORDER.index), printed_target=None)


def _only_amends(title: str | None, target: Mention, target_key: str | None, resolve: Resolve) -> bool:
    """Whether a title says "sửa đổi, bổ sung một số điều của" this one document and no other."""
    opening = _AMENDING_TITLE.match(title or "")
    if not title or not opening or title[opening.end() :].lower().startswith(("các ", "một số ")):
        return False
    named = [m for m in find_mentions(title[opening.end() :]) if m.kind is not MentionKind.SELF]
    if not named or named[0].start > 1 or any(re.search(r"(?:,|\bvà)\s*$", title[opening.end() :][: m.start]) for m in named[1:]):
        return False
    if named[0].number:
        return resolve(named[0]).key == target_key
    return bool(target.name and named[0].name and fold(target.name) == fold(named[0].name))
