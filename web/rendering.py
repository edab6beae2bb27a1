"""Templates: whatever was crawled is escaped, and a name that a page forgot is a fault, not an empty place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from queries.document_address import document_slug
from rasoat import words
from web.language import LANGUAGES, translations
from web.shown_words import SHOWN_WORDS
from web.static_files import static_address

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(language: str) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        day=words.day,
        number=words.number,
        provision=words.provision,
        provisions=words.provisions,
        source=source_name,
        size=size,
        capitalize_first=capitalized,
        alike=alike,
    )
    made.globals.update(static=static_address, languages=LANGUAGES, slug=document_slug, quoted=words.quoted, **SHOWN_WORDS)
    return made


def rendered(language: str, template: str, context: dict[str, Any]) -> str:
    """A whole page."""
    return environment(language).get_template(template).render(context)


def rendered_part(language: str, template: str, block: str, context: dict[str, Any]) -> str:
    """One block of a page's template: what htmx puts in place of the old one."""
    found = environment(language).get_template(template)
    return "".join(found.blocks[block](found.new_context(context)))


def size(count: int) -> str:
    """A number of bytes for people: "1,3 MB"."""
    return f"{count / 1e6:.1f} MB".replace(".", ",") if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"


def capitalized(text: str) -> str:
    """A sentence with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def source_name(name: str) -> str:
    """A source as people know it; what an office handed over has no publisher."""
    return "tệp được nộp" if name == "import" else words.source(name)


def alike(lines: Iterable[object], *names: str) -> list[list[object]]:
    """Lines that say the same but for how something is handed in, together, in the order of the first of each."""
    found: dict[tuple[object, ...], list[object]] = {}
    for one in lines:
        found.setdefault(tuple(getattr(one, name) for name in names), []).append(one)
    return list(found.values())
