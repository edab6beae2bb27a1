"""What `rasoat extract` says where an answer is set aside, taken back or listed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from cli.frame import err, out, print_json
from rasoat.trouble import Trouble
from rasoat.words import day

if TYPE_CHECKING:
    from rasoat.run_report import RunReport
    from rasoat.workspace import Workspace

_LETTERS = 12  # of a sha256: enough to name it by


def one_thing_asked(set_aside: str | None, because: str | None, take_back: str | None, listed: bool) -> None:
    """Only one of the three may be asked for at a time.

    Raises:
        Trouble: more than one is, or a reason is given for none.
    """
    asked = [
        name
        for name, given in (("--set-aside", set_aside), ("--take-back", take_back), ("--list-set-aside", listed or None))
        if given is not None
    ]
    if len(asked) > 1:
        raise Trouble("answer.one_thing", names=", ".join(asked))
    if because is not None and set_aside is None:
        raise Trouble("answer.no_reason", name="--because", beside="--set-aside")


def said_aside(work: Workspace, report: RunReport, which: str, because: str) -> None:
    from pipeline.setting_aside import set_answer_aside

    sha256, fresh = set_answer_aside(work, report, which, because)
    err.say(f"Đã để riêng {sha256[:_LETTERS]} / set aside" if fresh else f"{sha256[:_LETTERS]} đã để riêng từ trước / was set aside before")


def said_back(work: Workspace, report: RunReport, which: str) -> None:
    from pipeline.setting_aside import take_answer_back

    sha256, taken = take_answer_back(work, report, which)
    err.say(
        f"Đã lấy lại {sha256[:_LETTERS]} / taken back" if taken else f"{sha256[:_LETTERS]} không nằm trong số để riêng / was not set aside"
    )


def list_aside(work: Workspace, as_json: bool) -> None:
    """Everything that is set aside: the bytes, the answers, by whom, when and why."""
    from rasoat.store.set_asides import all_aside

    found = all_aside(work.engine)
    if as_json:
        print_json({"set_aside": [asdict(one) for one in found]})
        return
    for one in found:
        out.say(f"{one.sha256[:_LETTERS]}  {', '.join(one.answers)}: {one.because or '–'} ({one.by}, {day(one.at.date())})")
    if not found:
        out.say("Không có câu trả lời nào để riêng / nothing is set aside")
