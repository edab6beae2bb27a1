"""Which document an address or a program means: by its printed id, its number however it is written, or the short form of both."""

from __future__ import annotations

from collections.abc import Sequence

from queries.document_address import document_slug, documents_at
from queries.published_moment import PinnedWorkspace
from rasoat.records import LegalDocument
from rasoat.trouble import Trouble


class SeveralDocuments(Trouble):
    """Several documents bear a number: whoever asked has to choose one of `documents`."""

    def __init__(self, name: str, documents: Sequence[LegalDocument]) -> None:
        super().__init__("document.same_number", number=name, found=", ".join(one.id for one in documents[:5]))
        self.name, self.documents = name, tuple(documents)


def document_named(moment: PinnedWorkspace, name: str) -> LegalDocument:
    """The one document that a name means.

    Raises:
        Trouble: none is known by this name.
        SeveralDocuments: several bear the number.
    """
    answers = moment.answers
    keys = answers.find(name)
    found = [document for key in keys if (document := answers.document(key))] or documents_at(moment.rows, name)
    if not found:
        raise Trouble("document.unknown", number=name)
    if len(found) > 1:
        raise SeveralDocuments(name, found)
    return found[0]


def document_path(document_id: str) -> str:
    """The address of a document's page."""
    return f"/vb/{document_slug(document_id)}"
