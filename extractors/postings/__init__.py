"""Published lists of procedures and the decisions that announce them: files → rows."""

from extractors.postings.code_catalogue import Catalogue
from extractors.postings.read_file import read_file
from extractors.postings.records import Announced, DecisionHead, DecisionPart, FileKind, FileReading, PostedRow

__all__ = ["Announced", "Catalogue", "DecisionHead", "DecisionPart", "FileKind", "FileReading", "PostedRow", "read_file"]
