"""The citation engine as a spaCy pipeline component.

`nlp.add_pipe("rasoat_citations")` puts a `Span` for each mention into `doc.spans["citations"]` and, where tokens allow,
into `doc.ents` (label CITATION); `doc._.citations` are the mentions themselves, exact to the character even where a
glued cell makes no token boundary. `blank_vi()` gives the pipeline whose tokens keep "63/2010/NĐ-CP" whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extractors.citations.grammar.find import find_mentions
from rasoat.records import Mention

LABEL = "CITATION"
_TOKEN = re.compile(r"\d[\d.]*[A-Za-zĐđ]?(?:[/-][\w&]+)+|\w+|[^\w\s]|\s+")


class NumberTokenizer:
    """Splits at white space and punctuation, keeps document numbers whole, loses no character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for found in _TOKEN.finditer(text):
            token = found[0]
            if token[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
                token = token[1:]
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


def _attributes() -> None:
    if not Doc.has_extension("citations"):
        Doc.set_extension("citations", default=())
    for name in ("mention", "number", "issued_on", "issuer", "provisions", "divisions", "role"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


@Language.factory("rasoat_citations")
def rasoat_citations(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """The component: reads `doc.text`, sets `doc._.citations`, `doc.spans["citations"]` and `doc.ents`."""
    _attributes()
    return mark


def mark(doc: Doc) -> Doc:
    """Puts the mentions of the document's text on the document."""
    mentions = find_mentions(doc.text)
    doc._.citations = tuple(mentions)
    spans = [span for mention in mentions if (span := _span(doc, mention)) is not None]
    doc.spans["citations"] = spans
    apart: list[Span] = []
    for span in spans:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    doc.set_ents([*apart, *(entity for entity in doc.ents if all(entity.end <= span.start or span.end <= entity.start for span in apart))])
    return doc


def _span(doc: Doc, mention: Mention) -> Span | None:
    span = doc.char_span(mention.start, mention.end, label=LABEL, alignment_mode="expand")
    if span is None:
        return None
    span._.mention = mention
    span._.number = mention.number
    span._.issued_on = mention.issued_on
    span._.issuer = mention.issuer
    span._.provisions = mention.provisions
    span._.divisions = mention.divisions
    span._.role = mention.role
    return span


def blank_vi() -> Language:
    """An empty Vietnamese pipeline with our tokenizer: no segmenter of words is needed."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = NumberTokenizer(nlp.vocab)
    return nlp
