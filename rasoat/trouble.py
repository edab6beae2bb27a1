"""What goes wrong outside our code, said in one line: what, where and how to mend it."""

from __future__ import annotations


class Trouble(Exception):
    """Bad usage or input (exit 2)."""

    exit_code = 2


class SourceTrouble(Trouble):
    """A source, file or service that could not be used at all (exit 3)."""

    exit_code = 3
