"""Items for a person: a publisher's claim beside what was computed, texts that left the codified law, sources that disagree.

They stand beside the computed status, never in its place (tier D accuses nobody). One document gives one item of a kind,
however many procedures cite it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from rasoat import words
from rasoat.records import BasisKind, Confidence, Effect, Finding, LegalDocument, Origin, Severity, Status, Tier, Verb, Verdict
from validators.rules.bodies.bodies_today import todays_name
from validators.rules.citation_finding import Names, clause_of, fingerprint, matter, stated, stretch
from validators.rules.rule_catalogue import RULES
from validators.rules.world import World
from validators.validity.facts import Claim
from validators.validity.paths import WHOLE
from validators.validity.signs import claim_class
from validators.validity.validity_facts import is_individual

_ALIVE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE})
_GONE = frozenset({Status.EXPIRED, Status.SUSPENDED})
_SHOWN = 240  # letters of a clause that a message repeats
_RELATIONS = frozenset({Verb.REPLACES, Verb.REPEALS, Verb.SUSPENDS})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What disagrees: `inner` is part of the item's identity and never changes with wording, `shown` is what people read."""

    inner: str
    shown: str


def review_document(key: str, world: World, as_of: date, known_at: date | None) -> Iterator[Finding]:
    """REVIEW and CONS-01 items of one document on a day."""
    document = world.document(key)
    if document is None or is_individual(document) or not world.graph.register.known(key, known_at):
        return
    claims = _latest(world.graph.placement(known_at).claims(key))
    claimed = [effect for effect in world.graph.register.effects.on(key, known_at, _RELATIONS) if effect.tier is Tier.D]
    bare = [effect for effect in claimed if not effect.target_provision]
    noted = [effect for effect in claimed if effect.target_provision]
    left = world.graph.left(key, known_at)
    dead = world.graph.life(key, known_at).endings.get(WHOLE)
    misfiled = _misfiled(key, world, known_at)
    if not claims and not claimed and left is None and not dead and not misfiled:
        return
    verdict = world.status(key, None, as_of, known_at)
    for clause in misfiled:
        article = clause.source_provision.partition("/")[0]
        message = (
            f"{words.provision(article)} đang được xếp dưới {words.called(document)} nhưng lại chấm dứt chính văn bản này hoặc văn bản ban hành sau nó"
            f" (“{shorten(words.quoted(words.running(clause.lead), words.running(clause.quote)), _SHOWN, placeholder=' …')}”): là điều của văn bản khác, không dùng để kết luận; cần tìm văn bản có điều này."
        )
        what = Disagreement(f"wrong note of {article}", f"{words.provision(article)} xếp dưới {words.called(document)}")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, clause.observed_on, clause.origin, act=key)
    for claim in claims:
        yield from _claim(document, claim, verdict, world, as_of)
    yield from _sources_disagree(document, claims, verdict, world, as_of)
    if verdict.status is Status.EXPIRED:
        yield from _doubted_end(document, verdict, world, as_of, known_at)
    if bare and verdict.status not in _GONE:
        by = min(bare, key=lambda effect: (effect.source, effect.verb))
        message = f"Nguồn liệt kê {words.called(document)} đã được {world.called(by.source)} thay thế hoặc bãi bỏ nhưng chưa có điều khoản làm chứng."
        what = Disagreement(f"relation {by.verb} {world.printed(by.source)}", f"quan hệ với {world.called(by.source)} do nguồn liệt kê")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, by.observed_on, by.origin, act=by.source)
    yield from _noted(document, noted, verdict, world, as_of, known_at)
    if verdict.reason == "left_codified_law" and verdict.left_codified_law:
        message = f"{words.called(document)} không còn trong Bộ pháp điển ngày {words.day(verdict.left_codified_law)}; chưa rõ hiệu lực."
        what = Disagreement("codified law", f"Bộ pháp điển ngày {words.day(verdict.left_codified_law)}")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, verdict.left_codified_law, None)


