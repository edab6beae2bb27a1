"""What of an entry is compared with a question, cut into words when the entry is indexed and kept while it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from search.analysis import all_number_tokens, body_words, folded, name_words, text_words, title_words, without_opening
from search.entries import Entry, EntryKind

_KINDS = {kind.value: kind for kind in EntryKind}


@dataclass(slots=True, eq=False)  # not frozen: hundreds are made for a question, and a frozen one takes three times as long
class Traits:
    """What of an entry is compared, cut into words once. A `str` of words has a blank before, between and after them, so that
    looking for neighbours in it is looking for " đăng ký "; names in one `str` are kept apart by "|"."""

    entry: str  # the entry's own fields without its body, as they are stored
    id: str
    key: str
    kind: EntryKind
    type: str
    status: str
    province: str
    levels: Sequence[str]
    online: str
    issued_in: int | None  # the year
    name: tuple[str, ...]
    written: tuple[str, ...]  # the name's words with their marks, "" for all where the two don't align
    head: int  # how many words of the name stand before its conditions
    words: frozenset[str]  # of the name
    joined: str  # the name's words
    exact: str  # the title's words with their marks
    around: str  # the words of fields, bodies, places and levels
    bodies: tuple[str, ...]
    fields: tuple[str, ...]
    numbers: str
    cites: str
    mentions: str
    executing: str  # the folded names of who carries it out
    everyday: float  # a small preference between equals
    _fields: Mapping[str, Any] | None = None

    @property
    def stored(self) -> Mapping[str, Any]:
        """The entry's own fields without its body: read where they are asked for, which is of ten in a hundred."""
        if self._fields is None:
            self._fields = orjson.loads(self.entry)
        return self._fields


def cut(entry: Entry) -> dict[str, Any]:
    """What of an entry is compared, as it is stored: words parted by blanks, names by "|"."""
    title = "" if entry.untitled else entry.title
    name = name_words(title)
    told: dict[str, Any] = {
        "id": entry.id,
        "key": entry.key,
        "kind": entry.kind.value,
        "type": entry.type,
        "status": entry.status,
        "province": entry.province,
        "levels": entry.levels,
        "online": entry.online,
        "year": entry.issued_on.year if entry.issued_on else None,
        "name": " ".join(name),
        "exact": " ".join(title_words(title)[0]),
        "head": _head(title, len(name)) if name else 0,
        "fields": _several(title_words(field)[1] for field in entry.fields),
        "bodies": _several(dict.fromkeys(body_words(body) for body in (entry.publisher, *entry.agencies) if body)),
        "places": _several((body_words(entry.province), *(title_words(level)[1] for level in entry.levels))),
        "numbers": all_number_tokens(entry.numbers),
        "cites": all_number_tokens(entry.cites),
        "mentions": " ".join([all_number_tokens(entry.mentions), *entry.codes]).strip(),
        "executing": folded(" ".join(entry.agencies)),
        "everyday": round(_everyday(entry), 3) if entry.kind is EntryKind.PROCEDURE else 0,
    }
    return {key: value for key, value in told.items() if value}


def _several(names: Iterable[Iterable[str]]) -> str:
    return "|".join(joined for words in names if (joined := " ".join(words)))


def traits(words: Mapping[str, Any], entry: str) -> Traits:
    """The traits of an entry, from what `cut` gave and the entry's fields as they are stored."""
    told = words.get
    joined, written, fields, bodies = told("name", ""), told("exact", ""), told("fields", ""), told("bodies", "")
    name, exact = tuple(joined.split()), written.split()
    return Traits(
        entry,
        words["id"],
        words["key"],
        _KINDS[words["kind"]],
        told("type", ""),
        told("status", ""),
        told("province", ""),
        told("levels", ()),
        told("online", ""),
        told("year"),
        name,
        tuple(exact[len(exact) - len(name) :]) if len(name) <= len(exact) else ("",) * len(name),
        told("head", 0),
        frozenset(name),
        f" {joined} ",
        f" {written} ",
        f" {fields}|{bodies}|{told('places', '')} ".replace("|", " | "),
        tuple(bodies.split("|")),
        tuple(fields.split("|")),
        f" {told('numbers', '')} ",
        f" {told('cites', '')} ",
        f" {told('mentions', '')} ",
        told("executing", ""),
        told("everyday", 0.0),
    )


# After these a name tells the case, the place or the authority; what comes before says what it is about.
_CONDITIONS = re.compile(
    r"\(|;|:|/| (?:doi voi|thuoc tham quyen|thuc hien tai|theo quy dinh|trong truong hop|bang dich vu cong|truong hop|tren dia ban|tai) "
)


def _head(title: str, words: int) -> int:
    """How many words stand before a name's conditions; at least three, or all."""
    opened = without_opening(title)
    found = _CONDITIONS.search(opened, 12)
    return max(len(text_words(opened[: found.start()])), 3) if found else words


def _everyday(entry: Entry) -> float:
    """A small preference between equals for what citizens do themselves, near home, in the whole country."""
    total = 0.0
    if "Công dân Việt Nam" in entry.audience:
        total += 0.015
    if "Cấp xã" in entry.levels or "Cấp tỉnh" in entry.levels:
        total += 0.01
    if not entry.province:
        total += 0.01
    if entry.title.endswith("BQP") or any(field.endswith("BQP") for field in entry.fields):
        total -= 0.03
    return total
