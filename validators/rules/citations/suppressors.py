"""The known ways to accuse wrongly (FP1 to FP19), each a named function, each logged in the finding.

A suppressor answers for one mention of one document that is out of force. Where it says yes the finding stays, as
information, with the suppressor's id. Several are settled before, in the validity engine (FP3, FP7, FP9, FP12, FP14);
here they stand guard once more. FP1 and FP19 hold for every CITE rule, whatever it weighs (`Question.excused`). FP8 and half of FP15 belong to
CITE-02, FP10 to the whole procedure, FP11 to CITE-10, FP16 caps.

FP2, "cites expired and replacement together", is read as the reviewers of real lists read it: old and new in the same part,
whether chained in one sentence or as two entries of one list, is CITE-08 (low), not a missing update. It holds only where
a successor that is still alive stands in that same part: citing two dead texts is no update.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from rasoat import words
from rasoat.identity import parse_number
from rasoat.records import Citation, Part, Procedure, Role, Severity, Status, Verb
from rasoat.vietnamese import fold
from validators.rules.bodies.bodies_today import province_today
from validators.rules.citations.circumstance import follows_successors, is_called_dead, is_of_a_paper, is_past, names_another_act
from validators.rules.world import Case, World
from validators.validity.life import run_out
from validators.validity.paths import UNNAMED, WHOLE

_GONE = frozenset({Status.EXPIRED, Status.SUSPENDED})
_ENDINGS = frozenset({Verb.REPLACES, Verb.REPEALS})
# "Bãi bỏ quy định về … tại Quyết định số …", "Những quy định về … trong Luật … hết hiệu lực": a matter ends, not the text.
_MATTER = re.compile(
    r"(?:bãi bỏ|thay thế)\s+(?:các\s+|những\s+|một số\s+)?(?:quy định|nội dung)\s+(?:về|có liên quan|liên quan)\s"
    r"|^\W*(?:các|những|một số)\s+(?:quy định|nội dung)\s+(?:về|có liên quan|liên quan)\s[^.;]{3,200}?\s(?:trong|tại|của)\s",
    re.IGNORECASE,
)
_BLANKET = re.compile(r"\btrai voi\b|\btrai (?:quy dinh|thong tu|nghi dinh|luat)")
_CORRIGENDUM = re.compile(r"đính chính", re.IGNORECASE)
_PREAMBLE = re.compile(r"(?:^|\n)\s*Căn cứ[^\n]*$", re.IGNORECASE)
_ABOLISHED = re.compile(r"abolish|delete|remove|inactive|expire|bai bo|huy bo|het hieu luc|xoa")


def fp1_not_yet_announced(case: Case, citation: Citation) -> bool:
    """The version judged was announced only after the day asked about: on that day it bound nobody."""
    return case.question.announced_later


def living_successors(case: Case) -> tuple[str, ...]:
    """Successors cited in the same part and not themselves out of force (FP2)."""
    together = case.question.cited.get(case.part, frozenset())
    after = [key for key in dict.fromkeys((*case.verdict.successors, *case.verdict.ended_by)) if key in together and key != case.key]
    return tuple(key for key in after if case.question.status(key).status not in _GONE)


def fp2_successor_cited_too(case: Case, citation: Citation) -> bool:
    return bool(living_successors(case))


def fp3_amendment_named_with_base(case: Case, citation: Citation) -> bool:
    """Named only as having amended a base text that is itself alive: the usual way of citing.

    A text that is not known to amend any, or that the ending clause names, is no such text: to amend is not to expire, to be
    repealed by name is.
    """
    if citation.mention.role is not Role.AMENDED_BY or _ended_by_name(case):
        return False
    world = case.question.world
    bases = {
        e.target for e in world.graph.register.edges(case.key, Verb.AMENDS, case.question.known_at) if e.target and e.target != case.key
    }
    return bool(bases) and not any(case.question.status(base).status in _GONE for base in bases)


def _ended_by_name(case: Case) -> bool:
    """Whether the clause that ended the text, or the part of it that is cited, prints its number."""
    clause = case.verdict.evidence[0] if case.verdict.evidence else None
    if clause is None or case.document is None or clause.effect not in _ENDINGS or clause.document == case.key:
        return False
    return re.sub(r"\s", "", case.document.number.lower()) in re.sub(r"\s", "", words.quoted(clause.lead, clause.quote).lower())


def fp4_history_or_transition(case: Case, citation: Citation) -> bool:
    """The words around it say that the text is past, or that old files end under old rules.

    In a list of legal bases what stands before a number is its own title, or the entry above it: only what follows counts.
    """
    if citation.mention.role in (Role.HISTORICAL, Role.TRANSITIONAL):
        return True
    before, after = case.sentence(citation)
    if case.part is Part.LEGAL_BASIS:
        return is_called_dead(after)
    return is_past(before, after, _year_of_end(case))


def fp5_papers_under_old_law(case: Case, citation: Citation) -> bool:
    """Papers issued under the old text stay valid ("Giấy chứng nhận cấp theo Luật Đất đai năm 2003")."""
    return case.part is not Part.LEGAL_BASIS and is_of_a_paper(*case.sentence(citation))


def fp6_inside_a_title(case: Case, citation: Citation) -> bool:
    return citation.mention.role is Role.IN_TITLE or names_another_act(case.sentence(citation)[0])


def fp7_consolidated_text(case: Case, citation: Citation) -> bool:
    """A consolidated text of which a base is still alive."""
    if not (case.document and case.document.type == "Văn bản hợp nhất"):
        return False
    parts = [e.target for e in case.question.world.graph.register.edges(case.key, Verb.CONSOLIDATES, case.question.known_at) if e.target]
    earliest = min(parts, key=lambda key: (_issued(case.question.world, key), key), default=None)
    return earliest is not None and case.question.status(earliest).status not in _GONE


def fp9_future_replacement(case: Case, citation: Citation) -> bool:
    """The end lies ahead: today the text is right."""
    return bool(case.verdict.evidence and (on := case.verdict.evidence[0].on) and on > case.question.as_of)


def fp12_revived(case: Case, citation: Citation) -> bool:
    """Some source, even one without a clause, says that it was put back into force after its end."""
    ended = case.verdict.evidence[0].on if case.verdict.evidence else None
    if ended is None:
        return False
    day = case.question.as_of
    for effect in case.question.world.graph.register.effects.on(case.key, case.question.known_at, frozenset({Verb.REVIVES})):
        if effect.target_provision or effect.on is None or not ended <= effect.on <= day:
            continue
        if effect.until is None or day < effect.until:
            return True
    return False


def fp13_other_territory(case: Case, citation: Citation) -> bool:
    """A local text that only a text of another province is said to end: a namesake, or a neighbour's rules."""
    home = _province(case.question.world, case.key)
    if home is None:
        return False
    enders = [_province(case.question.world, key) for key in case.verdict.ended_by]
    return bool(enders) and all(ender is not None and ender != home for ender in enders)


