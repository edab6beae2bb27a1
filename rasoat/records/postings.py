"""The records of what is public: decisions that announce procedures, what was seen posted, and what a visit covered.

Terms of Nghị định 63/2010/NĐ-CP (as amended by 48/2013, 92/2017): Điều 13 to 17 say who announces and where it must be public,
Điều 24 khoản 2 by when it must stand in the national database. Units are named by their ids (`rasoat.units`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasoat.records import Origin, Part


class Channel(StrEnum):
    """Where a procedure must be public (63/2010 Điều 17 khoản 1)."""

    NATIONAL_DATABASE = "national_database"  # điểm a
    PREMISES = "premises"  # điểm b: board, or a suitable electronic means at the premises (kiosk, QR)
    PORTAL = "portal"  # điểm c: the portal of the province or ministry


class Medium(StrEnum):
    """By what a posting was shown; on the premises any of them will do (điểm b)."""

    WEB = "web"
    BOARD = "board"
    KIOSK = "kiosk"
    QR = "qr"
    LIST = "list"  # a list with names only (danh mục): nobody may ask it for the parts of Điều 8


class PostingState(StrEnum):
    """What was seen of one procedure at one place, and what an audit makes of it. `UNKNOWN` is never `MISSING`."""

    POSTED = "posted"
    MISSING = "missing"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    ABOLISHED_STILL_POSTED = "abolished_still_posted"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """The level whose body resolves a procedure."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"


class Act(StrEnum):
    """What a publication decision does to a procedure (63/2010 Điều 15). `LISTED` is a plain list (Điều 13 khoản 2 điểm a); `UNREAD`:
    the decision names it in a place that could not be read, and may do any of these."""

    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    ABOLISHED = "abolished"
    STANDARDISED = "standardised"
    LISTED = "listed"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class FormSeen:
    """A form that a posting offers: the file behind it, and whether that file came when asked (None: not tried)."""

    name: str
    file: str | None = None
    alive: bool | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """One procedure as one unit showed it on one channel on one day.

    `parts` are those that stood there, None where nobody looked; `decision` is the number of the decision shown with it;
    `published_on` is the day the place itself gives for its publication, never the day we first saw it. `texts` holds the
    posted wording of parts, where it was kept. `evidence` names photos or files, `note` is the observer's own words.
    """

    procedure: str
    unit: str
    channel: Channel
    observed_on: date
    state: PostingState
    origin: Origin
    medium: Medium | None = None
    decision: str | None = None
    published_on: date | None = None
    parts: frozenset[Part] | None = None
    texts: tuple[tuple[Part, str], ...] = ()
    forms: tuple[FormSeen, ...] = ()
    archived: bool = False  # an archive page, kept for the record and marked as one
    evidence: tuple[str, ...] = ()
    note: str = ""
    shown_name: str = ""  # printed beside the code; where the state is `UNKNOWN`, the code counts once a known name agrees


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at one channel of one unit covered on one day.

    `complete`: everything shown there was written down, so what is absent from it was absent. `contact`: whether an address
    for phản ánh, kiến nghị was shown; `site_contact` the same in the footer of the whole site. `text` is what the board or
    page says of itself, verbatim. `unread` says why a look that was to be complete is none: what of it could not be read, and so
    may be anything that seems absent.
    """

    unit: str
    channel: Channel
    observed_on: date
    origin: Origin
    complete: bool = False
    reachable: bool = True
    contact: bool | None = None
    site_contact: bool = False
    text: str = ""
    evidence: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Announcement:
    """What one publication decision says of one procedure.

    `issuer` is the unit id of the ministry or province. `effective_on` is the day from which the announcement holds,
    `law_effective_on` and `law_signed_on` the days of the VBQPPL behind it. `shortened`: made by the shortened procedure
    (rút gọn). `internal`: between offices, outside the decree (Điều 1). `until` ends a transition in which the old may still
    be shown. `follows` is the ministry's decision that a province's list follows.
    """

    procedure: str
    act: Act
    decision: str
    issuer: str
    signed_on: date | None
    origin: Origin
    name: str = ""
    field: str = ""
    levels: frozenset[Level] = frozenset()
    effective_on: date | None = None
    law: str | None = None
    law_signed_on: date | None = None
    law_effective_on: date | None = None
    shortened: bool = False
    internal: bool = False
    until: date | None = None
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """Which procedures a centre was seen receiving whatever the applicant's place (118/2025 Điều 14 khoản 4), and its list.

    `listed` is None where the list was not looked for; `published` False where it was looked for and is not there.
    """

    unit: str
    observed_on: date
    received: frozenset[str]
    listed: frozenset[str] | None
    published: bool | None
    origin: Origin
    pilot: bool = False


@dataclass(frozen=True, slots=True)
class Regulation:
    """A VBQPPL that a person found to introduce or change procedures, and when it takes effect (63/2010 Điều 14, 15)."""

    document: str
    issuer: str
    effective_on: date
    procedures: frozenset[str]
    origin: Origin
    changes_procedures: bool = True
