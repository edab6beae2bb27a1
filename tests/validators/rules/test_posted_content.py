"""POST-06 to POST-08: what is shown of a procedure, beside what the catalogue says of it."""

from __future__ import annotations

import pytest

from rasoat.records import Confidence, Part, Severity
from rasoat.records.postings import Act, FormSeen, Medium, PostingState
from tests.validators.rules.posting_world import (
    World,
    announced,
    listed,
    look,
    posted,
    rules,
    state,
)
from validators.rules.postings import posting_rules as traps

# POST-06

OFFICIAL = {Part.FEES: "Lệ phí: 50.000 đồng", Part.DURATION: "05 ngày làm việc", Part.STEPS: "Bước 1: nộp hồ sơ."}


@pytest.mark.parametrize(
    ("part", "text", "severity", "suppressed"),
    [
        (Part.STEPS, "BƯỚC 1 – Nộp  hồ sơ", None, ()),  # layout only
        (Part.STEPS, "Bước 1: nộp hồ sơ tại quầy số 3.", Severity.MEDIUM, ()),
        (Part.FEES, "Lệ phí: 70.000 đồng", Severity.HIGH, ()),
        (Part.FEES, "Lệ phí: 30.000 đồng theo Nghị quyết của Hội đồng nhân dân tỉnh", Severity.INFO, (traps.LOCAL_FEE,)),
        (Part.DURATION, "03 ngày làm việc", Severity.INFO, (traps.LOCAL_TIME,)),
        (Part.DURATION, "10 ngày làm việc", Severity.HIGH, ()),
        (Part.DURATION, "0,5 ngày làm việc", Severity.INFO, (traps.LOCAL_TIME,)),
        (Part.DURATION, "Nửa ngày", Severity.INFO, (traps.LOCAL_TIME,)),
        (Part.DURATION, "8 giờ làm việc", Severity.INFO, (traps.LOCAL_TIME,)),
        (Part.DURATION, "30 phút", Severity.INFO, (traps.LOCAL_TIME,)),
        (Part.DURATION, "2 tuần", Severity.HIGH, ()),
    ],
)
def test_drift_of_a_part(part: Part, text: str, severity: Severity | None, suppressed: tuple[str, ...]) -> None:
    found = World(announced(), catalogue=[listed(parts=OFFICIAL)]).found(posted(texts=((part, text),)))
    assert [(one.rule, one.severity, one.suppressed) for one in found] == ([("POST-06", severity, suppressed)] if severity else [])


@pytest.mark.parametrize(
    ("official", "shown"),
    [
        ("Trực tiếp: 1", "Trực tiếp: 0,5 ngày làm việc"),
        ("Trực tiếp: 3\nTrực tuyến: 3", "10 ngày"),
        ("05 ngày làm việc", "Trực tiếp: 7"),
        ("3", "5"),
        ("Trực tiếp: 3 - 5", "10 ngày"),
        ("Trực tiếp: không quá 15 (kể cả Điều 7)", "20 ngày làm việc"),
        ("05 ngày làm việc", "Thời hạn: 7 (bảy)"),
    ],
)
def test_a_time_without_its_unit_is_no_drift(official: str, shown: str) -> None:
    world = World(announced(), catalogue=[listed(parts={Part.DURATION: official})])
    assert world.found(posted(texts=((Part.DURATION, shown),))) == []


@pytest.mark.parametrize(
    ("part", "official", "shown"),
    [
        (Part.DURATION, "Trực tiếp: 5 Ngày làm việc\nTrực tuyến: 5 Ngày làm việc", "05 ngày làm việc"),
        (Part.DURATION, "Trực tiếp: 5 Ngày làm việc", "5 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ"),
        (Part.DURATION, "Trực tiếp: 0,5 Ngày làm việc", "Nửa ngày làm việc"),
        (Part.FEES, "Trực tiếp: Lệ phí: 50000 Đồng", "50.000 đồng/trường hợp"),
        (Part.FEES, "Trực tiếp: Không", "Miễn phí"),
    ],
)
def test_the_same_time_or_fee_in_other_words_is_no_drift(part: Part, official: str, shown: str) -> None:
    world = World(announced(), catalogue=[listed(parts={part: official})])
    assert world.found(posted(texts=((part, shown),))) == []


