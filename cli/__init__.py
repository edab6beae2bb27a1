"""The `rasoat` command. Each module here holds the commands of one topic; only this package imports the other rooms."""

from cli.main import app

__all__ = ["app"]
