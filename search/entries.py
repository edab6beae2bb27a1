"""What can be found: one frozen `Entry` a procedure, document, article or finding, made by pure functions from records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rasoat.identity import canonical_number
from rasoat.records import Article, Citation, Finding, LegalDocument, Part, Procedure, Status, Verdict
from rasoat.vietnamese import squeeze
from rasoat.words.labels import STATUS_NOTE
from search.named_codes import codes_named
from search.places import province_of

DEAD = frozenset({Status.EXPIRED.value, Status.SUSPENDED.value})
PUBLISHED, WITHDRAWN = "published", "withdrawn"


class EntryKind(StrEnum):
    PROCEDURE = "procedure"
    DOCUMENT = "document"
    ARTICLE = "article"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to find.

    `id` is unique in an index ("procedure:1.001193"); `key` is what people read and `rasoat search --jsonl` prints
    (the procedure's code, the document's canonical number). `numbers` are the thing's own numbers, `cites` the numbers
    it names in its legal basis, `mentions` those named elsewhere in it, `codes` the tokens of the standards and forms it names. `untitled`:
    nobody knows what it is called, and the words of `title` are no name. `status` is a `Status` value for documents and
    articles, "published" or "withdrawn" for procedures, the state before anybody decided for findings; `status_note` says it in Vietnamese.
    Which day all this is said of is told by the index, the same for every entry; `observed_on` is the day the thing was last seen.
    """

    id: str
    kind: EntryKind
    key: str
    title: str
    body: str = ""
    numbers: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    type: str = ""
    publisher: str = ""
    agencies: tuple[str, ...] = ()
    province: str = ""
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    online: str = ""
    state: str = ""
    status: str = ""
    status_note: str = ""
    observed_on: date | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    url: str = ""  # as `source` gives it, perhaps without its host
    source: str = ""
    untitled: bool = False


def procedure_entry(
    procedure: Procedure,
    citations: Iterable[Citation] = (),
    *,
    statuses: Mapping[str, Status] | None = None,
    withdrawn: bool = False,
) -> Entry:
    """The entry of one version of a procedure, of the list row only where that is all that is known.

    `statuses` maps document keys to their status on the day: dead ones that the procedure cites are counted in the note.
    """
    citations = tuple(citations)
    basis = [canonical_number(number) for _, number in procedure.legal_basis if number]
    basis += [c.mention.number for c in citations if c.part is Part.LEGAL_BASIS and c.mention.number]
    elsewhere = [c.mention.number for c in citations if c.part is not Part.LEGAL_BASIS and c.mention.number]
    known = statuses or {}
    dead = {c.resolution.key for c in citations if c.resolution.key and known.get(c.resolution.key) in (Status.EXPIRED, Status.SUSPENDED)}
    note = "Đã thôi công bố" if withdrawn else "Đang công bố"
    if dead:
        note += f"; viện dẫn {len(dead)} văn bản đã hết hoặc ngưng hiệu lực"
    title = squeeze(procedure.name)
    decision = procedure.decision
    return Entry(
        id=f"{EntryKind.PROCEDURE}:{procedure.code}",
        kind=EntryKind.PROCEDURE,
        key=procedure.code,
        title=title,
        body="\n".join(text for part, text in procedure.parts.items() if part is not Part.NAME and text),
        numbers=_unique([procedure.code, decision.number if decision else ""]),
        cites=_unique(basis),
        mentions=_unique(number for number in elsewhere if number not in basis),
        codes=codes_named([title, *procedure.parts.values()]),
        type=procedure.kind or "",
        publisher=squeeze(procedure.publisher or ""),
        agencies=_unique(squeeze(name) for name in procedure.executing),
        province=province_of(procedure.publisher or "") or province_of(title, marked=True) or "",
        levels=_unique(_level(level) for level in procedure.levels) or _levels_of(title, procedure.executing, procedure.publisher),
        fields=_unique(squeeze(name) for name in procedure.fields),
        audience=_unique(squeeze(name) for name in procedure.audience),
        online=_online(procedure),
        state=procedure.state or ("LIST_ONLY" if "detail" in procedure.missing else ""),
        status=WITHDRAWN if withdrawn else PUBLISHED,
        status_note=note,
        observed_on=procedure.observed_on,
        issued_on=decision.issued_on if decision else None,
        url=procedure.url or "",
        source=procedure.source,
    )


