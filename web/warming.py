"""What would make the first person wait: the index, the lexicon and the templates, loaded while nobody asks."""

from __future__ import annotations

from datetime import date

import structlog

from queries.procedure_card import procedure_card
from rasoat.trouble import Trouble
from web.language import LANGUAGES
from web.published_store import PublishedStore
from web.rendering import TEMPLATES, environment
from web.static_files import frame_digest, static_files

_ASKED = "dang ky khai sinh"  # without marks: everything that understands a question has a part in it


def warm(store: PublishedStore, day: date) -> None:
    """Ask once what everybody asks. What does not answer is told to whoever asks for it."""
    static_files()
    frame_digest()
    try:
        found = store.search.page(_ASKED, "procedure", 1, facets=True)
        store.search.suggestions(_ASKED, 1)
        with store.moment() as moment:
            for hit in found.hits:
                procedure_card(moment, hit.entry.key, day)
    except Trouble as trouble:
        structlog.get_logger().warning("web.no_index", code=trouble.code)
    for language in LANGUAGES:
        for path in sorted(TEMPLATES.glob("*.html")):
            environment(language).get_template(path.name)
    with store.moment() as moment:
        store.age(moment)
