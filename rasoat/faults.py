"""A fault that nobody foresaw, in words that can be shown and counted: its class and the place in our code, never what it was raised on."""

from __future__ import annotations

from traceback import walk_tb

from rasoat.trouble import Trouble

_OURS = ("rasoat.", "extractors.", "validators.", "search.", "queries.", "pipeline.", "cli.", "dags.")


def kind_of(error: Exception) -> str:
    """The class of an error, with its module where Python itself does not have it: "KeyError", "zlib.error"."""
    module = type(error).__module__
    return type(error).__name__ if module == "builtins" else f"{module}.{type(error).__name__}"


def say_fault(error: Exception) -> str:
    """One line: a trouble's own sentence; of anything else the class, and the innermost function of ours it passed through."""
    if isinstance(error, Trouble):
        return str(error)
    frames = [frame for frame, _ in walk_tb(error.__traceback__) if frame.f_globals.get("__name__", "").startswith(_OURS)]
    named = [f"{frame.f_globals['__name__']}.{frame.f_code.co_name}" for frame in frames[-1:]]
    return str(Trouble("reader.fault", fault=", ".join([kind_of(error), *named])))
