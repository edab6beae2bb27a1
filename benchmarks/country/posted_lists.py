"""What provinces announce and what was seen posted at each commune: lines of an office, one file a province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import orjson

from rasoat.codec import to_json
from rasoat.records import Origin
from rasoat.records.postings import Act, Announcement, Channel, Level, Look, Medium, Posting, PostingState
from rasoat.units import Unit, UnitKind, country

from .papers import TODAY

_FIELDS = 60
_STATES = [PostingState.POSTED] * 21 + [PostingState.MISSING, PostingState.OUTDATED, PostingState.INCOMPLETE]
_LOOKED = 0.02  # of the communes were looked at as a whole
Stated = Announcement | Posting | Look


@dataclass(slots=True)
class ProvinceFile:
    """One province's lines, and what a reader makes of them: the records' places are the lines' numbers."""

    name: str
    lines: list[bytes] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        return b"\n".join(self.lines) + b"\n"

    def add(self, record: Stated) -> None:
        """A record, and its line."""
        kinds = {Announcement: ("announcement", self.announcements), Posting: ("posting", self.postings), Look: ("look", self.looks)}
        kind, rows = kinds[type(record)]
        rows.append(replace(record, origin=Origin("", f"line {len(self.lines) + 1}")))  # type: ignore[attr-defined]
        told = {name: value for name, value in to_json(type(record), record).items() if name != "origin"}
        self.lines.append(orjson.dumps({"record": kind, **told}))


def posted_lists(known: list[str], postings: int, dice: Random) -> Iterator[ProvinceFile]:
    """Each province announces a fifth of the catalogue, the first of them for its communes, and one in fifty is abolished later; of each
    commune what its province announced for it was looked for, and every eighth is not as it should be."""
    communes: dict[str, list[Unit]] = defaultdict(list)
    for unit in country().of_kind(UnitKind.COMMUNE):
        communes[unit.parent or ""].append(unit)
    total = sum(map(len, communes.values()))
    each = -(-postings // total)
    left = postings
    for at, province in enumerate(country().of_kind(UnitKind.PROVINCE)):
        made = ProvinceFile(f"niem-yet-{province.id}.jsonl")
        listed = _announced(made, at, province, dice.sample(known, min(len(known), max(each, len(known) // 5))), each, dice)
        for commune in communes[province.id]:
            shown = listed[: min(each, left)]
            left -= len(shown)
            _seen(made, commune, shown, dice)
        yield made


def _announced(made: ProvinceFile, at: int, province: Unit, chosen: list[str], each: int, dice: Random) -> list[str]:
    """Announces procedures; those that its communes must post."""
    for n, code in enumerate(chosen):
        signed = TODAY - timedelta(days=dice.randrange(30, 900))
        number = f"{n // 20}-{at}/QĐ-UBND"
        level = Level.COMMUNE if n < each else Level.PROVINCE
        new = Announcement(
            code, Act.NEW, number, province.id, signed, Origin(""), f"Thủ tục {code}", f"Lĩnh vực {n % _FIELDS}", frozenset({level})
        )
        made.add(new)
        if n % 50 == 7:
            made.add(replace(new, act=Act.ABOLISHED, decision=f"B{number}", signed_on=signed + timedelta(days=20)))
    return chosen[:each]


def _seen(made: ProvinceFile, commune: Unit, shown: list[str], dice: Random) -> None:
    day = TODAY - timedelta(days=dice.randrange(1, 60))
    for code in shown:
        made.add(
            Posting(
                code, commune.id, Channel.PREMISES, day, dice.choice(_STATES), Origin(""), Medium.LIST if dice.random() < 0.02 else None
            )
        )
    if dice.random() < _LOOKED:
        made.add(Look(commune.id, Channel.PREMISES, day, Origin(""), complete=True, contact=dice.random() < 0.8))
