"""What of an entry is compared with a question, cut into words when the entry is indexed and kept while it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.analysis import all_number_tokens, body_words, folded, name_words, text_words, title_words, without_opening
from search.entries import Entry, EntryKind

_KINDS = {kind.value: kind for kind in EntryKind}


@dataclass(slots=True, eq=False)  # not frozen: hundreds are made for a question, and a frozen one takes three times as long
class Traits:
    """What of an entry is compared, cut into words once. A `str` of words has a blank before, between and after them, so that
    looking for neighbours in it is looking for " đăng ký "; names in one `str` are kept apart by "|"."""

    stored: Mapping[str, Any]  # the entry's own fields, without its body
    id: str
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


def cut(entry: Entry) -> dict[str, str | int]:
    """The words of an entry as they are stored: words parted by blanks, names by "|"."""
    title = "" if entry.untitled else entry.title
    name = name_words(title)
    told: dict[str, str | int] = {
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
    }
    return {key: value for key, value in told.items() if value}


def _several(names: Iterable[Iterable[str]]) -> str:
    return "|".join(joined for words in names if (joined := " ".join(words)))


def traits(stored: Mapping[str, Any], words: Mapping[str, Any]) -> Traits:
    """The traits of an entry, from its fields as they are stored and the words that `cut` gave."""
    joined, written, told, own = words.get("name", ""), words.get("exact", ""), words.get, stored.get
    name, exact = tuple(joined.split()), written.split()
    fields, bodies = told("fields", ""), told("bodies", "")
    kind, issued_on = _KINDS[stored["kind"]], own("issued_on")
    return Traits(
        stored=stored,
        id=stored["id"],
        kind=kind,
        type=own("type", ""),
        status=own("status", ""),
        province=own("province", ""),
        levels=own("levels", ()),
        online=own("online", ""),
        issued_in=int(issued_on[:4]) if issued_on else None,
        name=name,
        written=tuple(exact[len(exact) - len(name) :]) if len(name) <= len(exact) else ("",) * len(name),
        head=told("head", 0),
        words=frozenset(name),
        joined=f" {joined} ",
        exact=f" {written} ",
        around=f" {fields}|{bodies}|{told('places', '')} ".replace("|", " | "),
        bodies=tuple(bodies.split("|")),
        fields=tuple(fields.split("|")),
        numbers=f" {told('numbers', '')} ",
        cites=f" {told('cites', '')} ",
        mentions=f" {told('mentions', '')} ",
        executing=told("executing", ""),
        everyday=_everyday(stored) if kind is EntryKind.PROCEDURE else 0.0,
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


def _everyday(stored: Mapping[str, Any]) -> float:
    """A small preference between equals for what citizens do themselves, near home, in the whole country."""
    total, levels = 0.0, stored.get("levels", ())
    if "Công dân Việt Nam" in stored.get("audience", ()):
        total += 0.015
    if "Cấp xã" in levels or "Cấp tỉnh" in levels:
        total += 0.01
    if "province" not in stored:
        total += 0.01
    if stored["title"].endswith("BQP") or any(field.endswith("BQP") for field in stored.get("fields", ())):
        total -= 0.03
    return total
