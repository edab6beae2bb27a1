"""The shapes of what is read in a text or a file: mentions, effects of clauses, rows of published lists."""

from __future__ import annotations

from datetime import date

from pydantic import ConfigDict

from queries.shape import Shape


class MentionLine(Shape):
    """One mention of `rasoat cite --jsonl`; `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    kind: str
    type: str | None
    number: str | None
    issued_on: date | None
    issuer: str | None
    provisions: list[str]
    divisions: list[str]
    role: str


class EntryLine(Shape):
    """When the source, or a provision of it (`provision`, null for the whole), enters into force.

    `on` is null where the day follows from something else: `anchor` names the document whose entry it is.
    """

    provision: str | None
    on: date | None
    basis: str
    anchor: str | None


class SurvivorLine(Shape):
    """What an ending spares: a path in the target, "?" where it is named only by its matter; `until` the first day after its own term."""

    provision: str
    until: date | None


class ClauseEffectLine(Shape):
    """What one clause does to one document; `text[start:end] == quote`.

    `target` is a canonical number, "self" for the source, or "name|day" where the clause gives no number. `provisions` empty means
    the whole. `on` is the first day of the effect (out of force, for an ending), `until` the first day after it.
    """

    verb: str
    target: str
    provisions: list[str]
    on: date | None
    until: date | None
    basis: str
    anchor: str | None
    exceptions: list[SurvivorLine]
    quote: str
    start: int
    end: int
    lead: str
    confidence: str


class ClausesLine(Shape):
    """One answer of `rasoat effects --jsonl`: when the source of an article enters into force, and what its clauses do."""

    entry: list[EntryLine]
    effects: list[ClauseEffectLine]


class PostedRowLine(Shape):
    """A row of a published list as read; `code_meant` only proposes what a misread code may be."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True, extra="allow")

    page: int | None = None
    code: str | None
    code_printed: str | None
    name: str | None
    confidence: float
    in_catalogue: bool | None = None


class FileSeen(Shape):
    """One line of `rasoat read --jsonl`."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True, extra="allow")

    file: str
    kind: str
    taken_for: str
    text_from: str
    pages: int
    characters: int
    rows: list[PostedRowLine]
    problems: list[str]
