"""Making a finding: its proof, its words, the body responsible and an identity that survives every re-run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz import fuzz

from rasoat import words
from rasoat.records import (
    BasisKind,
    Citation,
    Clause,
    Confidence,
    Evidence,
    Finding,
    Interval,
    Origin,
    Part,
    Procedure,
    Severity,
    StatedInterval,
    Status,
    Tier,
    Verdict,
    Where,
)
from rasoat.vietnamese import fold
from validators.rules.bodies.bodies_today import todays_name
from validators.rules.rule_catalogue import RULES
from validators.rules.world import Case, Question, World
from validators.validity.precedence import weakest

_LONG_AGO = timedelta(days=180)  # an edition this old says little of today
_ENDS_ONLY = " (văn bản chấm dứt nó, cần kiểm tra có quy định cùng nội dung)"
_SAME_MATTER = 90  # percent of likeness between titles: "Luật Đầu tư" and its next generation, not two decrees of one law
_COPY = " (bản chép, đối chiếu bản gốc)"
_ABRIDGED = " (bản chép có thể đã rút gọn, phải đối chiếu bản gốc)"
_OCR = " (đọc bằng nhận dạng chữ, phải đối chiếu bản gốc)"
_PICTURES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a finding rests on: the status, the stretch of force, and the clause."""

    status: Status
    interval: Interval | None
    clause: Evidence | None
    ended_by: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH

    @classmethod
    def of(cls, verdict: Verdict, day: date) -> Proof:
        """The proof in a verdict: its first clause and the last stretch of force that had ended by `day`, else that holding it."""
        return cls(
            verdict.status,
            stretch(verdict, day),
            verdict.evidence[0] if verdict.evidence else None,
            verdict.ended_by,
            verdict.successors,
            verdict.confidence,
        )


def stretch(verdict: Verdict, day: date) -> Interval | None:
    """The stretch of force that explains a day: the one holding it, else the last one over by then, else the next."""
    holding = [i for i in verdict.intervals if (i.start is None or i.start <= day) and (i.end is None or i.end > day)]
    over = [i for i in verdict.intervals if i.end is not None and i.end <= day]
    return holding[0] if holding else over[-1] if over else verdict.intervals[0] if verdict.intervals else None


def stated(held: Interval | None) -> StatedInterval | None:
    """A stretch of force as a finding keeps it."""
    return StatedInterval(held.start, held.end, words.basis_sentence(held.basis)) if held else None


def fingerprint(rule: str, subject: str, key: str, provision: str | None, part: str) -> str:
    """Identity of a finding: the same accusation tomorrow has the same one, whatever else became known."""
    return hashlib.sha256("\x1f".join((rule, subject, key, provision or "", part)).encode()).hexdigest()[:24]


def matter(subject: str, key: str, provision: str | None, part: str) -> str:
    """What a finding is about, whichever rule speaks of it."""
    return fingerprint("", subject, key, provision, part)


def responsible(procedure: Procedure, as_of: date) -> str:
    """The body that issued the procedure's decision, by the name it bears on the day."""
    issuer = (procedure.decision.issuer if procedure.decision else None) or procedure.publisher
    return todays_name(issuer, as_of) if issuer else "cơ quan công bố thủ tục (nguồn không nêu tên)"


