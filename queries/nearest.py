"""The known names most like one that nobody knows, for a refusal that helps."""

from __future__ import annotations

from collections.abc import Collection

from rasoat.trouble import Trouble

_NEAREST = 3
_ALIKE = 60  # of 100: below this a name has nothing to do with what was asked


def nearest(key: str, known: Collection[str]) -> list[str]:
    """The few known names most like one, best first; none where nothing is alike."""
    from rapidfuzz import fuzz, process  # only for what is refused

    return [name for name, _, _ in process.extract(key, list(known), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_ALIKE)]


def unknown_procedure(code: str, known: Collection[str]) -> Trouble:
    """What to say of a code that no procedure has."""
    near = nearest(code, known)
    return Trouble("procedure.unknown", code=code, near=f"; gần nhất: {', '.join(near)}" if near else "")
