"""Citations: text → mentions → the documents they point at."""

from extractors.citations.grammar.find import find_mentions
from extractors.citations.render import render
from extractors.citations.resolution.document_register import Context, DocumentRegister

__all__ = ["Context", "DocumentRegister", "find_mentions", "render"]
