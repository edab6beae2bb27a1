"""A published file → its kind, where its text came from, and the rows of its tables: what `rasoat read` shows. Never raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.head import read_head
from extractors.formats.read_bytes import read_bytes
from extractors.postings import markup
from extractors.postings.blocks import Block, TextBlock, texts
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.decisions import decision_head
from extractors.postings.kinds import classify
from extractors.postings.old_word import as_docx
from extractors.postings.pdf_tables import WrittenPages, pdf_blocks
from extractors.postings.procedure_rows import opening_lines, procedure_rows
from extractors.postings.records import FileKind, FileReading, TakenFor
from extractors.postings.scans.scanned_pages import picture_blocks, scanned_blocks
from extractors.postings.unplaced import fewer_than_told, hidden_codes, jumps, left_over, shown_codes, unplaced_codes
from rasoat.progress import Progress, unseen

SCAN_LIMIT = 60  # pages of one file that are read by OCR
_FIRST_PAGES = 3  # enough to tell a list or a decision from a scanned law, which is not read to its end
_LISTS = (FileKind.POSTED_LIST, FileKind.PUBLICATION_DECISION)
_LINE_LIMIT = 4000  # a head and first articles stand in fewer; a code of a million lines need not be folded


@dataclass(frozen=True, slots=True)
class _Scans:
    """Whether scans are read, and whom to tell of each page."""

    wanted: bool
    tell: Callable[[int, int], None]


def read_file(
    name: str,
    data: bytes,
    catalogue: Catalogue | None = None,
    *,
    scans: bool = True,
    progress: Progress = unseen,
) -> FileReading:
    """What the program sees in a file. `name` comes back as `file`; the catalogue says which codes exist under which names.

    Without `scans` no page is read by OCR (it takes a few seconds a page); `progress` is told of each scanned page.
    Never raises on what a file holds: what cannot be read comes back as `other` with its reasons in `problems`.
    """
    reading = read_bytes(name, data)
    told = _Remarks(list(reading.problems), list(reading.unread))
    blocks: list[Block] = []
    text_from = reading.text_from
    try:
        scanned = _Scans(scans, lambda done, total: progress(name, done, total))
        blocks, text_from = _blocks(data, reading, told, scanned)
    except UnreadableError as error:
        told.lost(str(error))
    except (RecursionError, MemoryError):
        told.lost("Tệp lồng quá sâu hoặc quá lớn, không đọc bảng / too deep or too large")
    found = _assembled(name, blocks, text_from, catalogue, told, reading)
    return replace(found, taken_for=_taken_for(reading), pages=len(reading.pages), text=texts(blocks))


@dataclass(slots=True)
class _Remarks:
    """What is said of a reading, and what of the file is known to stand in no block of it."""

    problems: list[str]
    unread: list[str]

    def lost(self, line: str) -> None:
        self.problems.append(line)
        self.unread.append(line)

    def recognised(self, reading: ExtractedText) -> None:
        """Pages without text were read by OCR after all."""
        self.problems = [line for line in self.problems if line not in reading.unread]
        self.unread = [line for line in self.unread if line not in reading.unread]


def _taken_for(reading: ExtractedText) -> TakenFor:
    if reading.misnamed:
        return TakenFor.MISNAMED
    if reading.kind is FileFormat.IMAGE:
        return TakenFor.SCAN
    if reading.kind is FileFormat.PDF and reading.pages and reading.text_from is TextFrom.NONE:
        return TakenFor.STAMP_ONLY if reading.stamped else TakenFor.SCAN
    return TakenFor.TEXT if reading.text_from is not TextFrom.NONE else TakenFor.UNREADABLE


def _assembled(
    name: str, blocks: Sequence[Block], text_from: TextFrom, catalogue: Catalogue | None, told: _Remarks, reading: ExtractedText
) -> FileReading:
    kind = _kind(blocks)
    if kind not in _LISTS:
        return FileReading(name, kind, text_from, (), tuple(told.problems))
    found = procedure_rows(blocks, catalogue, announced=kind is FileKind.PUBLICATION_DECISION)
    shown = list(_shown(blocks, reading))
    unread = [*told.unread, *found.unplaced, *left_over(shown, found.placed), *hidden_codes(reading.unseen, found.placed)]
    unread += [*jumps(found.orders, text_from is TextFrom.OCR), *fewer_than_told(texts(blocks), len(found.rows))]
    problems = list(dict.fromkeys([*told.problems, *found.problems, *unread]))
    if not found.rows:
        problems.append("Không thấy bảng thủ tục nào / no table of procedures was found")
    decision = decision_head(_lines(blocks)) if kind is FileKind.PUBLICATION_DECISION else None
    if decision is not None and decision.number is None:
        problems.append("Không đọc được số quyết định / the decision's number could not be read")
    loose = dict.fromkeys(code for _, text in shown for code in unplaced_codes(text, found.placed))
    return FileReading(
        name, kind, text_from, found.rows, tuple(problems), decision, unread=tuple(dict.fromkeys(unread)), loose=tuple(loose)
    )


def _shown(blocks: Sequence[Block], reading: ExtractedText) -> Iterator[tuple[int | None, str]]:
    """All text of the file, page by page: as its format's own reader gives it, and as its blocks hold it."""
    if reading.text_from is TextFrom.TEXT_LAYER:
        yield from enumerate(reading.pages, 1) if reading.pages else [(None, reading.text)]
    yield None, reading.beside
    for page, several in groupby(blocks, key=lambda block: block.page):
        yield page, texts(several)