def accuse(
    rule: str,
    case: Case,
    citation: Citation,
    proof: Proof,
    message: str,
    *,
    severity: Severity | None = None,
    provision: str | None = None,
    suppressed: Sequence[str] = (),
    action: str | None = None,
) -> Finding:
    """A finding on one document in one part of a procedure. A suppressed one is information only."""
    question, world, mention = case.question, case.question.world, citation.mention
    procedure, evidence = question.procedure, proof.clause
    suppressed = question.excused(suppressed, evidence.document if evidence else case.key)
    named = Names(world.called(case.key), _to_cite(case, proof), provision, proof.interval)
    return Finding(
        rule=rule,
        severity=Severity.INFO if suppressed else severity or RULES[rule].severity,
        confidence=weakest(proof.confidence, citation.resolution.confidence),
        subject=procedure.code,
        object=world.printed(case.key),
        provision=provision,
        as_of=question.as_of,
        observed_on=procedure.observed_on,
        quote=mention.quote,
        where=Where(case.part.value, mention.start, mention.end),
        status=proof.status,
        interval=stated(proof.interval),
        ended_by=tuple(world.printed(key) for key in proof.ended_by),
        clause=clause_of(world, evidence),
        successors=tuple(world.printed(key) for key in proof.successors),
        responsible=responsible(procedure, question.as_of),
        action=named.noted() if suppressed else action or named.action(rule),
        role=mention.role,
        fingerprint=fingerprint(rule, procedure.code, case.key, provision, case.part.value),
        matter=matter(procedure.code, case.key, provision, case.part.value),
        suppressed=tuple(suppressed),
        message=message + reading_note(evidence),
        decision_number=procedure.decision.number if procedure.decision else None,
        decision_date=procedure.decision.issued_on if procedure.decision else None,
        proofs=(procedure.origin, *([evidence.origin] if evidence else [])),
    )


@dataclass(frozen=True, slots=True)
class Names:
    """The words that an action sentence is filled with."""

    document: str
    successors: str = ""
    provision: str | None = None
    interval: Interval | None = None
    suggestion: str = ""

    def noted(self) -> str:
        """What to do about a suppressed finding: nothing yet."""
        return f"Chỉ ghi nhận để theo dõi, chưa cần sửa viện dẫn {self.document}."

    def action(self, rule: str) -> str:
        """The rule's action sentence on this document."""
        end = self.interval.end if self.interval else None
        return RULES[rule].action.format(
            document=self.document,
            subject=f"{words.provision(self.provision)} {self.document}".strip(),
            successors=self.successors or "văn bản đang có hiệu lực",
            provision=words.provision(self.provision) if self.provision else "quy định",
            day=words.day(end) if end else words.STATUS[Status.EXPIRED],
            suggestion=f" (có thể là {self.suggestion})" if self.suggestion else "",
        )


def note(
    rule: str,
    question: Question,
    *,
    key: str,
    named: str,
    message: str,
    part: str = "",
    citation: Citation | None = None,
    quote: str = "",
    where: Where | None = None,
    severity: Severity | None = None,
    suggestion: str | None = None,
    confidence: Confidence = Confidence.HIGH,
    suppressed: Sequence[str] = (),
    action: str | None = None,
    act: str | None = None,
) -> Finding:
    """A finding that rests on the procedure's own words: no clause, no accusation of a document. `key` goes into its identity;
    `act` is the text that made the words wrong, where one did."""
    procedure, mention = question.procedure, citation.mention if citation else None
    if not rule.startswith("POST"):  # those have days of their own
        suppressed = question.excused(suppressed, act)
    if mention and citation:
        where, quote = Where(citation.part.value, mention.start, mention.end), mention.quote
    return Finding(
        rule=rule,
        severity=Severity.INFO if suppressed else severity or RULES[rule].severity,
        confidence=confidence,
        subject=procedure.code,
        object=named,
        provision=None,
        as_of=question.as_of,
        observed_on=procedure.observed_on,
        quote=quote,
        where=where,
        status=None,
        interval=None,
        ended_by=(),
        clause=None,
        successors=(),
        responsible=responsible(procedure, question.as_of),
        action=action or Names(named, suggestion=suggestion or "").action(rule),
        role=mention.role if mention else None,
        fingerprint=fingerprint(rule, procedure.code, key, None, part or (citation.part.value if citation else "")),
        matter=matter(procedure.code, key, None, part or (citation.part.value if citation else "")),
        suppressed=tuple(suppressed),
        suggestion=suggestion,
        message=message,
        decision_number=procedure.decision.number if procedure.decision else None,
        decision_date=procedure.decision.issued_on if procedure.decision else None,
        proofs=(procedure.origin,),
    )


def clause_of(world: World, evidence: Evidence | None) -> Clause | None:
    """The clause of a finding, its words as people read them."""
    if evidence is None:
        return None
    return Clause(
        world.printed(evidence.document), evidence.provision, words.running(evidence.quote), evidence.tier, words.running(evidence.lead)
    )


