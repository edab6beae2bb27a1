"""POST-01 to POST-08: one cell of the coverage matrix gives its findings. Pure functions; `check_cell` runs them all.

A cell that is `unknown` or `unreachable` accuses nobody. An abolished procedure has POST-04 and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from rasoat.identity import canonical_number
from rasoat.records import Confidence, Finding, Part, Severity
from rasoat.records.postings import Channel, Medium, PostingState
from rasoat.words import PART as PART_NAMES
from validators.coverage.audit import Audit
from validators.coverage.cells import MACHINE_READ, SHOWN, Cell, older_decision
from validators.obligations.announced import effective
from validators.rules.postings import posting_rules as traps
from validators.rules.postings.posted_versions import differences
from validators.rules.postings.posting_finding import FindingWords, cell_finding, decision_words, place, vi
from validators.rules.postings.posting_rules import HARMFUL, IF_ANY, MISSING_RULE, REQUIRED


def check_cell(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """The findings on one cell, the one that explains its state first."""
    if cell.state is PostingState.MISSING:
        yield from missing(cell, audit)
    elif cell.state is PostingState.ABOLISHED_STILL_POSTED:
        yield from abolished(cell, audit)
    elif cell.state in SHOWN and cell.duty is not None:
        yield from drifted(cell, audit)
        yield from incomplete(cell, audit)
        yield from forms(cell, audit)
        yield from entered_late(cell, audit)
    elif cell.duty is None and cell.abolition is None:
        yield from unlisted(cell, audit)


def unlisted(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """REVIEW: a code is shown that the national database, seen whole, does not hold. It may be abolished, renumbered or misprinted."""
    if cell.listed is not None or audit.national_on is None or cell.posting is None or not _surely_read(cell):
        return
    message = (
        f"Mã {cell.procedure} đang công khai tại {place(cell.channel)} ngày {vi(cell.observed_on)} không có trên Cơ sở dữ liệu quốc gia "
        f"ghi nhận ngày {vi(audit.national_on)}; chưa có quyết định bãi bỏ trong kho. Đối chiếu quyết định công bố hiện hành."
    )
    others = audit.register.same_named(cell.procedure, cell.posting.shown_name)
    if others:
        message += f" Có thủ tục cùng tên mang mã {', '.join(others)}."
    if cell.posting.note and cell.posting.shown_name:
        message += f" Lưu ý: {cell.posting.note}."
    words = FindingWords(message, _quote(cell), confidence=Confidence.LOW, suggestion=others[0] if len(others) == 1 else None)
    yield cell_finding("REVIEW", cell, audit, words)


def _surely_read(cell: Cell) -> bool:
    """Shown under this very code: not what a doubtful print may stand for."""
    return cell.state in SHOWN or bool(cell.posting and cell.posting.shown_name)


def missing(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-01, POST-03, POST-05: a decided duty, begun and due, and absent when somebody looked."""
    duty = cell.duty
    if duty is None:
        return
    rule = MISSING_RULE[cell.channel]
    name = (duty.announcement.name if duty.announcement else "") or (cell.listed.name if cell.listed else "")
    others = [code for code in audit.register.same_named(cell.procedure, name) if code in audit.entered]
    suppressed = [traps.OTHER_CODE] if rule == "POST-01" and others else []
    if rule == "POST-05" and cell.procedure not in audit.entered:
        suppressed.append(traps.NOT_ENTERED)
    by = decision_words(duty.announcement) if duty.announcement else "danh mục trên Cơ sở dữ liệu quốc gia"
    limit = f", hạn nhập đến hết ngày {vi(duty.due)}" if duty.due else ""
    message = (
        f"Ngày {vi(cell.observed_on)} chưa thấy thủ tục {cell.procedure} tại {place(cell.channel)}; thủ tục đã công bố theo {by}{limit}."
    )
    if others:
        message += f" Có thủ tục cùng tên mang mã {', '.join(others)}."
    confidence = Confidence.MEDIUM if cell.look and MACHINE_READ in cell.look.evidence else Confidence.HIGH
    words = FindingWords(message, _quote(cell), confidence=confidence, suppressed=suppressed, suggestion=others[0] if others else None)
    yield cell_finding(rule, cell, audit, words)


