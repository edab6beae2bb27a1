"""A published file → its kind, where its text came from, and the rows of its tables: what `rasoat read` shows. Never raises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.head import read_head
from extractors.formats.read_bytes import read_bytes
from extractors.postings import markup
from extractors.postings.blocks import Block, TextBlock, texts
from extractors.postings.code_catalogue import Catalogue
from extractors.postings.decisions import decision_head
from extractors.postings.kinds import classify
from extractors.postings.old_word import as_docx
from extractors.postings.pdf_tables import PAGE_LIMIT, pdf_blocks
from extractors.postings.procedure_rows import opening_lines, procedure_rows
from extractors.postings.records import FileKind, FileReading, TakenFor
from extractors.postings.scans.scanned_pages import picture_blocks, scanned_blocks
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
    problems = list(reading.problems)
    blocks: list[Block] = []
    text_from = reading.text_from
    try:
        scanned = _Scans(scans, lambda done, total: progress(name, done, total))
        blocks, text_from = _blocks(data, reading, problems, scanned)
    except UnreadableError as error:
        problems.append(str(error))
    except (RecursionError, MemoryError):
        problems.append("Tệp lồng quá sâu hoặc quá lớn, không đọc bảng / too deep or too large")
    found = _assembled(name, blocks, text_from, catalogue, problems)
    return replace(found, taken_for=_taken_for(reading), pages=len(reading.pages), text=texts(blocks))


def _taken_for(reading: ExtractedText) -> TakenFor:
    if reading.misnamed:
        return TakenFor.MISNAMED
    if reading.kind is FileFormat.IMAGE:
        return TakenFor.SCAN
    if reading.kind is FileFormat.PDF and reading.pages and reading.text_from is TextFrom.NONE:
        return TakenFor.STAMP_ONLY if reading.stamped else TakenFor.SCAN
    return TakenFor.TEXT if reading.text_from is not TextFrom.NONE else TakenFor.UNREADABLE


def _assembled(name: str, blocks: Sequence[Block], text_from: TextFrom, catalogue: Catalogue | None, problems: list[str]) -> FileReading:
    kind = _kind(blocks)
    if kind not in _LISTS:
        return FileReading(name, kind, text_from, (), tuple(problems))
    found = procedure_rows(blocks, catalogue, announced=kind is FileKind.PUBLICATION_DECISION)
    problems = [*problems, *found.problems]
    if not found.rows:
        problems.append("Không thấy bảng thủ tục nào / no table of procedures was found")
    decision = decision_head(_lines(blocks)) if kind is FileKind.PUBLICATION_DECISION else None
    if decision is not None and decision.number is None:
        problems.append("Không đọc được số quyết định / the decision's number could not be read")
    return FileReading(name, kind, text_from, found.rows, tuple(problems), decision)


def _kind(blocks: Sequence[Block]) -> FileKind:
    lines = opening_lines(blocks)[:_LINE_LIMIT]
    return classify(lines, read_head("\n".join(lines)), len(procedure_rows(blocks, None).rows))


def _lines(blocks: Sequence[Block]) -> list[str]:
    """The first lines, each cell of a table on its own: a decision's head is laid out as a table without lines."""
    return [part for line in texts(blocks).split("\n")[:_LINE_LIMIT] for part in line.split("\t") if part]


def _blocks(data: bytes, reading: ExtractedText, problems: list[str], scans: _Scans) -> tuple[list[Block], TextFrom]:
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
            return _pdf(data, reading, problems, scans)
        case FileFormat.IMAGE if scans.wanted:
            blocks = picture_blocks(data)
            problems[:] = [problem for problem in problems if "OCR" not in problem]
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


def _pdf(data: bytes, reading: ExtractedText, problems: list[str], scans: _Scans) -> tuple[list[Block], TextFrom]:
    """Pages with text by their text layer, scanned ones by OCR, in the order of the pages."""
    layered = reading.text_from is TextFrom.TEXT_LAYER
    plain: list[Block] = [TextBlock(number, tuple(page.split("\n"))) for number, page in enumerate(reading.pages, 1)]
    if layered and _kind(plain) is FileKind.LEGAL_DOCUMENT and read_head(reading.text).type != "Quyết định":
        return plain, reading.text_from  # a law's tables hold no procedures, and taking a code of 200 pages apart takes a minute
    written = set(range(1, len(reading.pages) + 1)) - set(reading.pictured) if layered else set()
    blocks = pdf_blocks(data, written) if written else []
    scanned = [number for number in range(1, len(reading.pages) + 1) if number not in written]
    if len(reading.pages) > PAGE_LIMIT and written:
        problems.append(f"Chỉ đọc bảng của {PAGE_LIMIT} trang đầu / only the tables of the first pages were read")
    # A law with a blank last page is no reason to start OCR; a decision whose annex was scanned is.
    if not scanned or not scans.wanted or (written and _kind(blocks) is FileKind.LEGAL_DOCUMENT):
        return blocks, reading.text_from
    read = _scanned(data, scanned, problems, blocks, scans)
    both = sorted([*blocks, *read], key=lambda block: block.page or 0)
    return both, reading.text_from if layered else _ocr_found(read)


def _scanned(data: bytes, pages: Sequence[int], problems: list[str], written: Sequence[Block], scans: _Scans) -> list[Block]:
    """The scanned pages: the first ones, and the rest where they show a list or a decision that announces procedures."""
    total = min(len(pages), SCAN_LIMIT)
    first = scanned_blocks(data, pages[:_FIRST_PAGES], lambda done: scans.tell(done, total))
    problems[:] = [problem for problem in problems if "OCR" not in problem]
    rest = pages[_FIRST_PAGES:]
    if not rest:
        return first
    if _kind([*written, *first]) not in _LISTS:
        problems.append(f"Chỉ nhận dạng {_FIRST_PAGES} trang đầu trong {len(pages)} trang quét / only the first scanned pages were read")
        return first
    if len(pages) > SCAN_LIMIT:
        problems.append(f"Chỉ nhận dạng {SCAN_LIMIT} trang đầu trong {len(pages)} trang quét / only the first scanned pages were read")
    return first + scanned_blocks(data, pages[_FIRST_PAGES:SCAN_LIMIT], lambda done: scans.tell(_FIRST_PAGES + done, total))


def _ocr_found(blocks: Sequence[Block]) -> TextFrom:
    return TextFrom.OCR if any(block.lines if isinstance(block, TextBlock) else block.rows for block in blocks) else TextFrom.NONE
