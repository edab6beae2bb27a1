"""The reports that earlier commands left in the home folder, by their day: which there are, and the file of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rasoat.days import day_typed
from rasoat.units import country

GATE_PAGE = "chat-luong.html"  # the gate's page of a day, as it is offered
_OF_FINDINGS = ("phat-hien", "cong-khai-", "kiem-tra-")  # how the names of files begin that say who is to answer for what
_ENDINGS = {"phat-hien": (".xlsx", ".jsonl"), "cong-khai-": (".xlsx",), "kiem-tra-": (".docx",)}


@dataclass(frozen=True, slots=True)
class KeptReports:
    """The files of a day."""

    day: date
    names: list[str]


def kept_reports(home: Path, *, findings: bool, most: int = 12) -> list[KeptReports]:
    """The newest days of which a report is kept; `findings`: also those that tell of findings."""
    days = {path.stem for path in (home / "quality").glob("*.html")} | (
        {path.name for path in (home / "reports").glob("*")} if findings else set()
    )
    found = []
    for day in sorted((day for name in days if (day := day_typed(name))), reverse=True)[:most]:
        names = [GATE_PAGE] if _gate_page(home, day).is_file() else []
        if findings:
            names += sorted(path.name for path in _folder(home, day).glob("*") if path.is_file() and _ours(path.name))
        if names:
            found.append(KeptReports(day, names))
    return found


def kept_report(home: Path, day: date, name: str, *, findings: bool) -> Path | None:
    """The file of a report; None where there is none of this name, or it may not be told of."""
    if name == GATE_PAGE:
        path = _gate_page(home, day)
    elif findings and _ours(name):
        path = _folder(home, day) / name
    else:
        return None
    return path if path.is_file() and not path.is_symlink() else None


def _ours(name: str) -> bool:
    """Whether a report has this name: those that are written, of units that there are; never a part of a path."""
    begins = next((one for one in _OF_FINDINGS if name.startswith(one)), None)
    if begins is None:
        return False
    stem, dot, ending = name.removeprefix(begins).rpartition(".")
    return f"{dot}{ending}" in _ENDINGS[begins] and (stem in country() if begins.endswith("-") else not stem) and "/" not in stem


def _gate_page(home: Path, day: date) -> Path:
    return home / "quality" / f"{day.isoformat()}.html"


def _folder(home: Path, day: date) -> Path:
    return home / "reports" / day.isoformat()
