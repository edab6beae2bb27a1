"""What of a document is named beside it besides its articles: "Mẫu số 01 Phụ lục II ban hành kèm theo Nghị định …", "Chương IV của …".

These paths stand apart from a mention's provisions, which are all rooted at an article.
"""

from __future__ import annotations

import re

from extractors.citations.grammar.provision_runs import Run, leading_run, trailing_run

_WORD = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ\s+lục|chương|(?:tiểu\s+)?mục|phần)\s")
_REACH = 160  # characters: an enumeration of forms and annexes before their document
_AFTER = re.compile(
    r"[ \u00a0]{0,2}(?:[,(][ \u00a0]{0,2})?(?:(?:được\s+)?(?:quy\s+định\s+)?(?:tại|ở)\s+)?(?=(?:các\s+)?(?:mẫu|phụ\s+lục)\s)"
)
_PLAIN = " ,;(\u00a0"


def divisions_before(text: str, low: str, floor: int, start: int) -> tuple[str, ...]:
    """Paths like "phu-luc-II/mau-so-01" that end where the document at `start` begins; `floor` is where the mention before it ends."""
    begin = max(floor, start - _REACH)
    if not _WORD.search(low, begin, start):
        return ()
    run = trailing_run(text, begin, start)
    return _apart(run) if run and not text[run.end : start].strip(_PLAIN) else ()


def divisions_after(text: str, low: str, end: int, stop: int) -> tuple[str, ...]:
    """Those right after the document that ends at `end`, where the mention that starts at `stop` does not claim them."""
    lead = _AFTER.match(low, end, min(stop, end + _REACH))
    run = leading_run(text, lead.end(), min(stop, lead.end() + _REACH)) if lead else None
    claimed = run is not None and stop < len(text) and not text[run.end : stop].strip(_PLAIN)
    return _apart(run) if run and not claimed else ()


def _apart(run: Run) -> tuple[str, ...]:
    return tuple(path for path in run.paths if not path.startswith("dieu-"))
