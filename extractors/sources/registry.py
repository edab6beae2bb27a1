"""The publishers that are asked, by name. Adding one: a module here with a `SOURCE`, and a line below."""

from __future__ import annotations

from extractors.sources import dichvucong, phapdien, vbpl
from extractors.sources.source import Source

SOURCES: dict[str, Source] = {source.name: source for source in (dichvucong.SOURCE, phapdien.SOURCE, vbpl.SOURCE)}