def _noted(
    document: LegalDocument, noted: list[Effect], verdict: Verdict, world: World, as_of: date, known_at: date | None
) -> Iterator[Finding]:
    """One item for each text that the notes in a copy say ended provisions which no clause we hold ends."""
    for source in sorted({effect.source for effect in noted}):
        open_ = [
            effect
            for effect in noted
            if effect.source == source
            and (effect.on is None or effect.on <= as_of)
            and world.status(document.key, effect.target_provision, as_of, known_at).status not in _GONE
        ]
        if not open_:
            continue
        first = min(open_, key=lambda effect: (effect.observed_on, effect.start))
        parts = words.provisions(effect.target_provision or "" for effect in open_)
        message = (
            f"Chú thích trong bản chép của {words.called(document)} ghi {world.called(source)} đã chấm dứt hoặc ngưng"
            f" {parts}; chưa có điều khoản làm chứng."
        )
        what = Disagreement(f"note on {world.printed(source)}", f"chú thích dẫn {world.called(source)}")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, first.observed_on, first.origin, act=source)


def _misfiled(key: str, world: World, known_at: date | None) -> list[Effect]:
    """One clause of each article that stands under the document's note and is another document's."""
    known = [clause for clause in world.graph.register.misfiled.get(key, ()) if known_at is None or clause.observed_on <= known_at]
    first: dict[str, Effect] = {}
    for clause in sorted(known, key=lambda clause: (clause.observed_on, clause.source_provision, clause.quote)):
        first.setdefault(clause.source_provision.partition("/")[0], clause)
    return [first[article] for article in sorted(first)]


def _doubted_end(document: LegalDocument, verdict: Verdict, world: World, as_of: date, known_at: date | None) -> Iterator[Finding]:
    """An end by clause that an edition of the codified law, or the record of the ending text itself, does not bear out.

    An edition counts where it makes the end doubtful (ValidityGraph: within a year of it, or past a printed term): the codified
    law goes on showing texts for years after a clause ended them. One that a later edition corrected by leaving the text out
    is no disagreement any more; two days of entry are one only until the later of them has come, since then the text is
    dead by either.
    """
    held = stretch(verdict, as_of)
    ended = held.end if held else None
    shown = world.graph.shown_after(document.key, ended, known_at) if ended else None
    doubtful = shown is not None and shown.basis.kind is BasisKind.IN_CODIFIED_LAW and verdict.confidence is Confidence.LOW
    if ended and shown and doubtful and world.graph.left(document.key, known_at) is None:
        message = f"{words.called(document)} vẫn đứng trong Bộ pháp điển ngày {words.day(shown.day)}, sau ngày hết hiệu lực tính được theo điều khoản ({words.day(ended)})."
        what = Disagreement("stands after its end", f"Bộ pháp điển ngày {words.day(shown.day)}")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, shown.day, None)
    disputed = world.graph.entry_disputed(document.key, known_at)
    if disputed and disputed.disputed_until and ended == disputed.day and as_of < disputed.disputed_until:
        by, said = world.printed(disputed.effect.source), world.called(disputed.effect.source)
        message = (
            f"Điều khoản của {said} cho ngày có hiệu lực {words.day(disputed.day)}, hồ sơ văn bản ghi {words.day(disputed.disputed_until)};"
            f" ngày hết hiệu lực của {words.called(document)} cần đối chiếu."
        )
        what = Disagreement(f"entry of {by}", f"ngày có hiệu lực của {said}")
        yield _item("REVIEW", document, what, message, verdict, world, as_of, disputed.effect.observed_on, disputed.effect.origin)


def _latest(claims: list[Claim]) -> list[Claim]:
    """The last word of each source."""
    last: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.order):
        if claim_class(claim.status) or claim.expiry:
            last[claim.source] = claim
    return [last[source] for source in sorted(last)]


