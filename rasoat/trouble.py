"""What goes wrong outside our code: a code with its fields, and one neutral sentence. How to mend it, the door that asked adds."""

from __future__ import annotations

from functools import partial
from typing import Any

from rasoat.addresses import masked
from rasoat.trouble_words import sentence


class Trouble(Exception):
    """Bad usage or input (exit 2).

    `code` never changes its meaning; `fields` are plain values, no secret of an address among them; `str()` is one line, Vietnamese
    first, without any door's terms.
    """

    exit_code = 2

    def __init__(self, code: str, /, **fields: Any) -> None:
        fields = {name: masked(value) if isinstance(value, str) else value for name, value in fields.items()}
        super().__init__(sentence(code, **fields))
        self.code, self.fields = code, fields

    def __reduce__(self) -> tuple[Any, ...]:
        """Troubles cross the border between processes."""
        return partial(type(self), self.code, **self.fields), ()


class SourceTrouble(Trouble):
    """A source, file or service that could not be used at all (exit 3)."""

    exit_code = 3
