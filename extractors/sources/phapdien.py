"""The codified law: one zip an edition, one file a title, every article with its OWN source document in its note.

The frame is written by machine with single quotes; the text inside comes from editors and breaks every parser that is
given the whole file. So the raw text is cut before each article and chapter and at the parts of an article, and only the
inside of an article's text is given to a parser. Empty titles ("shells") say nothing of any document.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from extractors.formats.bounds import zip_faults
from extractors.formats.extracted_text import UnreadableError
from extractors.formats.html import html_text
from extractors.sources.phapdien_note import Note, plain, read_note
from extractors.sources.source import WHOLE, Answer, Extent, Parsed, Piece, Refused, Request, Stuck, Window, unreadable
from rasoat.faults import kind_of, say_fault
from rasoat.records import Article, KnownFrom, Listing, Observation, Origin, Tier
from rasoat.vietnamese import nfc
from rasoat.words.publishers import PUBLISHER_TITLE

_FILE = "BoPhapDienDienTu.zip"
_TITLE = re.compile(r"(?:^|/)demuc/[^/]+\.html$")
_ARTICLE, _NOTE, _TEXT, _POINTER = (f"<p class='{name}'>" for name in ("pDieu", "pGhiChu", "pNoiDung", "pChiDan"))
_FRAME = re.compile(r"<p class='(?:pDieu|pChuong)'>")
_CODE = re.compile(r"<a name='(\w*)'></a>\s*(.*?)(?:</p>|$)", re.S)
_NUMBERED = re.compile(r"Điều ([\w.]+?)\.?(?:\s+(.*))?$", re.S)
_OWN_NUMBER = re.compile(r"(?<!\d)(\d+[a-zđ]?)$")
_NOT_SIMPLE = re.compile(r"<(?!/?(?:p|div|br|strong|em|b|i|u|span|a|sup|sub|font)\b[^<]*>)", re.I)
_BLOCK = re.compile(r"</?(?:p|div|br)\b[^<>]*>", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_INLINE = re.compile(r"<[^<>]*>")
_LARGEST = 400_000_000  # bytes unpacked; an edition is 118 to 133 million
_TITLE_LIMIT = 20_000_000  # bytes of one title; the largest has 4 million
_ARTICLES_LIMIT = 10_000  # of one title; the most are 1,677


class PhapDien:
    """Bộ pháp điển điện tử."""

    name = "phapdien"
    title = PUBLISHER_TITLE["phapdien"]
    base_url = "https://phapdien.moj.gov.vn"
    rate = 1.0
    cadence = "monthly"
    licence = "Văn bản pháp luật, không thuộc đối tượng bảo hộ quyền tác giả (Luật Sở hữu trí tuệ Điều 15)"
    headers = {"Accept": "*/*"}  # noqa: RUF012 - read only
    promises = {"title": 1}  # noqa: RUF012 - read only
    # 228 titles and 133 MB in March 2024, 240 and 118 MB in February 2026. Titles become empty shells one by one.
    extent = Extent(items=2_000, pages=1, size=512 << 20, shrink=0.2, grow=0.5, few=2, settles=0)

    def windows(self, observed_on: date) -> list[Window]:
        """One: an edition is one file."""
        return [WHOLE]

    def requests(self, observed_on: date, window: Window = WHOLE) -> Iterator[Request]:
        """The zip of the edition that lies under the base address."""
        yield Request(_FILE, f"/{_FILE}")

    def follow(self, answer: Answer) -> Iterator[Request | Refused | Stuck]:
        """Nothing: the zip holds everything."""
        yield from ()

    def listing(self, answer: Answer) -> Listing | None:
        """The titles and the bytes they unpack to, as the zip's directory tells them; what has become a shell lacks its bytes."""
        with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
            titles = [entry for entry in packed.infolist() if _TITLE.search(entry.filename)]
        names = tuple(entry.filename[entry.filename.rindex("demuc/") :] for entry in titles)
        return Listing("đề mục", len(names), names, size=sum(entry.file_size for entry in titles))

    def instead(self, request: Request) -> Request | None:
        """Nothing replaces the zip."""
        return None

    def missing(self, answer: Answer) -> bool:
        """Never: an edition without its zip is a failure."""
        return False

    def refusal(self, answer: Answer) -> str | None:
        """Why this is no edition: not a zip, a broken zip, or no titles in it."""
        if answer.status != 200:
            return f"status {answer.status}"
        try:
            with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
                if not any(_TITLE.search(name) for name in packed.namelist()):
                    return "a zip without demuc/*.html"
        except Exception:  # a damaged directory raises what it likes
            return f"not a zip ({answer.media_type or 'nothing named'}): a firewall's page?"
        return None

    def another(self, answer: Answer) -> str | None:
        """Never: an edition does not say which it is."""
        return None

    def pieces(self, answer: Answer) -> Iterator[Piece]:
        """Each title's file; one that is damaged, locked or packed in an unknown way loses that title alone.

        Raises:
            UnreadableError: no zip, or one that says it unfolds past the limit.
        """
        try:
            packed = zipfile.ZipFile(io.BytesIO(answer.body))
        except Exception as error:  # a damaged directory raises what it likes
            raise UnreadableError("zip.broken") from error
        titles = [entry for entry in packed.infolist() if _TITLE.search(entry.filename)]
        total = sum(entry.file_size for entry in titles)
        if total > _LARGEST:
            raise UnreadableError("zip.large", total=total)
        for entry in titles:
            place = entry.filename[entry.filename.rindex("demuc/") :]
            if entry.file_size > _TITLE_LIMIT or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                why = UnreadableError("zip.large_part" if entry.file_size > _TITLE_LIMIT else "zip.method", name=place.rpartition("/")[2])
                yield unreadable(self.name, place, str(why))
                continue
            try:
                with zip_faults(partial(_broken, place)), packed.open(entry) as stream:  # no more than the size that was said, summed above
                    body = stream.read(entry.file_size + 1)
            except UnreadableError as broken:
                yield unreadable(self.name, place, str(broken))
                continue
            yield Piece(self.name, "title", place, body)

    def parse(self, piece: Piece, origin: Origin, observed_on: date) -> Parsed:
        """The articles of one title, and what their notes say of their source documents."""
        raw = piece.body.decode("utf-8-sig", errors="replace")
        parsed, notes = Parsed(), []
        counted = raw.count("class='pDieu'")
        if counted > _ARTICLES_LIMIT:
            parsed.refused.append(Refused(piece.place, str(UnreadableError("title.articles", count=counted, limit=_ARTICLES_LIMIT))))
            return parsed
        cuts = [*(found.start() for found in _FRAME.finditer(raw)), len(raw)]
        for start, end in pairwise(cuts):
            if not raw.startswith(_ARTICLE, start):
                continue
            try:
                note = _article(raw[start:end], parsed, piece.place, origin, observed_on)
            except MemoryError:
                raise
            except Exception as error:  # an article that nobody foresaw; the title's others are read
                parsed.refused.append(Refused(f"{piece.place}@{start}", say_fault(error)))
                continue
            if note:
                notes.append((note, parsed.articles[-1].origin))
        parsed.observations.extend(_observations(notes, observed_on))
        if counted != len(parsed.articles) + len(parsed.refused):
            parsed.refused.append(
                Refused(piece.place, f"đề mục có {counted} điều, cắt được {len(parsed.articles)} / articles announced and cut differ")
            )
        if not counted:
            parsed.declared_empty.append(piece.place)
        return parsed


