"""What the doctor says of the store: what lies in the archive unread, damaged, quarantined or set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.as_typed import advised
from rasoat.words import number

if TYPE_CHECKING:
    from rasoat.store.capture_store import AnswerRow
    from rasoat.workspace import Workspace

_LOOKED_AT, _BYTES = 200, 200_000_000  # unread answers whose bytes are looked at: a look takes seconds at most
_SHOWN = 10
_LETTERS = 12  # of a sha256: enough to name it by

StoreLine = tuple[str, bool, str, str]  # (name, ok, what it is, what mends it)


def store_lines(work: Workspace, whole: bool) -> Iterator[StoreLine]:
    """Each thing in a line; with `whole` every record of the archive is read, else those of answers that were not."""
    from extractors.readers import READER_VERSION
    from rasoat.store.capture_store import CaptureStore
    from rasoat.store.set_asides import all_aside

    received = CaptureStore(work.engine)
    waiting = list(received.uncut(READER_VERSION))
    yield (
        "chưa đọc / unread",
        not waiting,
        f"{number(len(waiting))} câu trả lời trong kho lưu / answers in the archive",
        f"chạy {advised('extract')}",
    )
    looked_at, damaged = _damaged(work, received.everything() if whole else _few(waiting))
    says = f"{number(len(damaged))} bản hỏng trong {number(looked_at)} bản đã xem / damaged of those looked at"
    named = "; ".join(f"{one.stored.warc} tại {one.stored.offset} ({_which(one)})" for one in damaged[:_SHOWN])
    todo = f"thu thập lại nguồn ấy, hoặc {advised('extract --set-aside MÃ')} / crawl again, or set aside"
    yield "bản lưu nguyên vẹn / whole records", not damaged, f"{says}: {named}" if damaged else says, todo
    yield "cách ly / quarantined", True, _quarantined(work), ""
    yield _published(work)
    aside = all_aside(work.engine)
    told = "; ".join(f"{one.sha256[:_LETTERS]} {', '.join(one.answers[:3])} ({one.because or '–'})" for one in aside[:_SHOWN])
    yield "để riêng / set aside", True, f"{number(len(aside))}" + (f": {told}" if told else ""), ""


def _published(work: Workspace) -> StoreLine:
    """Which publication readers see, what is held back after it, and an operator's reason where the gate would have refused it."""
    from rasoat.store.publications import published_from, standing
    from rasoat.words.publication_words import NEVER, STANDS, STANDS_BECAUSE
    from rasoat.words.written import day

    with work.engine.connect() as connection:
        stands = standing(connection)
        done = published_from(connection, stands)
    told = [STANDS.format(number=number(stands.number), at=day(stands.at.date()))] if stands.at and done else [NEVER]
    if stands.because:
        told.append(STANDS_BECAUSE.format(because=stands.because))
    if stands.held_back:
        told.append(stands.held_back)
    todo = f"sửa theo {advised('quality')} rồi chạy lại; hoặc {advised('check --publish-because LÝ_DO')} / mend and run again, or say why"
    return "đã công bố / published", stands.held_back is None, "; ".join(told), todo


def _which(answer: AnswerRow) -> str:
    return f"{answer.stored.sha256[:_LETTERS]} {answer.source}/{answer.request}"


def _few(waiting: list[AnswerRow]) -> list[AnswerRow]:
    few, size = [], 0
    for answer in waiting[:_LOOKED_AT]:
        size += answer.stored.size
        if size <= _BYTES:
            few.append(answer)
    return few


def _damaged(work: Workspace, answers: list[AnswerRow]) -> tuple[int, list[AnswerRow]]:
    damaged = []
    with work.bars("Kho lưu") as progress:
        for done, answer in enumerate(answers):
            progress(answer.source, done, len(answers))
            if not work.archive.holds(answer.stored):
                damaged.append(answer)
    return len(answers), damaged


def _quarantined(work: Workspace) -> str:
    """The pieces that were set aside by their readers, counted by reason."""
    from sqlalchemy import func, select

    from rasoat.store.schema import refusals

    query = select(refusals.c.reason, func.count()).where(refusals.c.outcome == "quarantined").group_by(refusals.c.reason)
    reasons = Counter[str]()
    with work.engine.connect() as connection:
        for reason, count in connection.execute(query):
            reasons[reason.partition(": ")[2] or reason] += count
    told = "; ".join(f"{number(count)} × {reason}" for reason, count in reasons.most_common(_SHOWN))
    return f"{number(sum(reasons.values()))}" + (f": {told}" if told else "")