def _kind(blocks: Sequence[Block]) -> FileKind:
    lines = opening_lines(blocks)[:_LINE_LIMIT]
    rows = procedure_rows(blocks, None).rows
    return classify(lines, read_head("\n".join(lines)), len(rows), sum(1 for row in rows if row.code))


def _lines(blocks: Sequence[Block]) -> list[str]:
    """The first lines, each cell of a table on its own: a decision's head is laid out as a table without lines."""
    return [part for line in texts(blocks).split("\n")[:_LINE_LIMIT] for part in line.split("\t") if part]


def _blocks(data: bytes, reading: ExtractedText, told: _Remarks, scans: _Scans) -> tuple[list[Block], TextFrom]:
    """The file's blocks and where their text came from.

    Raises:
        UnreadableError: as the reader of that kind.
    """
    match reading.kind:
        case FileFormat.HTML:
            return markup.html_blocks(data), reading.text_from
        case FileFormat.DOCX:
            return markup.docx_blocks(data), reading.text_from
        case FileFormat.XLSX:
            return markup.table_blocks(reading), reading.text_from
        case FileFormat.DOC | FileFormat.RTF:
            return _old_word(data, reading), reading.text_from
        case FileFormat.TEXT:
            return markup.piped_blocks(reading.text), reading.text_from
        case FileFormat.PDF:
            return _pdf(data, reading, told, scans)
        case FileFormat.IMAGE if scans.wanted:
            blocks = picture_blocks(data)
            told.recognised(reading)
            return blocks, _ocr_found(blocks)
        case _:
            return [], TextFrom.NONE


def _old_word(data: bytes, reading: ExtractedText) -> list[Block]:
    """antiword's text tells the kind; only a list's or decision's tables are worth LibreOffice, which keeps all their cells."""
    blocks: list[Block] = markup.piped_blocks(reading.text)
    kind = _kind(blocks)
    if kind not in _LISTS and not (kind is FileKind.OTHER and "thủ tục" in reading.text.lower()):
        return blocks
    try:
        converted = as_docx(data, reading.kind)
    except UnreadableError:
        return blocks
    return markup.docx_blocks(converted) if converted is not None else blocks


def _pdf(data: bytes, reading: ExtractedText, told: _Remarks, scans: _Scans) -> tuple[list[Block], TextFrom]:
    """Pages with text by their text layer, scanned ones by OCR, in the order of the pages."""
    layered = reading.text_from is TextFrom.TEXT_LAYER
    plain: list[Block] = [TextBlock(number, tuple(page.split("\n"))) for number, page in enumerate(reading.pages, 1)]
    lists = bool(shown_codes(reading.text))  # of procedures: a column of legal bases reads like the head of a law
    if layered and not lists and _kind(plain) is FileKind.LEGAL_DOCUMENT and read_head(reading.text).type != "Quyết định":
        return plain, reading.text_from  # a law's tables hold no procedures, and taking a code of 200 pages apart takes a minute
    written = set(range(1, len(reading.pages) + 1)) - set(reading.pictured) if layered else set()
    tables = pdf_blocks(data, written, reading) if written else WrittenPages()
    told.unread += tables.unread
    scanned = [number for number in range(1, len(reading.pages) + 1) if number not in written]
    # A law with a blank last page is no reason to start OCR; a decision whose annex was scanned is.
    if not scanned or not scans.wanted or (written and _kind(tables.blocks) is FileKind.LEGAL_DOCUMENT):
        return tables.blocks, reading.text_from
    read = _scanned(data, scanned, reading, told, tables.blocks, scans)
    both = sorted([*tables.blocks, *read], key=lambda block: block.page or 0)
    return both, reading.text_from if layered else _ocr_found(read)


def _scanned(
    data: bytes, pages: Sequence[int], reading: ExtractedText, told: _Remarks, written: Sequence[Block], scans: _Scans
) -> list[Block]:
    """The scanned pages: the first ones, and the rest where they show a list or a decision that announces procedures."""
    total = min(len(pages), SCAN_LIMIT)
    read = scanned_blocks(data, pages[:_FIRST_PAGES], lambda done: scans.tell(done, total))
    told.recognised(reading)
    rest = pages[_FIRST_PAGES:]
    if rest and _kind([*written, *read]) not in _LISTS:
        told.lost(f"Chỉ nhận dạng {_FIRST_PAGES} trang đầu trong {len(pages)} trang quét / only the first scanned pages were read")
    elif rest:
        if len(pages) > SCAN_LIMIT:
            told.lost(f"Chỉ nhận dạng {SCAN_LIMIT} trang đầu trong {len(pages)} trang quét / only the first scanned pages were read")
        read += scanned_blocks(data, pages[_FIRST_PAGES:SCAN_LIMIT], lambda done: scans.tell(_FIRST_PAGES + done, total))
    told.unread += [
        f"Trang {block.page}: có in chữ nhưng nhận dạng không ra / print that OCR could not read"
        for block in read
        if isinstance(block, TextBlock) and not block.lines
    ]
    return read


def _ocr_found(blocks: Sequence[Block]) -> TextFrom:
    return TextFrom.OCR if any(block.lines if isinstance(block, TextBlock) else block.rows for block in blocks) else TextFrom.NONE
