"""Which articles, khoản and điểm a document has, where its whole text is held: a provision that is not there is never alive.

A claim that something is missing has to be sure, so all that the copies held show is put together, and the count must run
through: articles 1, 2, 3 … to those on implementation that close every text, khoản from 1 on, điểm from a on. Texts that
attach a regulation with articles of its own are left alone, and so are annexes, forms, chapters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, Protocol

from rasoat.records import Tier
from rasoat.vietnamese import fold

_PATH = re.compile(
    r"(?P<article>dieu-(?P<number>\d+)[a-zđ]?)(?:/(?P<khoan>khoan-(?P<count>\d+)[a-zđ]?)(?:/(?P<diem>diem-(?P<letter>[a-zđ])))?)?"
)
_CLOSES = re.compile(r"hieu luc|thi hanh|thuc hien|trach nhiem|chuyen tiep")
_ATTACHES = re.compile(
    r"(?:quy chế|quy định|điều lệ|quy trình|nội quy|quy chuẩn|hướng dẫn|bản)\b[^.;:\n]{0,200}?kèm theo|kèm theo\s[^.;:\n]{0,60}?\b(?:quy chế|quy định|điều lệ|quy trình|nội quy)\b",
    re.IGNORECASE,
)
_KHOAN = re.compile(r"(?:^|(?<=[:;.,”\"] ))[ \t|>#*“\"]*(\d{1,3})([a-zđ]?)\.(?![\d/])", re.MULTILINE)
_DIEM = re.compile(r"(?:^|(?<=[:;.,”\"] ))[ \t|>#*“\"]*([a-zđ])\d?[).](?!\w)", re.MULTILINE)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LAST = 3  # articles among which a whole text has one on its implementation
_FULLY_READ = frozenset({Tier.A, Tier.B})
_KEPT = 4096


Texts = Callable[[str], Iterable[str]]  # the words of every copy of an article, by its path


class Held(Protocol):
    """An article that is held."""

    @property
    def path(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def tier(self) -> Tier: ...
    @property
    def seen_on(self) -> date: ...


class Shelf(Protocol):
    """Where articles stand."""

    def articles(self, key: str) -> Iterable[Held]: ...
    def texts(self, key: str, path: str) -> Iterable[str]: ...
    def all_texts(self, key: str) -> Mapping[str, Iterable[str]]: ...


@dataclass(frozen=True, slots=True)
class Missing:
    """That a provision does not exist: what it should stand among, first and last ("dieu-1", "dieu-45"); one where it is undivided."""

    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What one document has, as far as its text is held: all that a question about a provision of it has to know.

    `headings` of the articles held, by path ("" where one has none). `counted`: nothing speaks against counting. `there`: the first and
    the last article, where the whole text is held. `divided`: by article its khoản, each with the letters of its điểm.
    """

    headings: dict[str, str]
    counted: bool = False
    there: tuple[str, ...] = ()
    divided: dict[str, dict[str, str]] = field(default_factory=dict)

    def holds(self, path: str) -> bool:
        """Whether some copy of the article that a path lies in is held."""
        return path.partition("/")[0] in self.headings

    def missing(self, path: str) -> Missing | None:
        """That the whole text held has no such article, khoản or điểm; None where it has, or where nobody can say."""
        asked = _PATH.fullmatch(path)
        if not asked or not self.counted:
            return None
        if asked["article"] not in self.headings:
            return Missing(self.there) if self.there else None
        return _part_missing(asked, self.divided.get(asked["article"]))


