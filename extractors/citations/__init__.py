"""Citations: text → mentions → the documents they point at."""

from extractors.citations.find import find_mentions
from extractors.citations.register import Context, Register
from extractors.citations.render import render

__all__ = ["Context", "Register", "find_mentions", "render"]
