"""An office's own documents: a folder of files (TXT, HTML, DOCX, DOC, RTF, PDF), or JSONL with one document a line.

What stands in the text counts: type, number and date are read from its head, and a text whose head cannot be read, or names
another document than its record, gives nothing. A file's name is never proof of what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractors.formats.articles import ArticleText, split_articles
from extractors.formats.extracted_text import ExtractedText, FileFormat, TextFrom, UnreadableError
from extractors.formats.head import DocumentHead, belongs, read_head
from extractors.formats.head_layout import without_running_name
from extractors.formats.ocr import available, read_scanned_pdf
from extractors.formats.read_bytes import read_bytes
from extractors.imports.consolidated import with_quoted
from extractors.imports.import_options import FILE, SCAN
from extractors.imports.jsonl import explain
from extractors.imports.transcripts import Copy, judge
from extractors.sources.source import Parsed, Piece, Refused
from rasoat.identity import canonical_number, document_key
from rasoat.records import Article, KnownFrom, Observation, Origin, Tier
from rasoat.trouble import Trouble
from rasoat.vietnamese import nfc

SOURCE = "import:documents"
# The clauses of a consolidated text belong to the texts it consolidates; each of them says its own.
_CONSOLIDATED = "văn bản hợp nhất: hiệu lực do các văn bản được hợp nhất quy định / a consolidated text enacts nothing itself"
_LONG, _RESTARTS = 40_000, 8  # characters; of 15,000 articles measured one is longer without quoting, and it holds 36 others
_MERGED = (
    "điều dài bất thường: có thể mất tiêu đề các điều tiếp theo, không lấy / headings of later articles seem lost, the article is left out"
)


class DocumentRecord(BaseModel):
    """One line of a documents JSONL. All but the text are claims of whoever typed it, checked against the text's own head."""

    model_config = ConfigDict(extra="ignore")

    number: str = Field(min_length=1, description="số hiệu: 63/2010/NĐ-CP")
    text: str = Field(min_length=1, description="toàn văn / the whole text, plain or Markdown")
    title: str | None = None
    type: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    effective_on: date | None = None


def file_pieces(name: str, data: bytes, *, scans: bool = False) -> Iterator[Piece]:
    """One piece for a file; with `scans` a file without text goes to OCR (about a second a page)."""
    yield Piece(SOURCE, SCAN if scans else FILE, name, data)


def parse_record(piece: Piece, origin: Origin, observed_on: date) -> Parsed:
    """One line of JSONL → an observation and its articles, or the reason why not."""
    try:
        record = DocumentRecord.model_validate_json(piece.body)
    except ValidationError as error:
        return Parsed(refused=[Refused(piece.place, explain(error))])
    return _document(piece, nfc(record.text), Tier.B, record, origin, observed_on)


def parse_file(piece: Piece, origin: Origin, observed_on: date) -> Parsed:
    """One file → an observation and its articles, or the reason why not. OCR only for a piece of kind `SCAN`."""
    reading = read_bytes(piece.place, piece.body)
    if reading.kind is FileFormat.PDF and reading.text_from is TextFrom.NONE and piece.kind == SCAN:
        reading = _scanned(piece.body)
    if not reading.text.strip() or reading.text_from is TextFrom.NONE:
        hint = (
            [str(Trouble("import.scanned_document"))] if reading.kind in (FileFormat.PDF, FileFormat.IMAGE) and piece.kind != SCAN else []
        )
        return Parsed(refused=[Refused(piece.place, "; ".join([*reading.problems, *hint]) or "không có chữ / no text")])
    tier = Tier.C if reading.text_from is TextFrom.OCR else Tier.B
    parsed = _document(piece, reading.text, tier, None, origin, observed_on)
    if parsed.refused and reading.problems:
        parsed.refused = [Refused(item.place, "; ".join([item.reason, *reading.problems])) for item in parsed.refused]
    return parsed


