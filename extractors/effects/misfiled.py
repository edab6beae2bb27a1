"""Articles under a wrong note: what an article ends shows that it cannot be the document's under which it is filed.

A document never repeals itself by its own number, nor one that is issued after it. Where an article does, it was copied under
another document's note (an amending act's last articles printed behind those of the law it amended, a number misprinted in
the note). One odd number among many is a misprint of that number, so a later document counts alone only where its number and
its day of issue, printed apart, both say that it is later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.effects.clauses import ENDINGS, ClauseEffect, SourceHead
from rasoat.identity import parse_number
from rasoat.records import Mention, Verb

_ENDING_WORDS = re.compile(r"\s*(?:bãi bỏ|h[uủ][yỷ] bỏ|thay thế)\b", re.IGNORECASE)
_FEW = 2  # numbers alone: so many are no slip of the pen …
_SHARE = 3  # … where they are one in so many of the article's targets


def ends_what_it_cannot(
    head: SourceHead, clauses: Sequence[ClauseEffect], themselves: Sequence[ClauseEffect], later: Sequence[ClauseEffect]
) -> list[ClauseEffect]:
    """The clauses that show an article to be another document's, none where they may be misprints.

    `themselves` are those of the article's `clauses` whose target is the document it is filed under, `later` those whose
    target is issued after it.
    """
    own = [clause for clause in themselves if _takes_away(clause) and _names_itself(clause.target, head)]
    after = [clause for clause in later if _takes_away(clause) and clause.target and not _says_otherwise(clause.target)]
    sure = bool(own) or any(_dated_later(clause.target, head) for clause in after)
    odd = {clause.target.number for clause in after if clause.target}
    named = {clause.target.number for clause in clauses if clause.target and clause.target.number}
    return [*own, *after] if sure or (len(odd) >= _FEW and len(odd) * _SHARE >= len(named)) else []


def _takes_away(clause: ClauseEffect) -> bool:
    """Whether the clause ends something: matters "bãi bỏ" in a list too, remarks in brackets on what another text did not."""
    return clause.verb in ENDINGS or (
        clause.verb is Verb.AMENDS and bool(_ENDING_WORDS.match(clause.lead or clause.quote)) and "[" not in clause.quote
    )


def _names_itself(mention: Mention | None, head: SourceHead) -> bool:
    """By its own number, and with no other document's day."""
    if mention is None or mention.number != head.number:
        return False
    return not (mention.issued_on and head.issued_on) or mention.issued_on == head.issued_on


def _says_otherwise(mention: Mention) -> bool:
    """Whether number and day of issue contradict each other: one of them is misprinted."""
    parts = parse_number(mention.number or "")
    if parts is None or parts.year is None or mention.issued_on is None:
        return False
    return abs(mention.issued_on.year - parts.year) > 1


def _dated_later(mention: Mention | None, head: SourceHead) -> bool:
    """Whether the year in the number and the printed day of issue are both of a later year than the head's."""
    parts, own = parse_number(mention.number or "") if mention else None, parse_number(head.number)
    year = head.issued_on.year if head.issued_on else own.year if own else None
    if mention is None or mention.issued_on is None or parts is None or parts.year is None or year is None:
        return False
    return min(parts.year, mention.issued_on.year) > year
