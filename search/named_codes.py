"""Codes that texts name things by: standards ("QCVN 02:2019/BLĐTBXH", "TCVN 5687:2010") and forms ("CT01", "TK1-TS", "NA17")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rasoat.vietnamese import fold
from search.analysis import folded

_MOST = 80  # codes of one text
# A standard's number, year and issuer; people and publishers set blanks as they like.
_STANDARD = r"(?P<family>qcvn|tcvn|tcn|qcdp)[\s:-]*(?P<number>\d{1,5}(?:-\d{1,3})?)(?:\s*:\s*(?P<year>(?:19|20)\d\d))?(?:\s*/\s*(?P<issuer>[a-z]{2,12}))?"
_STANDARDS = re.compile(rf"(?<!\w){_STANDARD}(?!\w)")
_PRINTED_STANDARD = re.compile(r"(?:QCVN|TCVN|QCĐP)[^;\n]{1,40}")
# A form's code as it is printed: capitals, figures, and parts joined by "-"; a number's symbol stands after "/" or "-".
_PRINTED_FORM = re.compile(r"(?<![\w/.:-])[A-ZĐ]{1,4}\d{1,3}[a-zđ]?(?:-[A-ZĐ0-9]{1,5})*(?![\w/])")
_FORMS = re.compile(r"(?<![\w/.:-])[a-z]{1,4}\d{1,3}[a-z]?(?:-[a-z0-9]{1,5})*(?![\w/])")
_FORM = "mau"
_SHORTEST = 3  # "A4" is paper


def codes_named(texts: Iterable[str]) -> tuple[str, ...]:
    """The tokens of all codes that texts name, in the order of the texts."""
    found: dict[str, None] = {}
    for text in texts:
        for printed in _PRINTED_STANDARD.finditer(text) if "CVN" in text or "QCĐP" in text else ():
            if one := _STANDARDS.match(fold(printed[0])):
                found.update(dict.fromkeys(_tokens(one)))
        for form in _PRINTED_FORM.findall(text):
            if len(form) >= _SHORTEST:
                found[_form_token(folded(form))] = None
        if len(found) >= _MOST:
            break
    return tuple(found)[:_MOST]


def standards_asked(text: str) -> tuple[tuple[str, ...], str]:
    """The tokens of the standards that a folded question names, and the question without them."""
    asked: list[str] = []

    def take(found: re.Match[str]) -> str:
        asked.append(next(_tokens(found)))
        return " "

    rest = _STANDARDS.sub(take, text)
    return tuple(dict.fromkeys(asked)), " ".join(rest.split())


def forms_asked(text: str) -> tuple[str, ...]:
    """The tokens of the forms that a folded question names, once numbers and provisions are taken out of it."""
    return tuple(dict.fromkeys(_form_token(form) for form in _FORMS.findall(text) if len(form) >= _SHORTEST))


def code_shown(token: str) -> str:
    """A token as people write the code: "QCVN 2:2019/BLDTBXH", "Mẫu CT01"."""
    family, _, rest = token.partition(":")
    return f"Mẫu {rest.upper()}" if family == _FORM else f"{family.upper()} {rest.upper()}"


def _tokens(found: re.Match[str]) -> Iterator[str]:
    """A standard's token with all that was said of it, and the shorter ones."""
    head = f"{found['family']}:{found['number'].lstrip('0') or found['number']}"
    if found["year"] and found["issuer"]:
        yield f"{head}:{found['year']}/{found['issuer']}"
    if found["year"]:
        yield f"{head}:{found['year']}"
    yield head


def _form_token(code: str) -> str:
    return f"{_FORM}:{code}"