def _article(piece: str, parsed: Parsed, place: str, origin: Origin, observed_on: date) -> Note | None:
    """Read one article's slice into `parsed`; its note where it has one that names a document."""
    texts = _parts(piece)
    found = _CODE.search(texts[_ARTICLE])
    code, name = (found[1], plain(found[2])) if found else ("", plain(texts[_ARTICLE]))
    here = f"{place}#{code}"
    note = read_note(texts[_NOTE]) if _NOTE in texts else None
    if note is None:
        parsed.refused.append(
            Refused(
                here,
                "điều không có ghi chú nguồn / an article without a note"
                if _NOTE not in texts
                else "ghi chú không nêu văn bản nào bằng số / a note that names no document by number",
            )
        )
        return None
    numbered = _NUMBERED.match(name)
    number = note.article or _own_number(numbered[1] if numbered else "")
    try:
        text = _text(texts.get(_TEXT, ""))
    except UnreadableError as error:
        parsed.refused.append(Refused(here, str(error)))
        return None
    if not number:
        parsed.refused.append(Refused(here, "điều không có số của chính nó / an article without a number of its own"))
        return None
    parsed.articles.append(
        Article(
            key=note.key,
            path=f"dieu-{number}",
            heading=(numbered[2] or "").strip() if numbered else name,
            text=text,
            source=PhapDien.name,
            observed_on=observed_on,
            tier=Tier.A,
            origin=Origin(origin.capture, here),
            container=note.container,
            order=len(parsed.articles),
            amended_by=note.changed_by,
        )
    )
    return note


