"""Events add up to one answer: the same for everybody, without a decision that nobody took."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasoat.records.unit_decisions import STATES, DismissReason, FindingNow, Reopened
from reviews.machine import ReviewEvent, ReviewStage, ReviewThread, ReviewVerb, after, beside, fold, refused

PEOPLE, BASES = ("an", "bình"), ("", "a" * 64, "b" * 64)
said_events = st.builds(
    ReviewEvent,
    person=st.sampled_from(PEOPLE), verb=st.sampled_from(ReviewVerb), to=st.sampled_from((None, "chi")),
    reason=st.sampled_from((None, "nonsense", *DismissReason)), note=st.sampled_from(("", " ", "lời")), second=st.booleans(),
    basis=st.sampled_from(BASES), publication=st.integers(0, 3),
)  # fmt: skip
told_now = st.builds(FindingNow, basis=st.sampled_from(BASES), came=st.integers(0, 4), stands=st.booleans(), mended=st.booleans())
histories = st.lists(st.tuples(said_events, told_now), max_size=14)


def allowed(history: list[tuple[ReviewEvent, FindingNow]]) -> list[ReviewEvent]:
    """What of a history is written: each event judged beside the finding of its moment, as the writer does it."""
    written: list[ReviewEvent] = []
    for event, now in history:
        if refused(fold(written, now), event) is None:
            written.append(event)
    return written


def why_not(thread: ReviewThread, step: ReviewEvent) -> str | None:
    refusal = refused(thread, step)
    return refusal.code if refusal else None


def event(verb: ReviewVerb, person: str = "an", **said: object) -> ReviewEvent:
    needed = {"to": "chi", "reason": "historical", "note": "lời", "basis": "a" * 64, "publication": 1}
    return replace(ReviewEvent(person, verb), **{**needed, **said})


@given(st.lists(said_events, max_size=20), told_now)
def test_whatever_was_written_adds_up(events: list[ReviewEvent], now: FindingNow) -> None:
    thread = fold(events, now)
    assert thread.version == len(events)
    assert thread.state in STATES
    assert fold(events, now) == thread == beside(fold(events), now)


@given(histories)
def test_no_decision_stands_that_nobody_took(history: list[tuple[ReviewEvent, FindingNow]]) -> None:
    written = allowed(history)
    thread = fold(written)
    asked = {ReviewStage.CONFIRMED: ReviewVerb.CONFIRM, ReviewStage.DISMISSED: ReviewVerb.DISMISS, ReviewStage.FIXED: ReviewVerb.FIXED}
    if thread.decided:
        by = [one for one in written if one.verb is asked[thread.stage] and one.basis == thread.basis and one.reason == thread.reason]
        assert by
        if all(one.second for one in by):  # nobody decides alone what needs a second person
            assert {one.person for one in written} == set(PEOPLE)
            assert ReviewVerb.APPROVE in {one.verb for one in written}
        if thread.stage is ReviewStage.DISMISSED:
            assert thread.reason in set(DismissReason)
        if thread.stage is ReviewStage.FIXED:
            assert thread.note.strip()


@given(histories, st.sampled_from(PEOPLE))
def test_the_author_takes_back_his_last_step_and_stands_where_he_stood(history: list[tuple[ReviewEvent, FindingNow]], person: str) -> None:
    written = allowed(history)
    thread = fold(written)
    back = ReviewEvent(person, ReviewVerb.TAKE_BACK)
    if thread.before is None:
        assert why_not(thread, back) == "review.nothing_to_take_back"
    elif person != thread.person:
        assert why_not(thread, back) == "review.not_yours"
    else:
        assert refused(thread, back) is None
        returned = after(thread, back)
        assert (returned.stage, returned.state, returned.reason) == (thread.before.stage, fold(written).before.state, thread.before.reason)
        assert returned.version == thread.version + 1


@given(histories, told_now)
def test_a_decision_holds_until_the_facts_it_judged_are_others(history: list[tuple[ReviewEvent, FindingNow]], now: FindingNow) -> None:
    written = allowed(history)
    plain, thread = fold(written), fold(written, now)
    if not plain.decided or not now.stands:
        assert thread.reopened is None
        assert thread.state == plain.state
    elif plain.publication and now.came > plain.publication:
        assert (thread.reopened, thread.state) == (Reopened.AGAIN, "needs_review")
    elif plain.basis and now.basis and plain.basis != now.basis:
        assert (thread.reopened, thread.state) == (Reopened.FACTS, "needs_review")
    else:
        assert (thread.reopened, thread.state) == (None, plain.state)


@pytest.mark.parametrize(
    ("verbs", "stage", "state"),
    [
        ("take", ReviewStage.TAKEN, "open"),
        ("take ask", ReviewStage.ASKED, "open"),
        ("take ask answer", ReviewStage.TAKEN, "open"),
        ("take confirm", ReviewStage.CONFIRMED, "confirmed"),
        ("confirm assign", ReviewStage.CONFIRMED, "confirmed"),
        ("assign dismiss", ReviewStage.DISMISSED, "dismissed"),
        ("confirm fixed", ReviewStage.FIXED, "fixed"),
        ("confirm dismiss", ReviewStage.DISMISSED, "dismissed"),
        ("confirm take_back", ReviewStage.NEW, "open"),
        ("take confirm take_back note", ReviewStage.TAKEN, "open"),
    ],
)
def test_the_way_of_a_finding(verbs: str, stage: ReviewStage, state: str) -> None:
    thread = ReviewThread()
    for verb in verbs.split():
        step = event(ReviewVerb(verb))
        assert refused(thread, step) is None, verb
        thread = after(thread, step)
    assert (thread.stage, thread.state) == (stage, state)


def test_a_second_person_agrees_or_returns() -> None:
    waiting = fold([event(ReviewVerb.DISMISS, second=True)])
    assert (waiting.stage, waiting.state) == (ReviewStage.AWAITING, "open")
    assert why_not(waiting, event(ReviewVerb.APPROVE)) == "review.same_person"
    assert why_not(waiting, event(ReviewVerb.CONFIRM, "bình")) == "review.awaiting"
    assert after(waiting, event(ReviewVerb.APPROVE, "bình")).state == "dismissed"
    assert after(waiting, event(ReviewVerb.RETURN, "bình")).stage is ReviewStage.TAKEN


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (event(ReviewVerb.DISMISS, reason=None), "review.no_reason"),
        (event(ReviewVerb.DISMISS, reason="other", note=" "), "review.no_words"),
        (event(ReviewVerb.FIXED, note=""), "review.no_proof"),
        (event(ReviewVerb.ASK, to=None), "review.no_addressee"),
        (event(ReviewVerb.ANSWER), "review.not_asked"),
        (event(ReviewVerb.APPROVE, "bình"), "review.not_awaiting"),
        (event(ReviewVerb.CONFIRM), "review.decided"),
        (event(ReviewVerb.TAKE), "review.decided"),
        (event(ReviewVerb.TAKE_BACK, "bình"), "review.not_yours"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.verb.value,
)
def test_what_is_refused_says_why(step: ReviewEvent, why: str) -> None:
    assert why_not(fold([event(ReviewVerb.CONFIRM)]), step) == why


def test_changed_facts_open_a_decision_again_and_it_is_decided_anew() -> None:
    written = [event(ReviewVerb.CONFIRM)]
    changed = FindingNow("b" * 64, 1)
    assert fold(written, changed).state == "needs_review"
    again = event(ReviewVerb.CONFIRM, basis="b" * 64)
    assert refused(fold(written, changed), again) is None
    assert fold([*written, again], changed).state == "confirmed"
    back = fold(written, FindingNow("a" * 64, came=3))
    assert (back.state, back.reopened) == ("needs_review", Reopened.AGAIN)


def test_what_is_told_no_more_keeps_its_last_state_and_is_never_fixed_by_that() -> None:
    gone = FindingNow(stands=False, mended=True)
    assert (fold([event(ReviewVerb.CONFIRM)], gone).state, fold([], gone).state) == ("confirmed", "open")
    fixed = fold([event(ReviewVerb.CONFIRM), event(ReviewVerb.FIXED)], gone)
    assert (fixed.state, fixed.checked, fixed.gone) == ("fixed", True, True)
    assert not fold([event(ReviewVerb.FIXED)], FindingNow(stands=False)).checked
