"""Where `rasoat` starts: the version at once, then a look at whether the rooms are ours, then the command line.

The rooms are top-level packages with everyday names. Where another package of the same name comes first on the import path, an import
deep inside would fail with somebody else's traceback; so the ground says it in one line before any room is imported.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rasoat import __version__

ROOMS = ("extractors", "validators", "search", "queries", "pipeline", "web", "cli", "dags")
_HOUSE = Path(__file__).resolve().parent.parent


def main() -> None:
    """Answer `--version`, or hand over to the command line; exit 2 where a room's name is taken."""
    if sys.argv[1:] == ["--version"]:
        print(f"rasoat {__version__}")
        return
    if said := foreign_rooms():
        print(said, file=sys.stderr)
        raise SystemExit(2)
    # By name: the ground imports no room, it only opens the door of the house it lies under.
    try:
        import_module("cli.main").app(prog_name="rasoat")
    except KeyboardInterrupt:  # stopped while the rooms were still being opened
        raise SystemExit(130) from None


def foreign_rooms() -> str:
    """One line that names every room whose name another package has taken, or that is missing; empty where the house is whole."""
    strangers = [f"{room} ({place or 'không có / missing'})" for room in ROOMS if (place := _place(room)) != _HOUSE / room]
    if not strangers:
        return ""
    return (
        f"Lỗi: gói khác chiếm tên của rasoat: {', '.join(strangers)}. Cài rasoat vào môi trường riêng (make, hoặc uv tool install) "
        f"và bỏ PYTHONPATH nếu có. / Another package has taken a name of rasoat's; install rasoat into an environment of its own."
    )


def _place(room: str) -> Path | None:
    """The folder or file that an import of this name would find."""
    spec = find_spec(room)
    if spec is None:
        return None
    found = next(iter(spec.submodule_search_locations or ()), None) or spec.origin
    return Path(found).resolve() if found else None


if __name__ == "__main__":
    main()