def fp14_blanket_clause(case: Case, citation: Citation) -> bool:
    """ "Provisions contrary to this are repealed" names no document."""
    clause = case.verdict.evidence[0] if case.verdict.evidence else None
    if clause is None or case.document is None or clause.document == case.key:
        return False
    said = fold(words.quoted(clause.lead, clause.quote))
    return bool(_BLANKET.search(said)) and fold(case.document.number) not in said


def fp15_matter_not_text(case: Case, citation: Citation) -> bool:
    """The clause ends what a text says of some matter, not the text: a person has to read (beside fp15_subject_matter_part)."""
    clause = case.verdict.evidence[0] if case.verdict.evidence else None
    return clause is not None and clause.document != case.key and bool(_MATTER.search(words.quoted(clause.lead, clause.quote)))


def fp17_follows_successors(case: Case, citation: Citation) -> bool:
    """ "… và văn bản thay thế": the citation itself follows what comes after."""
    return follows_successors(case.sentence(citation)[1])


def fp18_corrigendum(case: Case, citation: Citation) -> bool:
    """A correction of errors ends nothing."""
    clause = case.verdict.evidence[0] if case.verdict.evidence else None
    if clause is None or clause.document == case.key:
        return False
    source = case.question.world.document(clause.document)
    return clause.effect is Verb.CORRECTS or bool(source and source.title and _CORRIGENDUM.match(source.title))


