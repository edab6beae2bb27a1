"""Citations: text → mentions → the documents they point at."""

from extractors.citations.find import find_mentions

__all__ = ["find_mentions"]
