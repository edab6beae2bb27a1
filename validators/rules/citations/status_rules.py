"""Rules on the state of a cited document: dead (01), partly dead (02), to come (05), suspended (06), ending soon (07), both cited (08)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from textwrap import shorten

from rasoat import words
from rasoat.records import Citation, Confidence, Evidence, Finding, Part, Role, Severity, Status, Verb
from validators.rules.citation_finding import Proof, accuse, full_name, places, source_words, stretch
from validators.rules.citations.subject import speaks_of_another_matter
from validators.rules.citations.suppressors import (
    OF_THE_MENTION,
    fp8_no_provision_cited,
    fp15_subject_matter_part,
    fp16_cap,
    living_successors,
    weigh,
)
from validators.rules.world import Case
from validators.validity.doubts import doubts

_GRAVE_PARTS = frozenset({Part.LEGAL_BASIS, Part.STEPS, Part.DOSSIER, Part.FEES, Part.FORMS})
_GRAVE_ROLES = frozenset({Role.LEGAL_BASIS, Role.DOSSIER, Role.FORM, Role.FEE})
_ALIVE = frozenset({Status.IN_FORCE, Status.PARTLY_IN_FORCE})
_CHARGE = re.compile(r"phí|mức thu|VN[ĐD]|\bđồng\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:ngoại\s+)?trừ\b.*", re.IGNORECASE)
_SPARED_SHOWN = 160  # letters of what a clause spares that a message repeats
_GRAVITY = [Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH]
_NEAR = timedelta(days=30)  # with less left, a ministry's 20 days and a province's 5 (63/2010 Điều 15) are at stake


def severity_of(case: Case, citation: Citation) -> Severity:
    """High where a citizen acts on the words; medium elsewhere and in preambles."""
    grave = case.part in _GRAVE_PARTS or citation.mention.role in _GRAVE_ROLES
    if case.part is Part.METHODS:  # the portal prints times and fees of each way to submit in this part
        grave = grave or bool(_CHARGE.search(case.before(citation)) or _CHARGE.search(case.after(citation)))
    return fp16_cap(case, citation, Severity.HIGH if grave else Severity.MEDIUM)


def expired(case: Case) -> Iterator[Finding]:
    """CITE-01, one per document and part. Without a quoted clause or a dated end there is no accusation."""
    proof = Proof.of(case.verdict, case.question.as_of)
    if case.verdict.status is not Status.EXPIRED or not (proof.clause and proof.clause.quote and proof.interval and proof.interval.end):
        return
    citation, suppressed = weigh(case)
    if not citation.mention.quote:
        return
    name, ended = full_name(case.question.world, case.key), words.day(proof.interval.end)
    message = f"{name} hết hiệu lực từ ngày {ended} theo {source_words(case.question.world, proof.clause)}; được viện dẫn {places(case)}."
    against = _doubted(case, proof.interval.end)
    if proof.clause.on and proof.clause.on < proof.interval.end:
        message += f" Trừ phần được giữ đến ngày ấy, văn bản đã hết hiệu lực từ ngày {words.day(proof.clause.on)}."
    message += _at_issue(case) + against
    severity, action = severity_of(case, citation), None
    if against and proof.confidence is Confidence.LOW:  # sources disagree: nobody is blamed as surely as where they agree
        severity = min(severity, Severity.MEDIUM, key=_GRAVITY.index)
    if speaks_of_another_matter(case):
        severity, proof = min(severity, Severity.MEDIUM, key=_GRAVITY.index), replace(proof, confidence=Confidence.LOW)
        title = case.document.title if case.document else ""
        message += f" Tên văn bản (“{title}”) không nói về nội dung thủ tục này: có thể số, ký hiệu bị ghi nhầm."
        action = f"Kiểm tra lại số, ký hiệu {case.question.world.called(case.key)} trước; văn bản mang số này quy định về việc khác."
    yield accuse("CITE-01", case, citation, proof, message, severity=severity, suppressed=suppressed, action=action)
    if "FP2" in suppressed and not OF_THE_MENTION.intersection(suppressed):
        yield _both_cited(case, citation, proof)


def _both_cited(case: Case, citation: Citation, proof: Proof) -> Finding:
    """CITE-08: the dead text beside a living successor in the same part (FP2)."""
    world, keys = case.question.world, living_successors(case)
    repealing = {one.document for one in case.verdict.evidence if one.effect is Verb.REPEALS}
    replacing = {one.document for one in case.verdict.evidence if one.effect is Verb.REPLACES}
    role = "văn bản bãi bỏ nó" if repealing.issuperset(keys) and not replacing.intersection(keys) else "văn bản thay thế"
    beside = ", ".join(map(world.called, keys))
    message = f"{full_name(world, case.key)} đã hết hiệu lực nhưng vẫn được nêu cùng {role} {beside} {places(case)}."
    action = f"Xem xét bỏ {world.called(case.key)} khỏi danh mục, giữ {role.removesuffix(' nó')} {beside}."
    return accuse("CITE-08", case, citation, proof, message, action=action)


def _at_issue(case: Case) -> str:
    """The second view of FP1: whether the citation was right when the decision was signed."""
    decision = case.question.procedure.decision
    if decision is None or decision.issued_on is None:
        return ""
    then = case.question.status(case.key, day=decision.issued_on).status
    if then in _ALIVE:
        return f" Khi ban hành quyết định công bố (ngày {words.day(decision.issued_on)}) văn bản này còn hiệu lực."
    if then is Status.EXPIRED:
        return f" Văn bản này đã hết hiệu lực trước khi ban hành quyết định công bố (ngày {words.day(decision.issued_on)})."
    return ""


def _doubted(case: Case, ended: date) -> str:
    """Beside the accusation, all that speaks against it: a publisher's list that still held the text after the day it ended, and
    every other doubt of the answer."""
    question = case.question
    graph, said = question.world.graph, []
    if shown := graph.shown_after(case.key, ended, question.known_at):
        said.append(f"ngày {words.day(shown.day)} nguồn chính thức vẫn xếp văn bản này vào loại còn hiệu lực")
    for one in doubts(graph, case.key, None, case.verdict, question.as_of, question.known_at):
        if one.kind != "shown_after_end":
            said.append(words.doubt(one.kind, question.world.called(one.document or ""), one.on, one.end))
    return f" Lưu ý: {'; '.join(said)}; cần đối chiếu trước khi kết luận." if said else ""


def provisions(case: Case) -> Iterator[Finding]:
    """CITE-02 for each cited provision that is dead in a document that is not; information where no provision is cited."""
    if case.verdict.status not in (Status.IN_FORCE, Status.PARTLY_IN_FORCE, Status.UNKNOWN):
        return
    for path, citations in _by_provision(case).items():
        verdict = case.question.status(case.key, path)
        proof = Proof.of(verdict, case.question.as_of)
        if verdict.status is not Status.EXPIRED or not (proof.clause and proof.interval and proof.interval.end):
            continue
        inner = Case(case.question, case.part, case.key, citations, verdict)
        citation, suppressed = weigh(inner)
        world = case.question.world
        message = (
            f"{words.provision(path)} {full_name(world, case.key)} hết hiệu lực từ ngày {words.day(proof.interval.end)}"
            f" theo {source_words(world, proof.clause)}; được viện dẫn {places(inner)}."
        )
        yield accuse(
            "CITE-02", inner, citation, proof, message, severity=severity_of(inner, citation), provision=path, suppressed=suppressed
        )
    if case.verdict.status is Status.PARTLY_IN_FORCE and fp8_no_provision_cited(case.citations):
        yield _all_but_survivors(case) if case.verdict.survivors else _partly(case)


def _all_but_survivors(case: Case) -> Finding:
    """A text that ended whole "trừ …" is dead but for what the clause spares: who cites it as a whole cites a dead text."""
    world, proof = case.question.world, Proof.of(case.verdict, case.question.as_of)
    citation, suppressed = weigh(case)
    ended = f" từ ngày {words.day(proof.clause.on)}" if proof.clause and proof.clause.on else ""
    if proof.clause and proof.clause.on and proof.interval:
        proof = replace(proof, interval=replace(proof.interval, end=proof.clause.on))  # of the text as a whole, not of what it left
    left = words.provisions(case.verdict.survivors) or _named_by_matter(proof.clause)
    message = (
        f"{full_name(world, case.key)} đã hết hiệu lực{ended} theo {source_words(world, proof.clause)}, chỉ còn {left};"
        f" được viện dẫn {places(case)}, không nêu điều khoản."
    )
    action = f"Rà soát: nêu rõ điều khoản còn hiệu lực của {world.called(case.key)}, hoặc thay bằng quy định đang có hiệu lực."
    return accuse("CITE-02", case, citation, proof, message, severity=Severity.MEDIUM, suppressed=suppressed, action=action)


def _named_by_matter(clause: Evidence | None) -> str:
    """What a clause spares by its subject only, in its own words."""
    spared = _EXCEPT.search(words.running(words.quoted(clause.lead, clause.quote))) if clause else None
    return (
        f"phần nêu trong điều khoản ấy (“{shorten(spared[0], _SPARED_SHOWN, placeholder=' …')}”)"
        if spared
        else "phần nêu trong điều khoản ấy"
    )


def _partly(case: Case) -> Finding:
    names = ("FP8", "FP15") if fp15_subject_matter_part(case) else ("FP8",)
    proof = Proof.of(case.verdict, case.question.as_of)
    ended = _named_shortly(case.verdict.ended_parts)
    but = f" ({ended})" if ended else ""
    message = f"{full_name(case.question.world, case.key)} hết hiệu lực một phần{but}; được viện dẫn {places(case)}, không nêu điều khoản."
    return accuse("CITE-02", case, case.strongest(), proof, message, suppressed=names)


@lru_cache(maxsize=4096)
def _named_shortly(paths: tuple[str, ...]) -> str:
    """Some provisions in words, as many as a message has room for; one code may have hundreds, and thousands cite it."""
    return shorten(words.provisions(paths), _SPARED_SHOWN, placeholder=" …")


def _by_provision(case: Case) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = {}
    for citation in case.citations:
        for path in (*citation.mention.provisions, *citation.mention.divisions):
            found.setdefault(path, []).append(citation)
    return found


def not_yet(case: Case) -> Iterator[Finding]:
    """CITE-05; information where the procedure was announced ahead of the effect, as Điều 15 of 63/2010 wants.

    Where the decision has no date, a legal basis seen before the effect was announced before it; a fee or a step taken from
    a text that does not bind yet is still an error. A version first seen after the day may not have stood there on that day:
    nothing is said of it.
    """
    procedure, today = case.question.procedure, case.question.as_of
    signed = procedure.decision.issued_on if procedure.decision else None
    if case.verdict.status is not Status.NOT_YET or (signed is None and procedure.observed_on > today):
        return
    citation, suppressed = weigh(case, OF_THE_MENTION)
    proof = Proof.of(case.verdict, today)
    begins = proof.interval.start if proof.interval else None
    announced = signed or (procedure.observed_on if case.part is Part.LEGAL_BASIS else None)
    early = bool(announced and begins and announced <= begins)
    when = f"có hiệu lực từ ngày {words.day(begins)}" if begins else words.STATUS[Status.NOT_YET]
    message = f"{full_name(case.question.world, case.key)} {when}; được viện dẫn {places(case)}."
    yield accuse("CITE-05", case, citation, proof, message, severity=Severity.INFO if early else None, suppressed=suppressed)


def suspended(case: Case) -> Iterator[Finding]:
    """CITE-06, for the document or a cited provision of it."""
    if case.verdict.status is Status.SUSPENDED:
        yield from _suspended(case, None)
    elif case.verdict.status in _ALIVE:
        for path, citations in _by_provision(case).items():
            verdict = case.question.status(case.key, path)
            if verdict.status is Status.SUSPENDED:
                yield from _suspended(Case(case.question, case.part, case.key, citations, verdict), path)


def _suspended(case: Case, path: str | None) -> Iterator[Finding]:
    proof = Proof.of(case.verdict, case.question.as_of)
    if not (proof.clause and proof.clause.quote):
        return
    citation, suppressed = weigh(case)
    resumed = next((i.start for i in case.verdict.intervals if i.start and i.start > case.question.as_of), None)
    until = f" đến trước ngày {words.day(resumed)}" if resumed else ""
    name = f"{words.provision(path)} {full_name(case.question.world, case.key)}".strip()
    message = f"{name} ngưng hiệu lực{until} theo {source_words(case.question.world, proof.clause)}; được viện dẫn {places(case)}."
    yield accuse("CITE-06", case, citation, proof, message, provision=path, suppressed=suppressed)


def ending_soon(case: Case) -> Iterator[Finding]:
    """CITE-07: in force today, with a known end within the horizon (FP9: never CITE-01)."""
    if case.verdict.status not in _ALIVE:
        return
    whole = _ending_soon(case, None)
    if whole:
        yield whole
        return
    for path, citations in _by_provision(case).items():
        verdict = case.question.status(case.key, path)
        part = _ending_soon(Case(case.question, case.part, case.key, citations, verdict), path)
        if part:
            yield part


def _ending_soon(case: Case, path: str | None) -> Finding | None:
    today, world, verdict = case.question.as_of, case.question.world, case.verdict
    held = stretch(verdict, today)
    end = held.end if held and verdict.status in _ALIVE else None
    if end is None or not end - timedelta(days=world.horizon_days) <= today < end:
        return None
    then = case.question.status(case.key, path, day=end)
    if then.status not in (Status.EXPIRED, Status.SUSPENDED) or not then.evidence:
        return None
    citation, suppressed = weigh(case, OF_THE_MENTION)
    proof = Proof(verdict.status, held, then.evidence[0], then.ended_by, then.successors, then.confidence)
    name = f"{words.provision(path)} {full_name(world, case.key)}".strip()
    message = f"{name} hết hiệu lực từ ngày {words.day(end)} {words.DAYS_LEFT} theo {source_words(world, proof.clause)}."
    if after := ", ".join(map(world.called, then.successors)):
        message += f" Văn bản kế tiếp: {after}."
    severity = Severity.MEDIUM if today >= end - _NEAR else Severity.INFO
    return accuse("CITE-07", case, citation, proof, message, severity=severity, provision=path, suppressed=suppressed)
