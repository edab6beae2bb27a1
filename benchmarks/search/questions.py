"""Questions as people ask them: names with and without marks, slips, everyday words, abbreviations, codes, numbers, bodies, places."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.country.drawn import Drawn
from rasoat.vietnamese import fold
from search.entries import Entry, EntryKind
from search.places import provinces
from search.understanding.lexicon import expressions


def questions(entries: Sequence[Entry], count: int, seed: int = 7) -> list[str]:
    """`count` different questions, every kind as often as the others; the same for the same arguments."""
    drawn = Drawn(seed)
    chance = drawn.chance
    procedures = [entry for entry in entries if entry.kind is EntryKind.PROCEDURE]
    documents = [entry for entry in entries if entry.kind is EntryKind.DOCUMENT]
    said = sorted(" ".join(one.exact) for several in expressions().values() for one in several)
    places = sorted(set(provinces().values()))

    def name() -> str:
        words = chance.choice(procedures).title.split()
        length = min(len(words), chance.randint(3, 9))
        return " ".join(words[:length])

    def slipped() -> str:
        text = name()
        at = chance.randrange(len(text))
        return chance.choice((text[:at] + text[at : at + 1] + text[at:], text[:at] + text[at + 1 :]))

    kinds = (
        name,
        lambda: fold(name()),
        slipped,
        lambda: chance.choice(said),
        lambda: " ".join((chance.choice(said), chance.choice(("cần giấy tờ gì", "ở đâu", "làm thế nào")))),
        lambda: chance.choice(procedures).key[: chance.randint(5, 8)],
        lambda: f"thủ tục theo {chance.choice(documents).key}" if chance.random() < 0.5 else chance.choice(documents).key.rsplit("/", 1)[0],
        lambda: f"{chance.choice(procedures).fields[0].lower()} {chance.choice(places).lower()}",
    )
    found: dict[str, None] = {}
    while len(found) < count:
        found[kinds[len(found) % len(kinds)]()] = None
    return list(found)