def _parts(piece: str) -> dict[str, str]:
    """The inside of each part of an article, by the frame's own opening tags."""
    marks = [(piece.find(mark), mark) for mark in (_ARTICLE, _NOTE, _TEXT, _POINTER)]
    opened = sorted((at, mark) for at, mark in marks if at >= 0)
    ends = [at for at, _ in opened[1:]] + [len(piece)]
    return {mark: piece[at + len(mark) : end] for (at, mark), end in zip(opened, ends, strict=True)}


def _text(inside: str) -> str:
    """The text in blocks. Nine texts in ten are paragraphs only and need no tree, which is ten times slower."""
    inside = _CONTROL.sub("", inside).rstrip().removesuffix("</div>").rstrip().removesuffix("</p>")
    if _NOT_SIMPLE.search(inside):
        return nfc(html_text(f"<div>{inside}</div>"))
    lines = html.unescape(_INLINE.sub("", _BLOCK.sub("\x1e", " ".join(inside.split())))).split("\x1e")
    return nfc("\n".join(line for line in (" ".join(line.split()) for line in lines) if line))


def _own_number(numbered: str) -> str | None:
    """The article's own number at the end of "12.3.NĐ.4.7"."""
    found = _OWN_NUMBER.search(numbered)
    return found[1] if found else None


def _observations(notes: list[tuple[Note, Origin]], observed_on: date) -> Iterator[Observation]:
    """One observation a source document: the full form where it stands, the date of effect most of its articles give.

    A stated end is the document's only where every one of its articles here states it. A suspension that a note tells
    ("bị ngưng hiệu lực bởi Điều …") is a relation, in the publisher's words, with the article it is told of.
    """
    by_key: dict[str, list[tuple[Note, Origin]]] = {}
    for note, origin in notes:
        by_key.setdefault(note.key, []).append((note, origin))
    for key, mine in by_key.items():
        full, origin = next(((note, origin) for note, origin in mine if note.title), mine[0])
        effects = Counter(note.effective_on for note, _ in mine if note.effective_on)
        ends = {note.until for note, _ in mine}
        yield Observation(
            key=key,
            number=full.number,
            type=full.type,
            source=PhapDien.name,
            observed_on=observed_on,
            origin=origin,
            known_from=KnownFrom.TEXT,
            issuer=full.issuer,
            title=full.title,
            issued_on=full.issued_on,
            effective_on=max(effects, key=lambda day: (effects[day], -day.toordinal())) if effects else None,
            claimed_expiry=ends.pop() if len(ends) == 1 else None,
            publisher_id=next((note.publisher_id for note, _ in mine if note.publisher_id), None),
            relations=tuple(
                (f"dieu-{note.article}: {note.suspended[0]}", note.suspended[1]) for note, _ in mine if note.suspended and note.article
            ),
        )


SOURCE = PhapDien()


def _broken(place: str, error: Exception) -> UnreadableError:
    """A title whose bytes in the archive are broken."""
    return UnreadableError("zip.broken_member", name=place.rpartition("/")[2], fault=kind_of(error))
