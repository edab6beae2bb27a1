"""`--help` in Vietnamese with English beside it: Typer's own words translated, commands in groups, examples below each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from rasoat.odd_characters import plain

if TYPE_CHECKING:
    from rich.text import Text

_PANELS = {
    "Bắt đầu / First steps": ("demo", "serve", "doctor"),
    "Thu thập và rà soát / Runs": ("run", "crawl", "extract", "check", "index", "import", "quality"),
    "Hỏi / Questions": ("findings", "show", "status", "search", "coverage", "cite", "effects", "read"),
    "Quyết định / Decisions": ("review", "audit"),
    "Vận hành / Operation": ("report", "metrics", "verify", "account"),
}
_EXAMPLES = {
    "demo": ("demo", "demo --publisher 8080"),
    "serve": ("serve", "serve --host 0.0.0.0 --port 80 --workers 2"),
    "doctor": ("doctor", "doctor --json"),
    "run": ("run", "run --source vbpl --source phapdien --as-of 2026-06-10"),
    "crawl": ("crawl --source vbpl --window 2026-06-01..2026-06-30",),
    "extract": ("extract",),
    "check": ("check --as-of 2026-06-10",),
    "index": ("index", "index --rebuild"),
    "import": (
        "import thu-tuc.xlsx van-ban/ --observed-on 2026-06-10",
        "import danh-muc.pdf --scans --unit lai-chau/xa-than-uyen --channel premises",
    ),
    "quality": ("quality", "quality --as-of 2026-06-10 --json"),
    "show": ("show 1.001193", "show 1.001193 --as-of 10/06/2026 --json"),
    "findings": (
        "findings --as-of 2026-06-10",
        "findings --rule CITE-01 --unit lai-chau --export phat-hien.xlsx",
        "findings --show af81424e7d --save chung-cu",
    ),
    "review": (
        "review af81424e7d --confirm",
        "review af81424e7d --dismiss historical --note 'chỉ nhắc tới'",
        "review --object 126/2020/NĐ-CP --confirm",
    ),
    "audit": ("audit --verify",),
    "status": ("status 42/2022/NĐ-CP --as-of 2026-11-22", 'status 123/2015/NĐ-CP "khoản 1 Điều 12" --svg dong-thoi-gian.svg'),
    "search": ('search "lam giay khai sinh cho con"', "search 63/2010 --target document"),
    "coverage": ("coverage --unit lai-chau", "coverage --form lai-chau/xa-than-uyen -o phieu.xlsx"),
    "cite": ('cite "Điều 5 Nghị định số 63/2010/NĐ-CP"', "cite --jsonl < cau.jsonl"),
    "effects": (
        'effects "Nghị định số 42/2022/NĐ-CP hết hiệu lực từ ngày 01/7/2026." --number 224/2026/NĐ-CP',
        "effects --jsonl < dieu.jsonl",
    ),
    "read": ("read quyet-dinh.pdf", "read danh-muc/ --jsonl"),
    "report": ("report --as-of 2026-06-10",),
    "metrics": ("metrics", "metrics --port 9464"),
    "verify": ("verify", "verify --manifest ban-ke.json --sign khoa", "verify --against ban-ke.json --signers nguoi-ky"),
}
EXAMPLES_OF_ALL = ("demo", 'search "dang ky khai sinh"', "findings --help", "--install-completion")
_TITLE = "[bold]Ví dụ / Examples[/bold]"
_USAGE = "Cách dùng / Usage: "
_HELP = "Xem hướng dẫn này / show this message"
_METAVARS = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH [THAM SỐ]..."}
_OWN_OPTIONS = {
    "--install-completion": "Cài phím Tab: gợi ý lệnh, cờ cho bash, zsh, fish / install completion for a shell",
    "--show-completion": "In đoạn mã gợi ý để tự cài / print the completion script",
}


def examples(lines: tuple[str, ...]) -> str:
    """The words below a help page, one command a line."""
    return "\n".join([_TITLE, *(f"  rasoat {line}" for line in lines)])


class _InVietnamese:
    """What Typer says by itself, in Vietnamese: headings, usage, the help option."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [_METAVARS.get(piece, piece) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_USAGE)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option

    def get_usage(self, ctx: Any) -> str:
        # Asked for by a help page and by a complaint about usage, before either writes its headings; imported here, because
        # most commands write neither.
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số / Arguments"
        rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn / Options"
        rich_utils.COMMANDS_PANEL_TITLE = "Lệnh khác / Other commands"
        rich_utils.ERRORS_PANEL_TITLE = "Lỗi / Error"
        rich_utils.RICH_HELP = "Xem [blue]'{command_path} {help_option}'[/] / try it for help."
        rich_utils.DEFAULT_STRING = "[mặc định / default: {}]"
        rich_utils.REQUIRED_LONG_STRING = "[bắt buộc / required]"
        rich_utils.highlighter = _only_words  # type: ignore[assignment] # called as the highlighter is
        return str(super().get_usage(ctx))  # type: ignore[misc]


def _only_words(text: str | Text) -> Text:
    """Typer's colours on what a complaint repeats of the words typed, without what a terminal would act upon."""
    from typer.rich_utils import OptionHighlighter

    return OptionHighlighter()(plain(text) if isinstance(text, str) else text)


class CommandInVietnamese(_InVietnamese, TyperCommand):
    """A command whose help page is Vietnamese with English beside it."""


class GroupInVietnamese(_InVietnamese, TyperGroup):
    """The program itself; the options that Typer adds are said in Vietnamese, too."""

    def get_params(self, ctx: Any) -> list[Any]:
        params = super().get_params(ctx)
        for one in params:
            if isinstance(one, TyperOption) and (said := _OWN_OPTIONS.get(one.opts[0])):
                one.help = said
        return params


def panel_of(name: str) -> str | None:
    """The group that a command stands in on the program's page."""
    return next((panel for panel, names in _PANELS.items() if name in names), None)


def translate(app: typer.Typer) -> None:
    """Give every registered command its page: Vietnamese words, a group, examples."""
    for command in app.registered_commands:
        name = command.name or ""
        command.cls = CommandInVietnamese
        command.rich_help_panel = panel_of(name)
        command.epilog = examples(_EXAMPLES[name]) if name in _EXAMPLES else None
