"""The command's front door: its topics put together. Rooms are imported inside the commands, so that help is instant."""

from __future__ import annotations

import logging

import typer

from cli import (
    account_command,
    coverage_command,
    demo_command,
    effects_command,
    findings_command,
    operating,
    quality_command,
    questions,
    read_command,
    review_command,
    running,
    serve_command,
    show_command,
    verify_command,
)
from cli.frame import out
from cli.printing import TextFormatter
from cli.vietnamese_help import EXAMPLES_OF_ALL, GroupInVietnamese, examples, translate
from rasoat import __version__

app = typer.Typer(
    name="rasoat",
    help="Rà Soát: thủ tục nào dựa vào văn bản đã hết hiệu lực, từ bao giờ, do điều khoản nào. / Which procedure relies on dead law.",
    cls=GroupInVietnamese,
    epilog=examples(EXAMPLES_OF_ALL),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for topic in (
    demo_command,
    running,
    questions,
    show_command,
    findings_command,
    review_command,
    coverage_command,
    effects_command,
    read_command,
    quality_command,
    operating,
    account_command,
    verify_command,
    serve_command,
):
    topic.add_to(app)
translate(app)


def _version(asked: bool) -> None:
    if asked:
        out.say(f"rasoat {__version__}")
        raise typer.Exit


@app.callback()
def main(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Phiên bản / version"),
) -> None:
    """Rà soát căn cứ pháp lý và việc công khai thủ tục hành chính."""
    from rasoat.store.write_turns import announce

    announce(f"{ctx.info_name} {ctx.invoked_subcommand}")
    told = logging.StreamHandler()
    told.setFormatter(TextFormatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[told])
    logging.getLogger("elastic_transport").setLevel(logging.ERROR)  # a server that is down is one line of ours
