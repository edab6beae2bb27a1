"""Which document an address or a program means: by its printed id, its number however it is written, or the short form of both."""

from __future__ import annotations

from dataclasses import dataclass

from queries.document_slugs import documents_of_slug, slug_of_id
from queries.published_moment import PinnedWorkspace
from rasoat.records import LegalDocument
from rasoat.trouble import Trouble


@dataclass(frozen=True, slots=True)
class SeveralDocuments(Exception):
    """Several documents bear a number: whoever asked has to choose."""

    name: str
    documents: tuple[LegalDocument, ...]


def document_named(moment: PinnedWorkspace, name: str) -> LegalDocument:
    """The one document that a name means.

    Raises:
        Trouble: none is known by this name.
        SeveralDocuments: several bear the number.
    """
    answers = moment.answers
    keys = answers.find(name)
    found = [document for key in keys if (document := answers.document(key))] or documents_of_slug(moment.rows, name)
    if not found:
        raise Trouble("document.unknown", number=name)
    if len(found) > 1:
        raise SeveralDocuments(name, tuple(found))
    return found[0]


def document_path(document_id: str) -> str:
    """The address of a document's page."""
    return f"/vb/{slug_of_id(document_id)}"
