"""Which findings are asked for, by the names that people write and the names that findings have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, or_

from queries.nearest import unknown_procedure
from rasoat.records import Severity
from rasoat.store.publications import StandingPublication
from rasoat.store.published_findings import GRAVITY, ListedFinding, in_state, within_unit
from rasoat.store.published_schema import findings
from rasoat.store.published_timelines import PublishedRows
from rasoat.trouble import Trouble
from rasoat.units import country, lies_in
from rasoat.vietnamese import fold, squeeze


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What is asked for; an empty field asks for everything. `unit` is a unit's id: those below it go with it. `viewer` is the id of the unit
    that looks, whose own decisions it sees where nobody above it has decided.

    `subject` and `document` are taken as people write them and refused where nothing of the name is published.
    """

    rules: tuple[str, ...] = ()
    subject: str | None = None
    unit: str | None = None
    document: str | None = None
    severity: Severity | None = None  # at least this grave
    state: str | None = None
    viewer: str | None = None

    def where(self, stands: StandingPublication, as_of: date) -> list[ColumnElement[bool]]:
        """The filter as the table of findings is asked, of a day of a publication."""
        asked: list[ColumnElement[bool]] = []
        if self.rules:
            asked.append(findings.c.rule.in_(self.rules))
        if self.subject:
            asked.append(findings.c.subject == self.subject)
        if self.document:
            asked.append(or_(findings.c.object == self.document, findings.c.subject == self.document))
        if self.severity:
            asked.append(findings.c.gravity <= GRAVITY[self.severity])
        if self.state:
            asked.append(in_state(self.state, self.viewer))
        if self.unit:
            asked.append(within_unit(self.unit, stands, as_of))
        return asked

    def keeps(self, listed: ListedFinding) -> bool:
        """Whether a finding that was judged in memory is asked for."""
        one = listed.finding
        return (
            (not self.rules or one.rule in self.rules)
            and (not self.subject or one.subject == self.subject)
            and (not self.document or self.document in (one.object, one.subject))
            and (not self.severity or GRAVITY[one.severity] <= GRAVITY[self.severity])
            and (not self.state or one.state == self.state)
            and (not self.unit or any(lies_in(unit, self.unit) for unit in listed.units))
        )


def as_known(rows: PublishedRows, asked: FindingFilter) -> FindingFilter:
    """What is asked for by the names that findings have.

    Raises:
        Trouble: nothing is published of the procedure, unit or document asked for.
    """
    if asked.subject is not None:
        asked = replace(asked, subject=subject_asked(asked.subject, rows))
    if asked.document is not None:
        asked = replace(asked, document=object_asked(asked.document, rows))
    return asked


def object_asked(name: str, rows: PublishedRows) -> str:
    """The object of findings as people write it: a document's number whatever its case, dashes or marks, or a procedure's code.

    Raises:
        Trouble: no such document or procedure is published; that is said rather than "none".
    """
    if rows.has_document(name) or rows.has_procedure(name):
        return name
    key = _number_key(name)
    found = [one for one in rows.ids() if _number_key(one) == key]
    if len(found) == 1:
        return found[0]
    if found:
        raise Trouble("document.same_number", number=name, found=", ".join(found[:5]))
    raise Trouble("document.unknown", number=name)


def subject_asked(name: str, rows: PublishedRows) -> str:
    """The subject of findings: a procedure's code, a unit or a document.

    Raises:
        Trouble: no such procedure, unit or document is published; the nearest codes are named.
    """
    code = squeeze(name)
    if code in country() or rows.has_procedure(code) or rows.has_document(code):
        return code
    raise unknown_procedure(name, rows.codes())


def _number_key(text: str) -> str:
    return "".join(fold(text).replace("–", "-").replace("—", "-").split())
