"""The English frame: every sentence of the templates and every word they show has one, and none of them is Vietnamese."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from web.language import ENGLISH, LANGUAGES, LOCALE, address_in, translations
from web.rendering import TEMPLATES
from web.shown_words import SHOWN_WORDS

FOLDER = LOCALE / ENGLISH / "LC_MESSAGES"
HOW = "RASOAT_UPDATE_SNAPSHOTS=1 .venv/bin/pytest tests/web/test_language.py, then write the English beside what lacks it and run it again"
_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue does not change with the day it was compiled
_JINJA = [("**.html", "jinja2.ext:babel_extract"), ("**.xml", "jinja2.ext:babel_extract")]
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_NAMES = re.compile(r"“[^”]*”|Rà Soát")  # the program's name, and words quoted as they stand


def told() -> dict[str, str]:
    """Every message that a page may show, and the catalogue it stands in: that of the first template that shows it, or that of words."""
    found = {word: "words" for name, table in SHOWN_WORDS.items() if name != "STATUS_SHAPE" for word in table.values() if word}
    for file, _, message, _, _ in sorted(extract_from_dir(str(TEMPLATES), _JINJA, {}), key=lambda one: (one[0] != "frame.html", one[0])):
        for one in [message] if isinstance(message, str) else message:
            found.setdefault(one, file.partition(".")[0])
    return found


def catalogues() -> Iterator[Catalog]:
    for path in sorted(FOLDER.glob("*.po")):
        yield read_po(io.BytesIO(path.read_bytes()), locale=ENGLISH)


def english() -> dict[str, str]:
    return {str(one.id): str(one.string) for catalogue in catalogues() for one in catalogue if one.id}


def compiled() -> bytes:
    whole, made = Catalog(locale=ENGLISH, charset="utf-8", fuzzy=False, creation_date=_EPOCH, revision_date=_EPOCH), io.BytesIO()
    for message, said in sorted(english().items()):
        whole.add(message, said)
    write_mo(made, whole)
    return made.getvalue()


@pytest.fixture(scope="module", autouse=True)
def _renewed() -> None:
    """Where asked: the catalogues have exactly the messages that pages show, new ones without a translation; the compiled one is they."""
    if not os.environ.get("RASOAT_UPDATE_SNAPSHOTS"):
        return
    known, shown = english(), told()
    for old in FOLDER.glob("*.po"):
        old.unlink()
    for name in sorted({*shown.values()}):
        lines = [_HEAD]
        for message in sorted(one for one, where in shown.items() if where == name):
            lines.append(f"msgid {_quoted(message)}\nmsgstr {_quoted(known.get(message, ''))}\n")
        (FOLDER / f"{name}.po").write_text("\n".join(lines), "utf-8")
    (FOLDER / "web.mo").write_bytes(compiled())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def test_every_message_has_its_english() -> None:
    lacking = sorted(message for message in told() if not english().get(message))
    assert not lacking, f"{len(lacking)} messages without English, first: {lacking[:5]}; {HOW}"
    assert set(english()) == set(told()), f"messages that no page shows: {sorted(set(english()) - set(told()))[:5]}; {HOW}"


def test_the_english_is_not_vietnamese() -> None:
    assert {one: said for one, said in english().items() if _VIETNAMESE.search(_NAMES.sub("", said))} == {}


def test_a_message_and_its_english_take_the_same_fields() -> None:
    field = re.compile(r"%\(\w+\)s")
    assert [one for one, said in english().items() if set(field.findall(one)) != set(field.findall(said))] == []


def test_the_compiled_catalogue_is_the_one_that_is_written() -> None:
    assert (FOLDER / "web.mo").read_bytes() == compiled(), HOW
    assert all(translations(ENGLISH).gettext(message) == said for message, said in english().items())


def test_vietnamese_stands_in_the_templates_themselves() -> None:
    assert all(translations("vi").gettext(message) == message for message in told())


@pytest.mark.parametrize(("address", "english_address"), [("/", "/en"), ("/tt/1.001193", "/en/tt/1.001193")])
def test_an_address_has_its_twin_below_the_language(address: str, english_address: str) -> None:
    assert address_in("vi", address) == address
    assert address_in(ENGLISH, address) == english_address
    assert set(LANGUAGES) == {"vi", ENGLISH}