def abolished(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-04: shown on or after the day its abolition took effect. Without the decision it is a person's word: REVIEW."""
    if cell.abolition is None:
        message = f"Người kiểm tra ghi thủ tục {cell.procedure} đã bãi bỏ nhưng còn công khai; chưa có quyết định bãi bỏ trong kho."
        yield cell_finding("REVIEW", cell, audit, FindingWords(message, _quote(cell), confidence=Confidence.LOW))
        return
    suppressed = []
    if cell.posting and cell.posting.archived:
        suppressed.append(traps.ARCHIVE)
    if cell.abolition.until and cell.posting and cell.posting.observed_on <= cell.abolition.until:
        suppressed.append(traps.TRANSITION)
    by = decision_words(cell.abolition)
    message = (
        f"Thủ tục {cell.procedure} bị bãi bỏ theo {by}, có hiệu lực từ ngày {vi(effective(cell.abolition))}, "
        f"ngày {vi(cell.observed_on)} vẫn thấy tại {place(cell.channel)}."
    )
    yield cell_finding("POST-04", cell, audit, FindingWords(message, _quote(cell), suppressed=suppressed, decision=by))


def drifted(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-06: another decision, or other words in a part, than was announced. On a portal other words are POST-05 as well."""
    posting, procedure = cell.posting, cell.listed.procedure if cell.listed else None
    if posting is None:
        return
    current = older_decision(posting, cell.duty.announcement if cell.duty else None, cell.listed)
    found = list(differences(dict(posting.texts), procedure.parts)) if procedure and procedure.observed_on <= audit.as_of else []
    unlawful = [one for one in found if not one.local]
    if not found and not current and posting.state is not PostingState.OUTDATED:
        return
    suppressed = (
        [] if unlawful or current or not found else sorted({traps.LOCAL_FEE if one.local == "fee" else traps.LOCAL_TIME for one in found})
    )
    harmful = any(one.part in HARMFUL for one in unlawful)
    said = [f"hiển thị {posting.decision}, quyết định hiện hành là {current}"] if current else []
    # A decision that nobody has told us of may be a later one.
    held = not current or any(
        canonical_number(one.decision) == canonical_number(posting.decision or "") for one in audit.register.announcements(cell.procedure)
    )
    said += [] if held else [f"chưa có {posting.decision} trong kho, đối chiếu ngày ký"]
    said += [f"khác ở phần {', '.join(PART_NAMES[one.part] for one in found)}"] if found else []
    message = f"Thủ tục {cell.procedure} tại {place(cell.channel)}, ngày {vi(posting.observed_on)}: {'; '.join(said) or 'người kiểm tra ghi nội dung cũ'}."
    words = FindingWords(
        message,
        posting.decision or _quote(cell),
        severity=Severity.HIGH if harmful else None,
        confidence=Confidence.HIGH if said and held else Confidence.MEDIUM,
        suppressed=suppressed,
        decision=f" ({current})" if current else " ",
    )
    rule = "POST-05" if cell.channel is Channel.PORTAL and unlawful and not current else "POST-06"
    yield cell_finding(rule, cell, audit, words)


def incomplete(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-07: a mandatory part is not there, or one of điểm h that the procedure has. A list of names owes no parts."""
    posting = cell.posting
    if posting is None or posting.medium is Medium.LIST:
        return
    absent = absent_parts(cell)
    if not absent and posting.state is not PostingState.INCOMPLETE:
        return
    named = ", ".join(PART_NAMES[part] for part in absent) or "theo ghi nhận của người kiểm tra"
    message = f"Thủ tục {cell.procedure} tại {place(cell.channel)}, ngày {vi(posting.observed_on)}, thiếu: {named}."
    confidence = Confidence.HIGH if absent else Confidence.MEDIUM
    yield cell_finding("POST-07", cell, audit, FindingWords(message, _quote(cell), confidence=confidence))


def absent_parts(cell: Cell) -> list[Part]:
    """The parts that should stand there and do not; nothing where nobody looked for parts."""
    posting, procedure = cell.posting, cell.listed.procedure if cell.listed else None
    if posting is None or posting.parts is None or posting.medium is Medium.LIST:
        return []
    known = procedure.parts if procedure else {}
    wanted = [*REQUIRED, *(part for part in IF_ANY if known.get(part, "").strip())]
    return [part for part in wanted if part not in posting.parts]


def forms(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-08: a form that could not be fetched. One file may hold several forms, so a form without a file beside a live one is doubtful."""
    posting = cell.posting
    if posting is None:
        return
    bad = [one for one in posting.forms if one.alive is False or not one.file]
    if not bad:
        return
    alive = [one for one in posting.forms if one.file and one.alive]
    suppressed = [traps.SHARED_FORM] if alive and not any(one.alive is False for one in bad) else []
    names = ", ".join(f"“{one.name}”" for one in bad)
    message = f"Mẫu của thủ tục {cell.procedure} tại {place(cell.channel)} không tải được ngày {vi(posting.observed_on)}: {names}."
    yield cell_finding("POST-08", cell, audit, FindingWords(message, bad[0].name, suppressed=suppressed))


def entered_late(cell: Cell, audit: Audit) -> Iterator[Finding]:
    """POST-02: by the database's own day of publication, never by the day we first saw it."""
    posting, due = cell.posting, cell.duty.due if cell.duty else None
    if posting is None or due is None or posting.published_on is None or cell.channel is not Channel.NATIONAL_DATABASE:
        return
    announcement = cell.duty.announcement if cell.duty else None
    if posting.published_on <= due or announcement is None:
        return
    message = (
        f"Thủ tục {cell.procedure} công khai trên {place(cell.channel)} ngày {vi(posting.published_on)}, sau hạn {vi(due)} "
        f"tính từ {decision_words(announcement)}."
    )
    yield cell_finding("POST-02", cell, audit, FindingWords(message, posting.published_on.isoformat()))


def judged(cell: Cell, audit: Audit) -> tuple[list[Finding], PostingState]:
    """What a cell's rules find, and its state once that is known."""
    found = list(check_cell(cell, audit))
    return found, refined(cell, found)


def refined(cell: Cell, found: list[Finding]) -> PostingState:
    """The cell's state once its findings are known: what a trap explains is not held against the unit."""
    held = {one.rule for one in found if not one.suppressed}
    if cell.state in (PostingState.MISSING, PostingState.ABOLISHED_STILL_POSTED):
        return cell.state if held else PostingState.UNKNOWN
    if cell.state is PostingState.POSTED and held & {"POST-06", "POST-05"}:
        return PostingState.OUTDATED
    if cell.state is PostingState.POSTED and held & {"POST-07", "POST-08"}:
        return PostingState.INCOMPLETE
    return cell.state


def _quote(cell: Cell) -> str:
    """What stood there or the observer wrote, verbatim; "" where nothing was written down."""
    if cell.posting and (cell.posting.shown_name or cell.posting.note):
        return cell.posting.shown_name or cell.posting.note
    return cell.look.text[:300] if cell.look else ""
