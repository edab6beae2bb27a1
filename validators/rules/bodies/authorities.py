"""AUTH-01: the competent body named in a procedure no longer exists."""

from __future__ import annotations

from collections.abc import Iterator

from rasoat import words
from rasoat.records import Finding, Part, Where
from rasoat.vietnamese import fold
from validators.rules.bodies.bodies_today import GoneBody, gone_bodies
from validators.rules.citation_finding import note
from validators.rules.world import Question


def gone_authority(question: Question) -> Iterator[Finding]:
    """One finding for each body that is gone, in the part on authority and in the list of executing bodies."""
    text = question.text(Part.AUTHORITY)
    seen: set[str] = set()
    for body in gone_bodies(text, question.as_of):
        if fold(body.quote) not in seen:
            seen.add(fold(body.quote))
            yield _finding(question, body, Where(Part.AUTHORITY.value, body.start, body.end))
    for name in question.procedure.executing:
        for body in gone_bodies(name, question.as_of):
            if fold(body.quote) not in seen:
                seen.add(fold(body.quote))
                yield _finding(question, body, None)


def _finding(question: Question, body: GoneBody, where: Where | None) -> Finding:
    return note(
        "AUTH-01",
        question,
        key=fold(body.quote),
        named=body.quote,
        message=f"“{body.quote}” không còn{f' từ ngày {words.day(body.since)}' if body.since else ''}; hiện nay: {body.today}.",
        part=Part.AUTHORITY.value,
        quote=body.quote,
        where=where,
    )
