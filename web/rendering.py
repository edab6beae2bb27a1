"""Templates: whatever was crawled is escaped, and a name that a page forgot is a fault, not an empty place."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
    made.filters.update(day=words.day, number=words.number, provision=words.provision, source=words.source)
    made.globals.update(static=static_address, languages=LANGUAGES, **SHOWN_WORDS)
    return made


def rendered(language: str, template: str, context: dict[str, Any]) -> str:
    """A whole page."""
    return environment(language).get_template(template).render(context)


def rendered_part(language: str, template: str, block: str, context: dict[str, Any]) -> str:
    """One block of a page's template: what htmx puts in place of the old one."""
    found = environment(language).get_template(template)
    return "".join(found.blocks[block](found.new_context(context)))
