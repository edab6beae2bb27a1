"""The fields of publishers' objects that are read, each with the type it has to be of.

A publisher may send anything. What is of another type is left out and named where it is met, once; so no reader behind it ever meets
a value that it cannot take, and one wrong field costs that field and nothing beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from extractors.sources.source import Refused

# A value of the right type, changed to the one form readers know; None where it is of another.
Leaf = Callable[[object], Any]
FieldShape = Leaf | Mapping[str, "FieldShape"] | list["FieldShape"]
_NAMED = 6  # fields named in one line
_MOST = 1_000_000  # copies of a paper; a kind of relation
_FIGURES = 9  # of a number sent as text
_EARLIEST, _LATEST = -2_208_988_800_000, 7_258_118_400_000  # 1900 and 2200, in milliseconds


def fitted(value: object, shape: FieldShape) -> tuple[Any, list[str]]:
    """What of `value` has the shape, and the paths of what was left out ("executionSteps[2].name"); None where nothing has it.

    Nothing sent (null, an empty text) is not wrong. Of an object only the fields that the shape names are kept.
    """
    wrong: list[str] = []
    return _fitted(value, shape, "", wrong), wrong


def left_out(wrong: list[str], place: str, whose: str) -> list[Refused]:
    """The line that names the fields that were left out, where there are any."""
    if not wrong:
        return []
    named = ", ".join(wrong[:_NAMED]) + (f" … ({len(wrong)})" if len(wrong) > _NAMED else "")
    return [Refused(place, f"{whose}: trường sai kiểu dữ liệu, bỏ qua {named} / fields of another type, left out")]


def _fitted(value: object, shape: FieldShape, at: str, wrong: list[str]) -> Any:
    if value is None or value == "":
        return None
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            wrong.append(at or "$")
            return None
        held = {name: _fitted(value.get(name), of, f"{at}.{name}" if at else name, wrong) for name, of in shape.items()}
        return {name: one for name, one in held.items() if one is not None}
    if isinstance(shape, list):
        if not isinstance(value, list):
            wrong.append(at or "$")
            return None
        rows = [_fitted(one, shape[0], f"{at}[{index}]", wrong) for index, one in enumerate(value)]
        return [one for one in rows if one is not None]
    leaf = shape(value)
    if leaf is None:
        wrong.append(at or "$")
    return leaf


def _text(value: object) -> str | None:
    """A text; a NUL in it is nothing that anybody can read, and no database takes it."""
    return value.replace("\0", "") if isinstance(value, str) else None


def _id(value: object) -> str | None:
    """An id: publishers send the same one as a text and as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)


def _number(value: object) -> float | int | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) else None


def _amount(value: object) -> float | int | str | None:
    """A number, or words in its place ("Theo mô tả")."""
    return _text(value) if isinstance(value, str) else _number(value)


def _count(value: object) -> int | None:
    """A whole number, in figures too: publishers send some as text."""
    number = int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < _FIGURES else _number(value)
    return int(number) if number is not None and number == int(number) and abs(number) <= _MOST else None


def _flag(value: object) -> bool | None:
    return bool(value) if isinstance(value, bool | int) else None


def _moment(value: object) -> float | int | None:
    """Milliseconds since 1970 that are a day of our centuries."""
    number = _number(value)
    return number if number is not None and _EARLIEST <= number <= _LATEST else None


_NAMES: list[FieldShape] = [{"name": _text}]
_BODIES: dict[str, FieldShape] = {
    f"{kind}{role}": _NAMES for kind in ("departments", "unitGroups") for role in ("Executing", "Authority", "Authorized", "Coordinating")
}
_COMPONENT: FieldShape = {"name": _text, "originalQty": _count, "copyQty": _count, "attachments": [{"id": _id, "fileName": _text}]}
_FEE: FieldShape = {"type": _text, "value": _amount, "currencyName": _text, "description": _text}
_METHOD: FieldShape = {
    "submissionMethod": _text, "processingTime": _amount, "processingTimeUnit": _text, "description": _text, "fees": [_FEE],
}  # fmt: skip

# The national portal: a row of its list, and a procedure's detail.
PROCEDURE_ROW: FieldShape = {
    "id": _id, "code": _text, "name": _text, "state": _text, "departmentPromulgate": _text,
    "formalityTargetType": [_text], "departments": [_text], "categories": [_text],
}  # fmt: skip
PROCEDURE_DETAIL: FieldShape = {
    "id": _id, "code": _text, "name": _text, "state": _text, "formalityType": _text, "decisionNo": _text,
    "executionSteps": [{"name": _text, "description": _text}], "executionMethods": [_METHOD],
    "executionCases": [{"name": _text, "profileComponents": [_COMPONENT]}],
    "legalBasisesDetails": [{"name": _text, "code": _text}],
    "resultsDetails": _NAMES, "subjectTypesDetails": _NAMES, "categoriesDetails": _NAMES,
    **_BODIES, "executingAgencies": _text, "dossierReceivingAddresses": _text, "requirementsAndConditions": _text,
    "departmentPromulgateName": _text, "departmentPromulgateCode": _text,
    "isMinistry": _flag, "isProvince": _flag, "isWard": _flag, "isVertical": _flag, "isOtherAgency": _flag,
    "procedureProposal": {
        "proposalNumber": _text, "decisionDate": _moment, "publicationDate": _moment, "issuingAgency": {"name": _text},
    },
}  # fmt: skip

# The database of legal documents: a row of its list has some of the fields of a detail; a provision of a tree.
_TARGET: FieldShape = {"docNum": _text, "title": _text, "issueDate": _text}
DOCUMENT: FieldShape = {
    "id": _id, "title": _text, "docNum": _text, "docType": {"name": _text}, "agencyName": _text, "documentIssues": [{"agencyName": _text}],
    "issueDate": _text, "effFrom": _text, "effTo": _text, "effStatus": {"name": _text}, "isConsolidatedDocument": _flag,
    "documentContent": {"content": _text}, "references": [{"referenceType": _count, "targetDocument": _TARGET}],
}  # fmt: skip
PROVISION: FieldShape = {"title": _text, "content": {"content": _text}}
