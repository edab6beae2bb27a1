"""An operator sets an answer aside, or takes it back; the extract step then leaves the store as if it had never, or always, been read."""

from __future__ import annotations

import getpass

from extractors.readers import POSTED
from pipeline.clock import now
from pipeline.steps import read_archive
from rasoat.run_report import RunReport
from rasoat.store.set_asides import bytes_named, put_aside, take_back
from rasoat.workspace import Workspace

_IN_ORDER = (POSTED,)  # decisions and lists say the same again: the later file's row stands


def set_answer_aside(work: Workspace, report: RunReport, which: str, because: str) -> tuple[str, bool]:
    """(sha256, whether it was not aside before).

    Raises:
        Trouble: `which` names no answer, or several.
    """
    sha256 = bytes_named(work.engine, which)
    fresh = put_aside(work.engine, sha256, now(), _who(), because, _IN_ORDER)
    read_archive(work, report)
    return sha256, fresh


def take_answer_back(work: Workspace, report: RunReport, which: str) -> tuple[str, bool]:
    """(sha256, whether it was aside).

    Raises:
        Trouble: as `set_answer_aside`.
    """
    sha256 = bytes_named(work.engine, which)
    taken = take_back(work.engine, sha256, _IN_ORDER)
    read_archive(work, report)
    return sha256, taken


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "?"
