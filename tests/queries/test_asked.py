"""Names as people type them; a name that is none is refused with the nearest, never answered "none"."""

from __future__ import annotations

from datetime import date

import pytest

from queries.asked import channel_asked, posting_state_asked, rules_asked, severity_asked, state_asked, unit_asked
from rasoat.days import day_typed
from rasoat.records import Severity
from rasoat.records.postings import Channel, PostingState
from rasoat.trouble import Trouble


@pytest.mark.parametrize("typed", ["CITE-01", "cite-01", "cite1", "CITE 1", "Cite_01"])
def test_a_rule_in_any_spelling(typed: str) -> None:
    assert rules_asked([typed]) == ("CITE-01",)


def test_posting_rules_and_items_for_review_are_rules_too() -> None:
    assert rules_asked(["post-3", "review", "auth1"]) == ("POST-03", "REVIEW", "AUTH-01")


@pytest.mark.parametrize("typed", ["cao", "Cao", "CAO", "high", "High"])
def test_a_severity_in_either_language(typed: str) -> None:
    assert severity_asked(typed) is Severity.HIGH


@pytest.mark.parametrize(("typed", "state"), [("mới", "open"), ("đã bác", "dismissed"), ("da bac", "dismissed"), ("needs-review", "needs_review"),
                                              ("cần xem lại", "needs_review"), ("fixed", "fixed")])  # fmt: skip
def test_a_state_in_either_language(typed: str, state: str) -> None:
    assert state_asked(typed) == state


def test_cells_and_channels_in_either_language() -> None:
    assert posting_state_asked("chưa thấy công khai") is PostingState.MISSING
    assert posting_state_asked("abolished_still_posted") is PostingState.ABOLISHED_STILL_POSTED
    assert channel_asked("premises") is Channel.PREMISES
    assert channel_asked("cổng thông tin điện tử") is Channel.PORTAL
    assert channel_asked("trụ sở") is Channel.PREMISES
    assert channel_asked("cổng") is Channel.PORTAL
    assert posting_state_asked("chưa thấy") is PostingState.MISSING


def test_a_part_of_several_names_is_refused() -> None:
    with pytest.raises(Trouble, match="công khai"):
        posting_state_asked("công khai")


@pytest.mark.parametrize(
    ("ask", "typed", "near"),
    [
        (lambda name: rules_asked([name]), "CITE-77", "CITE-07"),
        (severity_asked, "caoo", "Cao (high)"),
        (state_asked, "đã bát", "dismissed"),
        (posting_state_asked, "mising", "missing"),
        (channel_asked, "premisse", "premises"),
        (unit_asked, "Bộ Tư phap x", "Bộ Tư pháp"),
        (unit_asked, "Lai Chaau", "tỉnh Lai Châu"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(ask: object, typed: str, near: str) -> None:
    with pytest.raises(Trouble) as refused:
        ask(typed)  # type: ignore[operator]
    assert typed in str(refused.value)
    assert near in str(refused.value)


@pytest.mark.parametrize("typed", ["xyz", "", "   ", "\x1b[31m"])
def test_a_name_like_nothing_is_refused_too(typed: str) -> None:
    for ask in (severity_asked, state_asked, channel_asked, unit_asked, lambda name: rules_asked([name])):
        with pytest.raises(Trouble):
            ask(typed)


@pytest.mark.parametrize("typed", ["Bộ Tư pháp", "bo tu phap", "BỘ TƯ PHÁP", " Bộ  Tư  Pháp ", "bo-tu-phap"])
def test_a_unit_whatever_the_spelling(typed: str) -> None:
    assert unit_asked(typed).id == "bo-tu-phap"


@pytest.mark.parametrize("typed", ["2026-06-10", "10/06/2026", "10/6/2026", "10.06.2026", "10-6-2026", " 10/06/2026 "])
def test_a_day_in_both_forms(typed: str) -> None:
    assert day_typed(typed) == date(2026, 6, 10)


@pytest.mark.parametrize("typed", ["31/02/2026", "06/2026", "2026", "10/06/26", "2026-13-01", "hôm nay", "", "20260610", "1/2/3/2026"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert day_typed(typed) is None
