"""`rasoat verify`: everything made again from the archive and compared, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from cli.frame import err, out, path_given, print_json, troubles, workspace
from cli.mending import with_mend
from cli.printing import TextTable
from pipeline.clock import now

if TYPE_CHECKING:
    from pipeline.verification.received_again import ReceivedAgain
    from pipeline.verification.verified import HeldTo, Verified
    from pipeline.verification.verify import Verification

Shown = TypeVar("Shown")
_ALARM = "bold red"
_SHOWN = 20  # lines of one kind
_SIGNATURES = {
    "unsigned": "không có chữ ký / unsigned",
    "by": "ký bởi {who} / signed by",
    "untold": "chữ ký đúng, của khóa {who}; chưa biết là của ai / signed by a key, nobody said whose",
    "stranger": "ký bằng khóa {who}, không có trong danh sách người ký / by a key that is not allowed",
    "wrong": "chữ ký không khớp / the signature does not fit",
}
_PARTS = {
    "derived": "phần suy ra {name}: `rasoat check`",
    "publication": "phần công bố {name}: `rasoat check`",
    "day": "ngày {name}: `rasoat check --as-of {name}`",
    "verdict": "kết luận của cổng ngày {name}: `rasoat quality --as-of {name}`",
    "index": "chỉ mục {name}: `rasoat index`",
}


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("verify", help="Làm lại mọi thứ từ kho lưu và so từng dòng / make everything again from the archive and compare")(verify)


def verify(
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE", parser=path_given, help="Ghi bản kê ra đây / write the manifest here")
    ] = None,
    sign: Annotated[
        Path | None, typer.Option(metavar="KEY", parser=path_given, help="Ký bản kê bằng khóa SSH này / sign it with this SSH key")
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="FILE", parser=path_given, help="So với bản kê đã có / hold today to an earlier manifest")
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", parser=path_given, help="Ai được ký (allowed_signers của ssh-keygen) / whose signatures count"),
    ] = None,
    latest: Annotated[
        bool, typer.Option("--latest", help="Bỏ qua những ngày rà khi dữ liệu còn ít hơn / leave out days checked on less data")
    ] = False,
    scratch: Annotated[
        Path | None, typer.Option(metavar="FOLDER", parser=path_given, help="Nơi đặt kho tạm / where the scratch store is made")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Một JSON / one JSON object")] = False,
) -> None:
    """Make again whatever was read and derived; exit 3 where a row, a record or the manifest is not what it was."""
    from pipeline.verification.verified import VerificationAsked, verified
    from rasoat.logs import set_up

    with troubles():
        work = workspace()
        set_up(work.settings.log_level)
        done = verified(work, VerificationAsked(manifest, sign, against, signers, latest, scratch), now())
        if json:
            print_json(_as_json(done))
        else:
            _show(done)
        found = done.troubles()
        for one in found[:0:-1]:
            err.say(with_mend(one), head="Lỗi:", style=_ALARM)
        if found:
            raise found[0]


def _as_json(done: Verified) -> dict[str, Any]:
    told = asdict(done.verification)
    found = done.verification
    told |= {"rows": found.rows, "equal": found.equal_rows, "differences": found.differences, "proved": found.proved}
    against = asdict(done.held_to) if done.held_to else None
    return {
        **told,
        "manifest": str(done.manifest) if done.manifest else None,
        "signed": str(done.signed) if done.signed else None,
        "against": against,
        "troubles": [str(one) for one in done.troubles()],
    }


def _show(done: Verified) -> None:
    found = done.verification
    _show_archive(found.received)
    _show_tables(found)
    if done.held_to:
        _show_held_to(done.held_to)
    if done.manifest:
        out.say(f"Bản kê {done.manifest}: " + (f"đã ký, chữ ký ở {done.signed} / signed" if done.signed else "không ký / unsigned"))


def _show_archive(received: ReceivedAgain) -> None:
    from rasoat.words import number

    out.say(f"Kho lưu: {number(len(received.segments))} tệp, {number(received.records)} bản ghi")
    torn = sum(gap.torn for gap in received.gaps)
    for gap in _first([gap for gap in received.gaps if not gap.torn]):
        out.say(f"hỏng / damaged: {gap.warc} từ byte {gap.offset}, dài {gap.length}: {gap.reason}", head="  !", style=_ALARM)
    for gap in _first([gap for gap in received.gaps if gap.torn]):
        out.say(f"đứt ở cuối / cut off: {gap.warc} từ byte {gap.offset}, dài {gap.length}: {gap.reason}")
    for place in _first(received.odd_frames):
        out.say(f"khung gzip bị sửa / gzip head changed: {place}", head="  !", style=_ALARM)
    for place in received.strangers:
        out.say(f"bản ghi mà kho dữ liệu không biết / unknown record: {place}", head="  !", style=_ALARM)
    if received.unknown > len(received.strangers):
        out.say(f"… và {number(received.unknown - len(received.strangers))} bản ghi khác như vậy")
    if torn or received.left_over:
        out.say(f"{number(received.left_over)} câu trả lời của lượt bị ngắt, đã hỏi lại / left by a run that was cut off, asked again")
    if received.by_store:
        out.say(
            f"{number(received.by_store)} câu trả lời cũ: kho lưu chưa ghi ngày của chúng, lấy theo kho dữ liệu / "
            "older answers, their days by the store's own account"
        )
    if received.waiting:
        out.say(f"{number(received.waiting)} câu trả lời chưa đọc / not read yet")


def _show_tables(found: Verification) -> None:
    from rasoat.words import number, share

    table = TextTable("Bảng", "Dòng", "Bằng nhau", "Khác", "Chỉ kho lưu có", "Chỉ kho dữ liệu có", pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for one in found.tables:
        table.add_row(one.table, *map(number, (one.stored, one.equal, one.changed, one.lost, one.added)))
    out.print(table)
    for one in found.tables:
        for row in one.first:
            at = f"{row.table} [{row.key}]" + (f" {row.column}" if row.column else "")
            out.say(f"{at}: kho dữ liệu {row.stored} | làm lại {row.made}", head="  !", style=_ALARM)
        if one.differences > len(one.first):
            out.say(f"… {one.table}: {number(one.differences - len(one.first))} dòng khác nữa")
    for part in _first(found.unmade):
        out.say("không làm lại được, hãy làm mới / not made again: " + _PARTS[part.kind].format(name=part.name), head="  !", style=_ALARM)
    if found.left_out:
        out.say(f"{number(found.left_out)} ngày rà trước đây không làm lại, như đã yêu cầu / earlier days left out, as asked")
    equal = share(found.equal_rows, found.rows) if found.rows else "0%"
    out.say(f"{number(found.equal_rows)} / {number(found.rows)} dòng bằng nhau ({equal}) / rows equal", head="Kết quả:")


def _show_held_to(held: HeldTo) -> None:
    from rasoat.words import number

    said = _SIGNATURES[held.signature.state.value].format(who=held.signature.who)
    out.say(f"So với bản kê {held.path}: {said}")
    for head, places in (("bị đổi / changed", held.since.changed), ("mất / gone", held.since.gone)):
        for place in _first(places):
            out.say(f"{head}: {place}", head="  !", style=_ALARM)
    for place in _first(held.since.followed):
        out.say(f"  đổi theo dữ liệu mới hoặc quyết định mới / followed: {place}")
    added = ", ".join(f"{name} {number(count)}" for name, count in held.since.added.items())
    out.say(f"Thêm từ đó / added since: {added or 'không gì / nothing'}")


def _first(several: Sequence[Shown]) -> Iterator[Shown]:
    """The first of many; that there are more is said."""
    yield from several[:_SHOWN]
    if len(several) > _SHOWN:
        out.say(f"… và {len(several) - _SHOWN} chỗ khác như vậy / and more")