class Outlines:
    """The outlines of documents, read when asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._articles: dict[str, tuple[Held, ...]] = {}
        self._divided: dict[tuple[str, str], dict[str, str] | None] = {}
        self._attaching: dict[str, bool] = {}

    def forget(self, keys: Collection[str] | None) -> None:
        """Other articles of some documents are held now, or of any: what was read of them is read again when somebody asks."""
        caches: tuple[dict[Any, Any], ...] = (self._articles, self._divided, self._attaching)
        for cache in caches:
            for asked in [one for one in cache if keys is None or (one[0] if isinstance(one, tuple) else one) in keys]:
                del cache[asked]

    def holds(self, key: str, path: str, known_at: date | None = None) -> bool:
        """Whether some copy of the article that a path lies in is held."""
        article = path.partition("/")[0]
        return any(one.path == article for one in self._known(key, known_at))

    def headings(self, key: str, known_at: date | None = None) -> dict[str, str]:
        """What the articles held are called, by path."""
        return {one.path: one.heading for one in self._known(key, known_at) if one.heading}

    def outline(self, key: str) -> Outline | None:
        """All that is known of a document now; None where nothing of its text is held."""
        held = self._known(key, None)
        if not held:
            return None
        headings = {**{one.path: "" for one in held}, **self.headings(key)}
        words = self._shelf.all_texts(key)

        def texts(path: str) -> Iterable[str]:
            return words.get(path, ())

        if _attaches(held, texts):
            return Outline(headings)
        missing = _article_missing(held, texts)
        divided = {path: found for path in headings if _PATH.fullmatch(path) and (found := _divided(texts(path)))}
        return Outline(headings, True, missing.there if missing else (), divided)

    def missing(self, key: str, path: str, known_at: date | None = None) -> Missing | None:
        """That the whole text held has no such article, khoản or điểm; None where it has, or where nobody can say."""
        asked = _PATH.fullmatch(path)
        held = self._known(key, known_at) if asked else []
        if not asked or not held or self._attaches(key, held):
            return None
        if asked["article"] not in {one.path for one in held}:
            return _article_missing(held, partial(self._shelf.texts, key))
        return _part_missing(asked, self._divisions_of(key, asked["article"])) if asked["khoan"] else None

    def _known(self, key: str, known_at: date | None) -> list[Held]:
        if key not in self._articles:
            _room_in(self._articles)[key] = tuple(self._shelf.articles(key))
        return [one for one in self._articles[key] if known_at is None or one.seen_on <= known_at]

    def _divisions_of(self, key: str, article: str) -> dict[str, str] | None:
        asked = key, article
        if asked not in self._divided:
            _room_in(self._divided)[asked] = _divided(self._shelf.texts(key, article))
        return self._divided[asked]

    def _attaches(self, key: str, held: Iterable[Held]) -> bool:
        """As below; what the first article's text says is read once."""
        if key not in self._attaching:
            _room_in(self._attaching)[key] = _attaches((), partial(self._shelf.texts, key))
        return self._attaching[key] or any(one.path.startswith("kem-theo") for one in held)


def _room_in(cache: dict[Any, Any]) -> dict[Any, Any]:
    """The cache itself, emptied where it is full."""
    if len(cache) >= _KEPT:
        cache.clear()
    return cache


def _attaches(held: Iterable[Held], texts: Texts) -> bool:
    """Whether articles of another count follow: "Ban hành kèm theo Quyết định này Quy chế …" stands in the first article."""
    if any(one.path.startswith("kem-theo") for one in held):
        return True
    return any(_ATTACHES.search(text) for text in texts("dieu-1"))


def _article_missing(held: Iterable[Held], texts: Texts) -> Missing | None:
    """What an article that is not held should stand among, where the whole text is held."""
    numbers = sorted({int(found["number"]) for one in held if one.tier in _FULLY_READ and (found := _PATH.fullmatch(one.path))})
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return None
    closing = {f"dieu-{number}" for number in numbers[-_LAST:]}
    closes = any(one.path in closing and _CLOSES.search(fold(one.heading)) for one in held)
    if not closes and not any(_CLOSES.search(fold(text[:300])) for path in closing for text in texts(path)):
        return None
    return Missing(("dieu-1", f"dieu-{numbers[-1]}"))


def _divided(texts: Iterable[str]) -> dict[str, str] | None:
    """The khoản of an article (all copies of it), each with the letters of its điểm in order; None where the count does not run through."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for name, letters in _divisions(text):
            found.setdefault(name, set()).update(letters)
    plain = {name for name in found if name.removeprefix("khoan-").isdigit()}
    if len(plain) < 2 or plain != {f"khoan-{number}" for number in range(1, len(plain) + 1)}:
        return None
    return {name: "".join(letter for letter in _LETTERS if letter in letters) for name, letters in found.items()}


def _part_missing(asked: re.Match[str], divided: dict[str, str] | None) -> Missing | None:
    """That an article so divided has no such khoản or điểm."""
    if divided is None or not asked["khoan"]:
        return None
    if asked["khoan"] not in divided:
        counted = [int(number) for name in divided if (number := name.removeprefix("khoan-")).isdigit()]
        return Missing((f"{asked['article']}/khoan-1", f"{asked['article']}/khoan-{max(counted)}"))
    letters = divided[asked["khoan"]]
    if not asked["diem"] or asked["letter"] in letters:
        return None
    inside = f"{asked['article']}/{asked['khoan']}"
    if not letters:
        return Missing((inside,)) if any(divided.values()) else None
    return Missing((f"{inside}/diem-a", f"{inside}/diem-{letters[-1]}")) if _counts_through(letters) else None


def _counts_through(letters: str) -> bool:
    """Whether the letters run on from a; a text may leave đ out."""
    return len(letters) > 1 and letters in (_LETTERS[: len(letters)], _LETTERS.replace("đ", "")[: len(letters)])


def _divisions(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each khoản as labelled with the letters labelled before the next."""
    labels = list(_KHOAN.finditer(text))
    ends = [*(after.start() for _, after in pairwise(labels)), len(text)]
    for label, end in zip(labels, ends, strict=False):
        yield f"khoan-{label[1]}{label[2]}", {found[1] for found in _DIEM.finditer(text, label.end(), end)}
