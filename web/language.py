"""The language of the frame: Vietnamese, which is how the templates are written, or English below `/en`. What publishers wrote stays as it is."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

LOCALE = Path(__file__).parent / "locale"
VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = {VIETNAMESE: "Tiếng Việt", ENGLISH: "English"}
_PREFIX = f"/{ENGLISH}"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; Vietnamese needs none."""
    if language == VIETNAMESE:
        return gettext.NullTranslations()
    with (LOCALE / language / "LC_MESSAGES" / "web.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def address_in(language: str, address: str) -> str:
    """An address of ours in a language."""
    return f"{_PREFIX}{'' if address == '/' else address}" or "/" if language == ENGLISH else address


class LanguagePrefix:
    """Takes the language from the beginning of the path: below it every address is the same."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"]
            english = path == _PREFIX or path.startswith(f"{_PREFIX}/")
            scope = {**scope, "language": ENGLISH if english else VIETNAMESE, "path": (path[len(_PREFIX) :] or "/") if english else path}
        await self._app(scope, receive, send)