def fp19_retroactive(case: Case, citation: Citation) -> bool:
    """On the day asked about, the clause that ends the text from an earlier day had not been issued yet."""
    clause = case.verdict.evidence[0] if case.verdict.evidence else None
    return clause is not None and case.question.world.signed_after(clause.document, case.question.as_of)


Suppressor = Callable[[Case, Citation], bool]
SUPPRESSORS: tuple[tuple[str, Suppressor], ...] = (
    ("FP1", fp1_not_yet_announced),
    ("FP2", fp2_successor_cited_too),
    ("FP3", fp3_amendment_named_with_base),
    ("FP4", fp4_history_or_transition),
    ("FP5", fp5_papers_under_old_law),
    ("FP6", fp6_inside_a_title),
    ("FP7", fp7_consolidated_text),
    ("FP9", fp9_future_replacement),
    ("FP12", fp12_revived),
    ("FP13", fp13_other_territory),
    ("FP14", fp14_blanket_clause),
    ("FP15", fp15_matter_not_text),
    ("FP17", fp17_follows_successors),
    ("FP18", fp18_corrigendum),
    ("FP19", fp19_retroactive),
)
OF_THE_MENTION = frozenset({"FP3", "FP4", "FP5", "FP6", "FP17"})


def fired(case: Case, citation: Citation, only: frozenset[str] | None = None) -> tuple[str, ...]:
    """Ids of the suppressors that fire for a mention, in order."""
    return tuple(name for name, test in SUPPRESSORS if (only is None or name in only) and test(case, citation))


def weigh(case: Case, only: frozenset[str] | None = None) -> tuple[Citation, tuple[str, ...]]:
    """The mention that speaks for the case: the strongest that nothing suppresses, else the strongest with what suppresses it."""
    results = [(citation, fired(case, citation, only)) for citation in case.citations]
    free = [citation for citation, names in results if not names]
    chosen = case.strongest(free or None)
    return chosen, next(names for citation, names in results if citation is chosen)


def fp8_no_provision_cited(citations: Sequence[Citation]) -> bool:
    """Partly expired, and no mention says which article it means: information only."""
    return not any(citation.mention.provisions or citation.mention.divisions for citation in citations)


def fp10_procedure_abolished(procedure: Procedure, world: World) -> bool:
    """The procedure itself is gone: its citations are no longer anybody's errors (POST-04 says it once)."""
    if procedure.code in world.abolished or re.search(r"-xo[aá]", procedure.code, re.IGNORECASE):
        return True
    return bool(procedure.state and _ABOLISHED.search(fold(procedure.state)))


def fp11_parent_ended_since_2025(parent_ended: date) -> bool:
    """Law 64/2025/QH15 Điều 57 khoản 2: from 01/04/2025 a detailing text outlives its parent where not contrary."""
    return parent_ended >= date(2025, 4, 1)


def fp15_subject_matter_part(case: Case) -> bool:
    """Some part is ended that is named by subject only: no article can be told, a person has to read."""
    life = case.question.world.graph.life(case.key, case.question.known_at)
    as_of = case.question.as_of
    spared = (event for event in life.endings.get(WHOLE, ()) if UNNAMED in event.effect.exceptions and not run_out(life, event, as_of))
    return any(event.day <= as_of for event in (*life.endings.get(UNNAMED, ()), *spared))


def fp16_cap(case: Case, citation: Citation, severity: Severity) -> Severity:
    """A "Căn cứ …" preamble shows competence on the day of issue: a dead text there is a matter of care, not of harm."""
    preamble = case.part is not Part.LEGAL_BASIS and _PREAMBLE.search(case.before(citation, 200))
    return Severity.MEDIUM if preamble and severity is Severity.HIGH else severity


def _year_of_end(case: Case) -> int | None:
    on = case.verdict.evidence[0].on if case.verdict.evidence else None
    return on.year if on else None


def _province(world: World, key: str) -> str | None:
    document = world.document(key)
    parts = parse_number(document.number) if document else None
    return province_today(document.issuer) if document and parts and parts.local else None


def _issued(world: World, key: str) -> date:
    document = world.document(key)
    return (document.issued_on if document else None) or date.max
