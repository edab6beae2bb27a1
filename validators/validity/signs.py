"""Signs of life: dated facts that show a document in use, and its leaving the codified law.

A sign is never the day a file was imported. The word "còn hiệu lực" of a gateway is one on the day it was recorded; so is
"hết hiệu lực một phần": the official lists of texts in force hold the partly expired ones too (Nghị định 79/2025/NĐ-CP Điều 51).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rasoat import words
from rasoat.records import BasisKind, Effect, StatusBasis, Verb
from rasoat.vietnamese import fold
from validators.validity.life import Life
from validators.validity.placement import EntryIntoForce, Placement
from validators.validity.validity_facts import ValidityFacts

_CHANGES = {
    Verb.AMENDS: BasisKind.AMENDED, Verb.CORRECTS: BasisKind.CORRECTED, Verb.SUSPENDS: BasisKind.SUSPENDED, Verb.REVIVES: BasisKind.REVIVED,
    Verb.PROLONGS: BasisKind.PROLONGED,
}  # fmt: skip
# The vocabulary of vbpl.vn, folded; what each word claims.
_CLAIMS = {
    "con hieu luc": "alive", "het hieu luc mot phan": "partly", "het hieu luc toan bo": "dead", "het hieu luc": "dead",
    "ngung hieu luc": "suspended", "ngung hieu luc mot phan": "partly", "chua co hieu luc": "not_yet", "tam ngung hieu luc": "suspended",
}  # fmt: skip


def claim_class(status: str | None) -> str | None:
    """What a publisher's badge claims: alive, partly, dead, suspended, not_yet; None for other words ("Không còn phù hợp")."""
    return _CLAIMS.get(fold(status)) if status else None


@dataclass(frozen=True, slots=True)
class Sign:
    """A day on which the document was alive, and how we know."""

    day: date
    basis: StatusBasis
    effect: Effect | None = None
    official: bool = True
    shown: bool = False  # a publisher keeps it among the texts in force; no clause, no act

    @property
    def order(self) -> tuple[date, bool, str]:
        """By day; of one day any fixed order does, and that of the published sentence moves no answer given before."""
        return self.day, self.official, words.basis_sentence(self.basis)


def signs(
    key: str, life: Life, entry: EntryIntoForce | None, placement: Placement, register: ValidityFacts, known_at: date | None
) -> list[Sign]:
    """All signs of life of a document, by day."""
    stood = [edition.on for edition in register.editions if edition.known(known_at) and key in edition.standing]
    found = [Sign(day, StatusBasis(BasisKind.IN_CODIFIED_LAW, on=day), shown=True) for day in stood]
    for claim in placement.claims(key):
        if claim_class(claim.status) in ("alive", "partly"):
            said = StatusBasis(BasisKind.SOURCE_CLAIMS, on=claim.observed_on, source=claim.source, quote=claim.status)
            found.append(Sign(claim.observed_on, said, shown=True))
    if entry and not entry.open:
        found.append(Sign(entry.day, StatusBasis(BasisKind.ENTERED, on=entry.day, rests_on=entry.basis), entry.effect))
    changing = [*life.changes, *life.parts]
    changing += [event for kind in (life.suspensions, life.revivals, life.prolonged) for events in kind.values() for event in events]
    for event in changing:
        if event.day != date.min:
            kind = _CHANGES.get(event.effect.verb, BasisKind.PARTLY_ENDED)
            found.append(
                Sign(event.day, StatusBasis(kind, on=event.day, documents=(_number(event.effect.source, placement),)), event.effect)
            )
    return sorted(found, key=lambda sign: sign.order)


def _number(key: str, placement: Placement) -> str:
    document = placement.document(key)
    return document.id if document else key


def left_codified_law(key: str, register: ValidityFacts, known_at: date | None) -> tuple[date, date] | None:
    """The last edition a document stood in and the first later one it is missing from, its titles being whole there."""
    editions = [edition for edition in register.editions if edition.known(known_at)]
    stood = [edition for edition in editions if key in edition.standing]
    if not stood:
        return None
    last = stood[-1]
    titles = set(last.standing[key])
    for edition in editions:
        if edition.on > last.on and titles and all(title in edition.titles and title not in edition.shells for title in titles):
            return last.on, edition.on
    return None
