"""Rules on what a citizen is asked for: its basis (CITE-11), the decision behind it (12), forms (14) and fees (15) of dead texts.

CITE-14 and CITE-15 speak only where something besides the citation ties the form or fee to the dead text: a form of the
procedure's own list bears the number of a form that is cited from it; the procedure charges, and the only text on charges
that it names is the dead one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rasoat import words
from rasoat.records import Citation, Finding, LegalDocument, MentionKind, NonAnswer, Part, Role, Status, Verb
from rasoat.vietnamese import fold
from validators.rules.citation_finding import Names, Proof, accuse, full_name, note, source_words
from validators.rules.citations.suppressors import weigh
from validators.rules.world import Case, Question
from validators.validity.paths import WHOLE

_CHARGES = re.compile(r"\b(?:muc thu|che do thu|muc phi|bieu phi|le phi|thu phi)\b")
_FORM_NUMBER = re.compile(r"[Mm]ẫu\s+(?:số\s+)?(\d+[\w./-]*)")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|rtf|odt)\b", re.IGNORECASE)
_FORM_PATH = re.compile(r"(?:^|/)mau(?:-so)?-([^/]+)$")


def only_non_normative(question: Question, citations: Sequence[Citation]) -> Iterator[Finding]:
    """CITE-11: the list of legal bases names texts, and every one of them is an individual act or a letter."""
    basis = [one for one in citations if one.part is Part.LEGAL_BASIS and one.mention.kind is not MentionKind.SELF]
    if basis and all(_not_normative(question, one) for one in basis):
        named = ", ".join(dict.fromkeys(one.mention.number or one.mention.quote for one in basis))
        message = f"Căn cứ pháp lý chỉ gồm văn bản không phải văn bản quy phạm pháp luật: {named}."
        yield note("CITE-11", question, key=Part.LEGAL_BASIS.value, named=named, message=message, citation=basis[0])


def _not_normative(question: Question, citation: Citation) -> bool:
    if citation.resolution.non_answer is NonAnswer.NOT_NORMATIVE:
        return True
    key = citation.resolution.key
    return key is not None and question.status(key).status is Status.NOT_NORMATIVE


def superseded_decision(case: Case) -> Iterator[Finding]:
    """CITE-12: an individual act that a later one replaces or repeals as a whole."""
    question, world = case.question, case.question.world
    if case.verdict.status is not Status.NOT_NORMATIVE or case.verdict.reason != "individual_act":
        return
    for ending in world.graph.life(case.key, question.known_at).endings.get(WHOLE, ()):
        if ending.day > question.as_of or ending.effect.exceptions or ending.effect.verb is Verb.EXPIRES:
            continue
        citation, suppressed = weigh(case, frozenset({"FP4", "FP5", "FP6"}))
        later = world.called(ending.effect.source)
        name, fate = world.called(case.key), "được thay thế" if ending.effect.verb is Verb.REPLACES else "bị bãi bỏ"
        finding = note(
            "CITE-12",
            question,
            key=case.key,
            named=name,
            message=f"{name} đã {fate} bởi {later} từ ngày {words.day(ending.day)}; được viện dẫn ở {words.PART[case.part]}.",
            citation=citation,
            suppressed=suppressed,
            action=Names(name, later).action("CITE-12"),
            act=ending.effect.source,
        )
        yield finding
        return


def dead_form(case: Case) -> Iterator[Finding]:
    """CITE-14: a form in the procedure's own list is the one cited, by its number, from a dead text."""
    proof = Proof.of(case.verdict, case.question.as_of)
    if case.verdict.status is not Status.EXPIRED or proof.clause is None or proof.interval is None:
        return
    number = case.document.number if case.document else ""
    for citation in case.citations:
        numbers = {found[1].lower() for path in citation.mention.divisions if (found := _FORM_PATH.search(path))}
        forms = [form.name for form in case.question.procedure.forms if number not in form.name and numbers & _form_numbers(form.name)]
        if not forms or citation.mention.role in (Role.HISTORICAL, Role.TRANSITIONAL, Role.IN_TITLE):
            continue
        name = full_name(case.question.world, case.key)
        message = f"“{forms[0]}” là mẫu ban hành kèm {name}, hết hiệu lực theo {source_words(case.question.world, proof.clause)}."
        yield accuse("CITE-14", case, citation, proof, message)
        return


def _form_numbers(name: str) -> set[str]:
    """The numbers of forms in the name of a form or of its file, as paths write them: "Mẫu số 01/ĐNHT.docx" → "01-đnht"."""
    bare = _FILE.sub("", name)
    return {found[1].lower().rstrip(".").replace("/", "-") for found in _FORM_NUMBER.finditer(bare)}


def dead_fee(case: Case, charging: Iterable[Case]) -> Iterator[Finding]:
    """CITE-15: the procedure charges, and the only text on charges that it names is dead; `charging` are those it names."""
    procedure, proof = case.question.procedure, Proof.of(case.verdict, case.question.as_of)
    if case.verdict.status is not Status.EXPIRED or proof.clause is None or case.part is Part.FEES:
        return
    if not any(fee.amount for fee in procedure.fees) or any(other.verdict.status is not Status.EXPIRED for other in charging):
        return
    citation, suppressed = weigh(case)
    name = full_name(case.question.world, case.key)
    message = f"Thủ tục có thu phí, lệ phí nhưng {name} về mức thu đã hết hiệu lực theo {source_words(case.question.world, proof.clause)}."
    yield accuse("CITE-15", case, citation, proof, message, suppressed=suppressed)


def on_charges(document: LegalDocument | None) -> bool:
    """Whether a text is on what is charged, by its title."""
    return bool(document and document.title and _CHARGES.search(fold(document.title)))