def document_entry(document: LegalDocument, verdict: Verdict, texts: Iterable[str] = ()) -> Entry:
    """The entry of a legal document with the status that `verdict` found; `texts` are those of its articles."""
    return Entry(
        id=f"{EntryKind.DOCUMENT}:{document.key}",
        kind=EntryKind.DOCUMENT,
        key=document.id,
        title=_title(document),
        untitled=not document.title,
        numbers=(document.number,),
        codes=codes_named([document.title or "", *texts]),
        type=document.type,
        publisher=squeeze(document.issuer or ""),
        province=province_of(document.issuer or "") or "",
        status=verdict.status.value,
        status_note=_ended(verdict),
        issued_on=document.issued_on,
        effective_on=document.effective_on,
    )


def article_entry(article: Article, document: LegalDocument, verdict: Verdict) -> Entry:
    """The entry of one article; `verdict` is the article's own, asked with its path."""
    return Entry(
        id=f"{EntryKind.ARTICLE}:{article.key}#{article.path}",
        kind=EntryKind.ARTICLE,
        key=f"{document.id}#{article.path}",
        title=squeeze(f"{article.heading} {document.type} {document.number}"),
        body=article.text,
        numbers=(document.number, article.path),
        type=document.type,
        publisher=squeeze(document.issuer or ""),
        province=province_of(document.issuer or "") or "",
        status=verdict.status.value,
        status_note=_ended(verdict),
        observed_on=article.observed_on,
        issued_on=document.issued_on,
        effective_on=document.effective_on,
    )


def finding_entry(finding: Finding, *, observed_on: date | None = None, procedure: Procedure | None = None) -> Entry:
    """The entry of a finding; the procedure it is about lends it its name, field and province."""
    subject = squeeze(procedure.name) if procedure else finding.subject
    return Entry(
        id=f"{EntryKind.FINDING}:{finding.fingerprint}",
        kind=EntryKind.FINDING,
        key=finding.fingerprint,
        title=squeeze(f"{finding.rule} {finding.subject} {subject if procedure else ''} {finding.object or ''}"),
        body="\n".join(
            text for text in (finding.message, finding.quote, finding.clause.quote if finding.clause else "", finding.action) if text
        ),
        numbers=(finding.subject,),
        cites=_unique([(finding.object or "").split("@")[0]]),
        type=finding.rule,
        publisher=squeeze(finding.responsible),
        province=province_of(finding.responsible) or "",
        fields=_unique(squeeze(name) for name in procedure.fields) if procedure else (),
        status=finding.state,
        status_note=f"{finding.severity.value}: {finding.action}",
        observed_on=observed_on,
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _title(document: LegalDocument) -> str:
    """The title with the type before it once; of a document that nobody names, the type and the number."""
    title = squeeze(document.title or "")
    if not title:
        return f"{document.type} số {document.number}"
    typed = title.lower().startswith(f"{document.type.lower()} ") and not _LAWYER.match(title)  # "Luật Luật sư"
    return title if typed else squeeze(f"{document.type} {title}")


_LAWYER = re.compile(r"(?i)luật sư\b")


def _ended(verdict: Verdict) -> str:
    note = STATUS_NOTE[verdict.status]
    ended = next((interval.end for interval in reversed(verdict.intervals) if interval.end), None)
    if verdict.status is Status.EXPIRED and ended:
        note += f" từ {ended:%d/%m/%Y}"
    if verdict.successors:
        note += f"; thay bằng {', '.join(verdict.successors)}"
    return note


_LEVELS = {"bộ": "Cấp bộ", "trung ương": "Cấp bộ", "tỉnh": "Cấp tỉnh", "huyện": "Cấp huyện", "xã": "Cấp xã"}


def _level(raw: str) -> str:
    words = squeeze(raw).lower().removeprefix("cấp ").strip()
    return _LEVELS.get(words, squeeze(raw))


def _levels_of(title: str, executing: Iterable[str], publisher: str | None) -> tuple[str, ...]:
    """The levels a list row shows without stating them: in the name ("(cấp tỉnh)") or in who carries it out."""
    text = " ; ".join([title, *executing]).lower()
    found = [label for word, label in _LEVELS.items() if f"cấp {word}" in text]
    if "sở " in text or "văn phòng đăng ký đất đai" in text:
        found.append("Cấp tỉnh")
    if not found and publisher and publisher.lower().startswith(("bộ ", "ngân hàng nhà nước")) and "cục " in text:
        found.append("Cấp bộ")
    return _unique(found)


def _online(procedure: Procedure) -> str:
    offered = {one.method.upper() for one in procedure.durations} | {one.method.upper() for one in procedure.fees}
    text = procedure.name.lower()
    for level in ("toàn trình", "một phần"):
        if level in text:
            return level
    methods = procedure.parts.get(Part.METHODS, "").lower()
    return "có nộp trực tuyến" if "ONLINE" in offered or "trực tuyến" in methods else ""
