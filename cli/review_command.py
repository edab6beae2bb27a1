"""`rasoat review`: what a person decides on findings, and what was said of one. `rasoat audit`: the log of it recomputed."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.frame import DayOption, day, err, out, print_json, troubles, workspace
from pipeline.clock import now, today
from rasoat.trouble import Trouble

if TYPE_CHECKING:
    from rasoat.workspace import Workspace
    from reviews.decide import OneFinding
    from reviews.machine import ReviewVerb
    from reviews.record import Recorded

_FULL = 24  # letters of a whole fingerprint


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("review", help="Quyết định về phát hiện, xem đã ai nói gì / decide on findings, see what was said")(review)
    app.command("audit", help="Kiểm lại nhật ký quyết định / recompute the log of decisions")(audit)


def review(
    fingerprints: Annotated[
        list[str] | None, typer.Argument(metavar="FINGERPRINT…", help="Vân tay, vài ký tự đầu là đủ / fingerprints, or how they begin")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="Xác nhận / it is so")] = False,
    dismiss: Annotated[str | None, typer.Option(metavar="REASON", help="Bác, vì lý do này / it is not, for this reason")] = None,
    take: Annotated[bool, typer.Option("--take", help="Nhận xem / look at it oneself")] = False,
    assign: Annotated[str | None, typer.Option(metavar="WHO", help="Giao cho ai / give it to somebody")] = None,
    ask: Annotated[str | None, typer.Option(metavar="UNIT", help="Hỏi đơn vị này / ask a unit")] = None,
    answer: Annotated[bool, typer.Option("--answer", help="Trả lời điều đã hỏi, lời ở --note / answer what was asked")] = False,
    fixed: Annotated[bool, typer.Option("--fixed", help="Đã sửa, chứng cứ ở --note / it was fixed, with its proof")] = False,
    approve: Annotated[bool, typer.Option("--approve", help="Người thứ hai duyệt / agree as the second person")] = False,
    return_: Annotated[bool, typer.Option("--return", help="Người thứ hai trả lại / do not agree")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Rút lại bước cuối của mình / take one's own last step back")] = False,
    note: Annotated[str, typer.Option(help="Lời ghi; đứng một mình là ghi chú / words; alone they are a note")] = "",
    due: Annotated[str | None, typer.Option(metavar="DAY", help="Hạn, cùng --assign hoặc --ask / until when")] = None,
    document: Annotated[
        str | None, typer.Option("--object", help="Mọi phát hiện về văn bản này, trừ những cái phải xem riêng / all findings on a document")
    ] = None,
    batch: Annotated[str | None, typer.Option(metavar="ID", help="Những phát hiện đã ghi cùng một lần / those recorded together")] = None,
    version: Annotated[
        int | None, typer.Option(help="Đã thấy bao nhiêu sự kiện; khác thì không ghi / of how many events one knows")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="WHO", help="Ai ghi; mặc định tên đăng nhập máy / who says so")] = None,
    unit: Annotated[str | None, typer.Option(help="Cho đơn vị nào; mặc định RASOAT_UNIT, không thì cả nước / for which unit")] = None,
    as_of: DayOption = None,
    json: Annotated[bool, typer.Option("--json", help="Mỗi phát hiện một dòng JSON / a line of JSON each")] = False,
) -> None:
    """Record a decision; without one, show what was said. Whoever can write the store acts here, and the event says so."""
    with troubles():
        from queries.asked import unit_asked
        from reviews.decide import Decided, decide, reason_named
        from reviews.machine import ReviewVerb

        work, asked = workspace(), day(as_of, "--as-of") or today()
        given = {
            ReviewVerb.CONFIRM: confirm, ReviewVerb.DISMISS: dismiss is not None, ReviewVerb.TAKE: take, ReviewVerb.ASSIGN: assign is not None,
            ReviewVerb.ASK: ask is not None, ReviewVerb.ANSWER: answer, ReviewVerb.FIXED: fixed, ReviewVerb.APPROVE: approve,
            ReviewVerb.RETURN: return_, ReviewVerb.TAKE_BACK: take_back,
        }  # fmt: skip
        verb = _one_verb([one for one, wanted in given.items() if wanted], note)
        for_unit = unit_of(work, unit)
        on = _chosen(work, fingerprints or [], asked, for_unit, document, batch, version)
        if verb is None:
            for one in on:
                _show(work, one.fingerprint, asked, for_unit, json=json)
            return
        to = unit_asked(ask).id if ask is not None else assign
        said = Decided(
            for_unit, by or getpass.getuser(), verb, to, reason_named(dismiss) if dismiss is not None else None, note, day(due, "--due")
        )
        told = decide(work.engine, said, on, asked, now())
        for done in told:
            _print(done, json=json)
        if any(done.refusal for done in told):
            raise typer.Exit(2)


def unit_of(work: Workspace, given: str | None) -> str:
    """For which unit somebody decides: the one given, else that of the settings, else the nation."""
    from queries.asked import unit_asked
    from rasoat.units import NATION

    named = given or work.settings.unit
    return unit_asked(named).id if named else NATION


def _one_verb(wanted: Sequence[ReviewVerb], note: str) -> ReviewVerb | None:
    from rasoat.words.review_words import REVIEW_VERB
    from reviews.machine import ReviewVerb

    if len(wanted) > 1:
        raise Trouble("review.one_verb", names=", ".join(REVIEW_VERB[one.value] for one in wanted))
    return wanted[0] if wanted else ReviewVerb.NOTE if note.strip() else None


def _chosen(
    work: Workspace, fingerprints: Sequence[str], as_of: Any, unit: str, document: str | None, batch: str | None, version: int | None
) -> list[OneFinding]:
    """The findings that are meant; those of a document that want a look of their own are said and left out."""
    from queries.finding_filter import FindingFilter
    from queries.finding_list import findings_on
    from rasoat.store.published_findings import FindingPage
    from rasoat.words.review_words import APART
    from reviews.decide import OneFinding, apart, in_batch

    found = [OneFinding(_meant(work, one, as_of), version) for one in fingerprints]
    if batch:
        with work.engine.connect() as connection:
            found += [OneFinding(one) for one in in_batch(connection, batch, unit)]
    if document:
        wanted = FindingFilter(document=document, viewer=unit)
        open_ones = [one for one in findings_on(work, as_of, None, wanted, FindingPage(suppressed=False)).kept if one.state == "open"]
        alone = apart(open_ones)
        for one in open_ones:
            if one.fingerprint in alone:
                err.say(f"{one.fingerprint} {one.subject}: {APART[alone[one.fingerprint]]}", head="Để riêng:")
        found += [OneFinding(one.fingerprint) for one in open_ones if one.fingerprint not in alone]
    if not found:
        raise Trouble("review.nothing_meant")
    return found


def _meant(work: Workspace, letters: str, as_of: Any) -> str:
    """The whole fingerprint; a whole one is taken as it is where it was ever told, since what is gone may still be spoken of."""
    from queries.finding_list import finding_with
    from reviews.judged_facts import facts_now

    whole = letters.strip().lower()
    if len(whole) == _FULL:
        with work.engine.connect() as connection:
            if whole in facts_now(connection, [whole], as_of):
                return whole
    return finding_with(work, as_of, None, letters).fingerprint


def _print(done: Recorded, *, json: bool) -> None:
    from rasoat.words.review_words import REOPENED, said

    fingerprint = done.saying.thing.partition(":")[2]
    if json:
        thread, refusal = done.thread, done.refusal
        print_json({
            "fingerprint": fingerprint, "unit": done.saying.unit, "stage": thread.stage.value, "state": thread.state, "version": thread.version,
            "batch": done.saying.batch, "again": done.again, "error": str(refusal) if refusal else None, "code": refusal.code if refusal else None,
        })  # fmt: skip
    elif done.refusal:
        err.say(f"{fingerprint}: {done.refusal}", head="Không ghi:")
    else:
        again = " (đã ghi từ trước)" if done.again else ""
        opened = f", {REOPENED[done.thread.reopened.value]}" if done.thread.reopened else ""
        out.say(f"Đã ghi{again}: {fingerprint} {said(done.thread.stage.value, done.thread.reason)}{opened}, lần {done.thread.version}")


def _show(work: Workspace, fingerprint: str, as_of: Any, unit: str, *, json: bool) -> None:
    """Everything that was said of a finding, and of what it was before."""
    from rasoat.units import country
    from rasoat.words.review_words import said
    from reviews.decide import history_of
    from reviews.judged_facts import facts_now

    with work.engine.connect() as connection:
        facts = facts_now(connection, [fingerprint], as_of)
        told = history_of(connection, fingerprint, facts[fingerprint].matter if fingerprint in facts else "")
    for one in told:
        event = one.event
        if json:
            print_json({
                "fingerprint": one.fingerprint, "rule": one.rule, "unit": one.unit, "version": one.version, "verb": event.verb.value,
                "by": event.person, "signed_in": one.signed_in, "at": event.at, "to": event.to, "reason": event.reason, "note": event.note,
                "due": event.due,
            })  # fmt: skip
            continue
        words = ", ".join(part for part in (said(event.verb.value, event.reason), event.to or "", event.note) if part)
        out.say(f"{event.at:%d/%m/%Y %H:%M} {one.rule} {one.fingerprint[:10]} {country().name(one.unit)}, {event.person}: {words}")
    if not told and not json:
        out.say(f"Chưa ai nói gì về {fingerprint}.")


def audit(
    verify: Annotated[bool, typer.Option("--verify", help="Tính lại từng mã băm và tình trạng / recompute hashes and states")] = False,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
) -> None:
    """The head of the log of decisions; with --verify everything behind it is recomputed."""
    with troubles():
        from pipeline.log_heads import audited
        from reviews.audited_log import AuditedLog, head_of_log

        work = workspace()
        with work.engine.connect() as connection:
            found = AuditedLog(head_of_log(connection))
        if verify:
            found = audited(work)
        if json:
            print_json({"events": found.head.seq, "head": found.head.hash, "verified": verify, "broken": found.broken})
        else:
            out.say(f"{found.head.seq} sự kiện, mã băm cuối {found.head.hash}")
            for one in found.broken:
                err.say(one, head="Sai:")
        if found.broken:
            raise typer.Exit(3)