def _claim(document: LegalDocument, claim: Claim, verdict: Verdict, world: World, as_of: date) -> Iterator[Finding]:
    said = claim_class(claim.status)
    over = claim.expiry is not None and claim.expiry <= as_of
    if (said == "dead" or over) and verdict.status not in _GONE:
        badge = claim.status if said == "dead" else f"hết hiệu lực ngày {words.day(claim.expiry)}" if claim.expiry else ""
        message = f"{words.source(claim.source)} nêu “{badge}” (ghi nhận ngày {words.day(claim.observed_on)}) nhưng chưa có điều khoản chấm dứt {words.called(document)}."
    elif said in ("alive", "partly") and verdict.status in _GONE and _since(verdict, claim.observed_on):
        badge = claim.status or ""
        message = f"{words.source(claim.source)} nêu “{badge}” (ghi nhận ngày {words.day(claim.observed_on)}) trong khi điều khoản cho thấy {words.called(document)} đã hết hiệu lực."
    else:
        return
    what = Disagreement(f"{claim.source}: {said or 'expiry'}", f"{words.source(claim.source)} nêu “{badge}”")
    yield _item("REVIEW", document, what, message, verdict, world, as_of, claim.observed_on, claim.origin)


def _since(verdict: Verdict, observed: date) -> bool:
    """Whether the claim was made when the clause had already acted."""
    held = stretch(verdict, observed)
    return bool(held and held.end and held.end <= observed)


def _sources_disagree(document: LegalDocument, claims: list[Claim], verdict: Verdict, world: World, as_of: date) -> Iterator[Finding]:
    said = {claim.source: (claim_class(claim.status), claim) for claim in claims if claim_class(claim.status)}
    if len({kind for kind, _ in said.values()}) < 2:
        return
    badges = "; ".join(f"{words.source(source)}: “{claim.status}” ({words.day(claim.observed_on)})" for source, (_, claim) in said.items())
    newest = max((claim for _, claim in said.values()), key=lambda claim: claim.order)
    message = f"Tình trạng hiệu lực của {words.called(document)} khác nhau giữa các nguồn: {badges}."
    what = Disagreement("sources", ", ".join(map(words.source, said)))
    yield _item("CONS-01", document, what, message, verdict, world, as_of, newest.observed_on, newest.origin)


def _item(
    rule: str,
    document: LegalDocument,
    what: Disagreement,
    message: str,
    verdict: Verdict,
    world: World,
    as_of: date,
    observed_on: date,
    origin: Origin | None,
    *,
    act: str | None = None,
) -> Finding:
    """`act` is the text that the item is about, where that is not the one whose clause decided the status (FP19)."""
    evidence = verdict.evidence[0] if verdict.evidence and act in (None, verdict.evidence[0].document) else None
    act = act or (evidence.document if evidence else None)
    return Finding(
        rule=rule,
        severity=Severity.INFO if rule == "REVIEW" else RULES[rule].severity,
        confidence=Confidence.LOW,
        subject=document.id,
        object=what.shown,
        provision=None,
        as_of=as_of,
        observed_on=observed_on,
        quote="",
        where=None,
        status=verdict.status,
        interval=stated(stretch(verdict, as_of)),
        ended_by=tuple(world.printed(key) for key in verdict.ended_by),
        clause=clause_of(world, evidence),
        successors=tuple(world.printed(key) for key in verdict.successors),
        responsible=todays_name(document.issuer, as_of) if document.issuer else "cơ quan ban hành văn bản",
        action=Names(words.called(document)).action(rule),
        role=None,
        fingerprint=fingerprint(rule, document.key, what.inner, None, ""),
        matter=matter(document.key, what.inner, None, ""),
        suppressed=("FP19",) if rule == "REVIEW" and act and world.signed_after(act, as_of) else (),
        state="needs_review" if rule == "REVIEW" else "open",
        message=message,
        proofs=tuple(one for one in (origin, evidence.origin if evidence else None) if one),
    )
