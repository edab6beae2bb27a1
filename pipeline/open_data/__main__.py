"""The process that makes the set of a day (`python -m pipeline.open_data 2026-11-29`; today where no day is given): beside the pages, and
after them where there is one processor for both."""

from __future__ import annotations

import os
import sys
from datetime import date

from pipeline.clock import today
from pipeline.open_data.making import make_open_data
from rasoat.logs import set_up
from rasoat.settings import load_settings
from rasoat.trouble import Trouble
from rasoat.workspace import Workspace


def main(words: list[str]) -> int:
    """Make it; what goes wrong is one line on standard error."""
    os.nice(10)
    try:
        settings = load_settings()
        set_up(settings.log_level)
        made = make_open_data(Workspace(settings), date.fromisoformat(words[0]) if words else today())
    except (Trouble, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 3
    print(f"{made.as_of} {made.publication} {len(made.files)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