def _scanned(data: bytes) -> ExtractedText:
    if missing := available():
        return ExtractedText(FileFormat.PDF, problems=(missing,))
    try:
        return read_scanned_pdf(data)
    except UnreadableError as error:
        return ExtractedText(FileFormat.PDF, problems=(str(error),))


def _document(piece: Piece, text: str, tier: Tier, record: DocumentRecord | None, origin: Origin, observed_on: date) -> Parsed:
    text = without_running_name(text)
    head = read_head(text)
    key = _key(head)
    if reason := _quarantine(head, key, record):
        return Parsed(refused=[Refused(piece.place, _named(record, reason))])
    judgement = judge(text, head)
    observation = _observation(head, key or "", record, judgement.copy, observed_on, Origin(origin.capture, piece.place))
    consolidated = head.type == "Văn bản hợp nhất"
    if judgement.copy is Copy.SUMMARY or consolidated:
        reason = _CONSOLIDATED if consolidated else judgement.reason
        parsed = Parsed(observations=[observation], refused=[Refused(piece.place, _named(record, reason))])
        return with_quoted(parsed, text, tier, SOURCE) if consolidated else parsed
    copied = Tier.C if judgement.copy is Copy.ABRIDGED else tier
    found = split_articles(text)
    merged = [Refused(f"{piece.place}#{article.path}", _named(record, _MERGED)) for article in found if _holds_others(article)]
    articles = [_article(article, observation, copied, piece.place, origin.capture) for article in found if not _holds_others(article)]
    return Parsed(observations=[observation], articles=_first_of_each(articles), refused=merged)


def _holds_others(article: ArticleText) -> bool:
    """Whether a conversion lost the headings of the articles that follow, so that their clauses would be told as this one's: far longer
    than articles are, its points counted from 1 again and again, and no quotation to explain it."""
    if len(article.text) < _LONG or not article.path.startswith("dieu-"):
        return False
    return len(re.findall(r"^\W*1\. ", article.text, re.MULTILINE)) > _RESTARTS + len(re.findall('[“"]', article.text))


def _named(record: DocumentRecord | None, reason: str) -> str:
    return f"{canonical_number(record.number)}: {reason}" if record else reason


def _key(head: DocumentHead) -> str | None:
    return document_key(head.type, head.number, head.issuer, head.issued_on) if head.readable and head.number else None


def _quarantine(head: DocumentHead, key: str | None, record: DocumentRecord | None) -> str | None:
    if record and (reason := belongs(head, record.number, record.type, record.issued_on)):
        return reason
    if not head.readable:
        return head.problems[0]
    if key is None:
        return "không đọc được cơ quan ban hành ở đầu văn bản của địa phương / a local act whose issuer cannot be read"
    return None


def _observation(head: DocumentHead, key: str, record: DocumentRecord | None, copy: Copy, observed_on: date, origin: Origin) -> Observation:
    """A summary makes a document no part of the register: it is known as a cited one is, with the claims made of it."""
    own_text = copy is not Copy.SUMMARY
    claimed = (record.effective_on if record else None) or head.effective_on
    return Observation(
        key=key,
        number=head.number or "",
        type=head.type or "",
        source=SOURCE,
        observed_on=observed_on,
        origin=origin,
        known_from=KnownFrom.TEXT if own_text else KnownFrom.CITED,
        issuer=head.issuer or (record.issuer if record else None),
        title=head.title or (record.title if record else None),
        issued_on=head.issued_on,
        effective_on=claimed if own_text else None,
    )


def _article(article: ArticleText, observation: Observation, tier: Tier, place: str, capture: str) -> Article:
    return Article(
        key=observation.key,
        path=article.path,
        heading=article.heading,
        text=article.text,
        source=SOURCE,
        observed_on=observation.observed_on,
        tier=tier,
        origin=Origin(capture, f"{place}#{article.path}"),
        container=article.container,
        order=article.order,
    )


def _first_of_each(articles: list[Article]) -> list[Article]:
    found: dict[str, Article] = {}
    for article in articles:
        found.setdefault(article.path, article)
    return list(found.values())
