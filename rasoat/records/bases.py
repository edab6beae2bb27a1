"""What a date, a verdict or a stretch of force rests on: which kind, whose word, of which day. `rasoat.words` says it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DateBasis(StrEnum):
    """Where the date of an effect comes from; a computed date is never shown without it."""

    STATED = "stated"
    OWN_ENTRY = "own_entry"  # "kể từ ngày Nghị định này có hiệu lực"
    SIGN_DATE = "sign_date"
    SIGN_PLUS = "sign_plus"  # N days or months after signing
    ENTRY_PLUS = "entry_plus"  # N days or months after the source's entry into force
    GAZETTE_PLUS = "gazette_plus"  # N days after the gazette: no date without the gazette's
    ANCHORED = "anchored"  # the day another document enters into force, or N days or months after it
    ANCHORED_END = "anchored_end"  # the day another document ends
    TERM = "term"  # a fixed term stated in the text
    UNSTATED = "unstated"  # a time is named and no day can be read from it


class BasisKind(StrEnum):
    """What a status rests on; each kind names the fields of `StatusBasis` that it cannot do without."""

    CLAUSE = "clause"  # a clause whose day is known as `dated` says
    REGISTER = "register"  # the day of entry of the document's own record
    SOURCE_STATES_ENTRY = "source_states_entry"  # a day of entry that a publisher states, recorded `on`
    UNKNOWN_ENTRY = "unknown_entry"  # nothing says when it entered into force
    ENTRY_OPEN = "entry_open"  # `documents` put its entry into force off to a day that nobody can tell
    IN_CODIFIED_LAW = "in_codified_law"  # stands in the edition of `on`
    LEFT_CODIFIED_LAW = "left_codified_law"  # stood in the edition of `on`, not in that of `later`
    SOURCE_CLAIMS = "source_claims"  # a publisher's badge (`quote`), recorded `on`
    ENTERED = "entered"  # into force `on`, which `rests_on` another basis
    AMENDED = "amended"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    REVIVED = "revived"
    PROLONGED = "prolonged"
    PARTLY_ENDED = "partly_ended"
    RESUMED = "resumed"  # a stretch that begins with a revival by `documents`
    SUSPENSION_OVER = "suspension_over"  # a stretch that begins where a suspension's term is over
    KEPT_UNTIL = "kept_until"  # `on` is the first day without force
    SPARED = "spared"  # among the exceptions of the clause that ended the rest
    SURVIVORS_UNNAMED = "survivors_unnamed"
    ENDS_LATER = "ends_later"  # its end comes only `on`
    NUMBER_OF_YEAR = "number_of_year"
    ISSUED_LATER = "issued_later"
    JUST_ISSUED = "just_issued"
    DECISION_CHAIN = "decision_chain"
    SAME_NUMBER = "same_number"
    NO_SUCH_PROVISION = "no_such_provision"  # the text held has only `parts`, the first and the last; `documents` changed it since
    NO_RECORD = "no_record"  # of the number asked for, where `documents` gives it
    NO_COMPONENTS = "no_components"  # a consolidated text, nobody knows of what
    CONSOLIDATES = "consolidates"  # `documents`, the worst of which `rests_on` another basis
    ONLY_CITED = "only_cited"
    NO_SIGN_OF_LIFE = "no_sign_of_life"  # within `months` before the day


_CHANGED = ("documents", "on")
NEEDED: dict[BasisKind, tuple[str, ...]] = dict.fromkeys(BasisKind, ()) | {
    BasisKind.CLAUSE: ("dated",),
    BasisKind.SOURCE_STATES_ENTRY: ("source", "on"),
    BasisKind.ENTRY_OPEN: ("documents",),
    BasisKind.IN_CODIFIED_LAW: ("on",),
    BasisKind.LEFT_CODIFIED_LAW: ("on", "later"),
    BasisKind.SOURCE_CLAIMS: ("source", "quote", "on"),
    BasisKind.ENTERED: ("on", "rests_on"),
    BasisKind.AMENDED: _CHANGED,
    BasisKind.CORRECTED: _CHANGED,
    BasisKind.SUSPENDED: _CHANGED,
    BasisKind.REVIVED: _CHANGED,
    BasisKind.PROLONGED: _CHANGED,
    BasisKind.PARTLY_ENDED: _CHANGED,
    BasisKind.RESUMED: ("documents",),
    BasisKind.KEPT_UNTIL: ("on",),
    BasisKind.ENDS_LATER: ("on",),
    BasisKind.NUMBER_OF_YEAR: ("year",),
    BasisKind.ISSUED_LATER: ("on",),
    BasisKind.JUST_ISSUED: ("on",),
    BasisKind.NO_SUCH_PROVISION: ("parts",),
    BasisKind.CONSOLIDATES: ("documents", "rests_on"),
    BasisKind.NO_SIGN_OF_LIFE: ("months",),
}


@dataclass(frozen=True, slots=True)
class StatusBasis:
    """One basis. `documents` are printed ids, not keys; `source` is a publisher's name in the archive ("phapdien").

    Raises:
        ValueError: a field its kind cannot do without is missing.
    """

    kind: BasisKind
    on: date | None = None
    later: date | None = None
    documents: tuple[str, ...] = ()
    source: str | None = None
    quote: str | None = None
    dated: DateBasis | None = None
    year: int | None = None
    months: int | None = None
    rests_on: StatusBasis | None = None
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in NEEDED[self.kind]:
            if getattr(self, name) in (None, ()):
                raise ValueError(f"a basis of kind {self.kind} has no {name}")