def reading_note(evidence: Evidence | None) -> str:
    """How the clause was read, where it was not from the publisher's own text."""
    if evidence is None:
        return ""
    misprint = f" Điều khoản ấy in số là “{evidence.printed}”." if evidence.printed else ""
    return misprint + tier_note(evidence.tier, evidence.origin)


def tier_note(tier: Tier, origin: Origin) -> str:
    """How words of a tier were read: "" for the publisher's own text. Tier C is given to copies that may be abridged and to scans
    read by OCR; only a file that can hold pictures can be a scan."""
    scanned = origin.place.partition("#")[0].lower().endswith(_PICTURES)
    return {Tier.B: _COPY, Tier.C: _OCR if scanned else _ABRIDGED}.get(tier, "")


def source_words(world: World, evidence: Evidence | None) -> str:
    """Where the clause stands: "khoản 2 Điều 90 Nghị định 224/2026/NĐ-CP"."""
    if evidence is None:
        return ""
    return f"{words.provision(evidence.provision)} {full_name(world, evidence.document)}".strip()


def full_name(world: World, key: str) -> str:
    """A document by type and id, as people say it: "Nghị định 224/2026/NĐ-CP"."""
    document, called = world.document(key), world.called(key)
    return called if document is None or called.startswith(document.type) else f"{document.type} {called}"


def places(case: Case) -> str:
    """How often and where: "2 lần ở thành phần hồ sơ". A row of the legal basis prints the number twice, so none are counted there."""
    count = 1 if case.part is Part.LEGAL_BASIS else len(case.citations)
    return f"{count} lần ở {words.PART[case.part]}" if count > 1 else f"ở {words.PART[case.part]}"


def _to_cite(case: Case, proof: Proof) -> str:
    """What to cite instead: the successors not out of force on the day, those still to come with the day they begin."""
    question, successors = case.question, proof.successors or proof.ended_by
    said: list[str] = []
    for key in successors:
        verdict = question.status(key)
        called = question.world.called(key)
        if verdict.status is Status.NOT_YET:
            held = stretch(verdict, question.as_of)
            begins = f"từ {words.day(held.start)}" if held and held.start else words.STATUS[Status.NOT_YET]
            said.append(f"{called} ({begins})")
        elif verdict.status not in (Status.EXPIRED, Status.SUSPENDED):
            only_ends = key in proof.ended_by and not _takes_over(case, key, proof.clause)
            doubt = _ENDS_ONLY if only_ends else _how_old(verdict, question.as_of) + _younger(question.world, key, successors)
            said.append(called + doubt)
    return ", ".join(said)


def _takes_over(case: Case, key: str, clause: Evidence | None) -> bool:
    """Whether an ending text governs the same matter: its clause says "thay thế", or both bear much the same title."""
    if clause and "thay thế" in words.quoted(clause.lead, clause.quote).lower():
        return True
    old, new = case.document, case.question.world.document(key)
    if not (old and new and old.title and new.title):
        return True  # nothing tells them apart
    return fuzz.token_set_ratio(fold(old.title), fold(new.title)) >= _SAME_MATTER


def _younger(world: World, key: str, successors: Sequence[str]) -> str:
    """Beside a successor, a law of its name issued later that no clause we hold ties to it."""
    later = world.graph.register.later_namesake(key)
    return f" (đã có {world.called(later)} cùng tên ban hành sau, cần kiểm tra)" if later and later not in successors else ""


def _how_old(verdict: Verdict, day: date) -> str:
    """Beside a successor, that nothing shows it alive, or that only a list of long ago does."""
    basis = verdict.basis
    if verdict.status is Status.UNKNOWN:
        return f" (chưa rõ hiệu lực: {words.REASON.get(verdict.reason, verdict.reason)})"
    seen = basis.kind in (BasisKind.IN_CODIFIED_LAW, BasisKind.SOURCE_CLAIMS) and basis.on is not None
    return f" ({words.basis(basis)})" if seen and basis.on and day > basis.on + _LONG_AGO else ""
