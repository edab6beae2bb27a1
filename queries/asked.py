"""What people ask by name (rule, severity, state, channel, unit), brought to what the store knows; an unknown name is refused with the
nearest ones, because a misspelt filter answers "none" and none is taken for good news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from queries.nearest import nearest
from rasoat import words
from rasoat.records import Severity
from rasoat.records.postings import Channel, PostingState
from rasoat.trouble import Trouble
from rasoat.units import Unit, UnitKind, UnknownUnit, country
from rasoat.vietnamese import fold

_TELLING = 3  # letters from which a part of a name tells which one is meant


def rules_asked(given: Iterable[str]) -> tuple[str, ...]:
    """Rules by their codes, in any case and with or without the dash or the zero ("cite1" is CITE-01).

    Raises:
        Trouble: there is no such rule.
    """
    given = tuple(given)
    if not given:
        return ()
    from validators.rules import RULES  # with all that they read: only who asks for a rule waits for it
    from validators.rules.postings.posting_rules import POSTING_RULES

    known = {_rule_key(rule): rule for rule in (*RULES, *POSTING_RULES)}
    asked = {one: _rule_key(one) for one in given}
    for one, key in asked.items():
        if key not in known:
            raise _refused("quy tắc", one, key, known)
    return tuple(known[key] for key in asked.values())


def _rule_key(text: str) -> str:
    letters = "".join(letter for letter in text.upper() if letter.isalpha())
    digits = "".join(letter for letter in text if letter.isdigit())
    return letters + (str(int(digits)) if digits else "")


def severity_asked(given: str) -> Severity:
    """A severity by its name in either language.

    Raises:
        Trouble: there is no such severity.
    """
    return _by_either_name("mức độ", given, words.SEVERITY)


def state_asked(given: str) -> str:
    """The state of a finding by its name in either language.

    Raises:
        Trouble: there is no such state.
    """
    return _by_either_name("trạng thái", given, words.STATE)


def posting_state_asked(given: str) -> PostingState:
    """The state of a cell of the posting matrix by its name in either language.

    Raises:
        Trouble: there is no such state.
    """
    return _by_either_name("tình trạng công khai", given, words.POSTING_STATE)


def channel_asked(given: str) -> Channel:
    """A channel by its name in either language.

    Raises:
        Trouble: there is no such channel.
    """
    return _by_either_name("kênh", given, words.CHANNEL)


AskedCode = TypeVar("AskedCode", bound=str)  # the codes are text, those of enums too


def _by_either_name(what: str, given: str, names: Mapping[AskedCode, str]) -> AskedCode:
    """The code whose Vietnamese word, or whose own letters, were typed; case, marks, dashes and underscores tell nothing apart."""
    known = {**{_key(word): code for code, word in names.items()}, **{_key(code): code for code in names}}
    typed = _key(given)
    # A part tells too where it can be one name only: "trụ sở" of "trụ sở, nơi tiếp nhận".
    meant = {known[typed]} if typed in known else {code for said, code in known.items() if len(typed) >= _TELLING and typed in said}
    if len(meant) == 1:
        return meant.pop()
    raise _refused(what, given, typed, {said: f"{names[code]} ({code})" for said, code in known.items()})


def _key(text: str) -> str:
    return fold(text).replace("_", " ").replace("-", " ")


def _refused(what: str, given: str, key: str, shown: Mapping[str, str]) -> Trouble:
    """What to say of a name that is none; `shown` is how each known one is told to a person."""
    near = nearest(key, shown)
    listed = ", ".join(dict.fromkeys(shown[one] for one in near or shown))
    return Trouble("question.name", what=what, given=given, suggested=f"{'gần nhất' if near else 'chỉ có'}: {listed}")


def unit_asked(name: str) -> Unit:
    """A unit by its id or by a name of any time.

    Raises:
        Trouble: no unit has this name, or several have; the nearest are named.
    """
    units = country()
    try:
        return units.find(name)
    except UnknownUnit as error:
        heads = {fold(one.name): units.name(one.id) for one in units if one.kind in (UnitKind.MINISTRY, UnitKind.PROVINCE)}
        others = {fold(units.name(one.id)): units.name(one.id) for one in units}
        near = [heads[key] for key in nearest(fold(name), heads)] or [others[key] for key in nearest(fold(name), others)]
        if not near:
            raise
        raise UnknownUnit("unit.unknown_near", said=str(error), near="; ".join(near)) from error