@pytest.mark.parametrize(
    ("official", "shown"), [("Không", "Lệ phí: 20.000 đồng"), ("50.000 đồng", "50.000 đồng; 70.000 đồng"), ("Miễn phí", "5 đồng")]
)
def test_another_fee_is_one_however_it_is_put(official: str, shown: str) -> None:
    world = World(announced(), catalogue=[listed(parts={Part.FEES: official})])
    assert rules(world.found(posted(texts=((Part.FEES, shown),)))) == ["POST-06"]


def test_an_older_decision_shown_is_outdated() -> None:
    world = World(announced(signed="2026-01-05"), announced(act=Act.AMENDED, signed="2026-10-20"))
    matrix = world.see(posted(decision="05/QĐ-UBND"))
    assert state(matrix) is PostingState.OUTDATED
    assert rules(matrix.all_findings()) == ["POST-06"]
    assert not world.found(posted(decision="20 / QĐ-UBND"))


def test_a_decision_that_nobody_told_us_of_may_be_a_later_one() -> None:
    world = World(announced(signed="2026-01-05"), announced(act=Act.AMENDED, signed="2026-10-20"))
    (known,) = world.found(posted(decision="05/QĐ-UBND"))
    (strange,) = world.found(posted(decision="2301/QĐ-UBND"))
    assert (known.confidence, strange.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert "chưa có 2301/QĐ-UBND trong kho, đối chiếu ngày ký" in strange.message


def test_a_decision_that_names_a_procedure_in_a_place_nobody_read_decides_nothing_of_it() -> None:
    new = announced(signed="2026-01-05")
    assert rules(World(new).found(look())) == ["POST-03"]
    assert World(new, announced(act=Act.UNREAD, signed="2026-10-20")).found(look()) == []
    gone = announced(act=Act.ABOLISHED, signed="2026-06-05")
    assert rules(World(new, gone).found(posted())) == ["POST-04"]
    assert World(new, gone, announced(act=Act.UNREAD, signed="2026-10-20")).found(posted()) == []
    assert rules(World(new, announced(act=Act.UNREAD, signed="2026-03-20"), gone).found(posted())) == ["POST-04"]


def test_the_older_decision_was_right_when_it_was_seen() -> None:
    world = World(announced(signed="2026-01-05"), announced(act=Act.AMENDED, signed="2026-11-15"))
    assert not world.found(posted(decision="05/QĐ-UBND", seen="2026-11-10"))


# POST-07 and POST-08

MANDATORY = frozenset({Part.NAME, Part.STEPS, Part.METHODS, Part.DOSSIER, Part.DURATION, Part.AUDIENCE, Part.AUTHORITY})


@pytest.mark.parametrize(
    ("parts", "medium", "expected"),
    [
        (MANDATORY | {Part.FEES}, Medium.BOARD, []),
        (MANDATORY, Medium.BOARD, ["POST-07"]),  # the catalogue knows a fee
        (MANDATORY - {Part.DOSSIER} | {Part.FEES}, Medium.WEB, ["POST-07"]),
        (frozenset({Part.NAME}), Medium.LIST, []),  # a list of names owes no parts
        (None, Medium.BOARD, []),  # nobody looked
    ],
)
def test_missing_parts(parts: frozenset[Part] | None, medium: Medium, expected: list[str]) -> None:
    world = World(announced(), catalogue=[listed(parts={Part.FEES: "Lệ phí: 50.000 đồng"})])
    assert rules(world.found(posted(parts=parts, medium=medium))) == expected


@pytest.mark.parametrize(
    ("forms", "expected", "suppressed"),
    [
        ((FormSeen("Mẫu 01", "a.docx", False),), ["POST-08"], ()),
        ((FormSeen("Mẫu 01", None, None),), ["POST-08"], ()),
        ((FormSeen("Mẫu 01", "a.docx", True), FormSeen("Mẫu 02")), [], (traps.SHARED_FORM,)),
        ((FormSeen("Mẫu 01", "a.docx", True),), [], None),
        ((FormSeen("Mẫu 01", "a.docx", None),), [], None),
    ],
)
def test_forms(forms: tuple[FormSeen, ...], expected: list[str], suppressed: tuple[str, ...] | None) -> None:
    found = World(announced()).found(posted(forms=forms))
    assert rules(found) == expected
    assert [one.suppressed for one in found] == ([suppressed] if suppressed is not None else [])
