"""Text → mentions: cores are assembled, completed with what stands around them, and handed back in raw offsets."""

from __future__ import annotations

from extractors.citations.grammar.assemble import assemble
from extractors.citations.grammar.complete import complete
from extractors.citations.grammar.draft import Draft
from extractors.citations.grammar.reading_copy import ReadingCopy
from rasoat.records import Mention, Part


def find_mentions(text: str, part: Part | None = None) -> list[Mention]:
    """All references to legal documents in `text`, sorted, never overlapping; offsets and quotes are of `text` as given.

    `part` is the part of the procedure the text comes from; it decides the base role. Never raises.
    """
    view = ReadingCopy(text)
    drafts = assemble(view)
    for index in range(len(drafts)):
        complete(view, drafts, index, part)
    return [_mention(view, draft) for draft in drafts]


def _mention(view: ReadingCopy, draft: Draft) -> Mention:
    start, end = view.span(draft.start, draft.end)
    return Mention(
        start=start,
        end=end,
        quote=view.raw[start:end],
        kind=draft.kind,
        type=draft.type,
        number=draft.number,
        issued_on=draft.issued_on,
        issuer=draft.issuer,
        provisions=draft.provisions,
        role=draft.role,
        name=draft.name,
        year=draft.year,
        divisions=draft.divisions,
    )
