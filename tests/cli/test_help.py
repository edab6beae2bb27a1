"""Help is Vietnamese with English beside it, in groups and with examples; the Tab key completes in bash, zsh and fish."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import pytest
import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from cli.main import app

GROUP = typer.main.get_command(app)
assert isinstance(GROUP, TyperGroup)
COMMANDS = {name: one for name, one in GROUP.commands.items() if isinstance(one, TyperCommand)}
ENGLISH_OF_TYPER = re.compile(
    r"Usage:(?<!/ Usage:)|─ Options|─ Arguments|─ Commands|Show this message|\[default:|\[required\]|OPTIONS|ARGS"
)
BEGUN = [sys.executable, "-m", "rasoat.start"]


def page(*words: str) -> str:
    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="rasoat")
    assert shown.exit_code == 0
    return shown.output


def asked(**environment: str) -> str:
    done = subprocess.run(BEGUN, capture_output=True, text=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_everything_in_both_languages(name: str) -> None:
    command = COMMANDS[name]
    said = [command.help, *(one.help for one in command.params if isinstance(one, TyperOption | TyperArgument))]
    assert [one for one in said if " / " not in (one or "")] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_group_and_examples_that_it_would_take(name: str) -> None:
    command = COMMANDS[name]
    missing = "cli/vietnamese_help.py: give it a group in _PANELS and a line in _EXAMPLES"
    assert command.rich_help_panel, missing
    lines = [line.strip() for line in (command.epilog or "").splitlines()[1:]]
    assert lines, missing
    for line in lines:
        program, called, *words = shlex.split(line.partition(" <")[0])
        assert (program, called) == ("rasoat", name)
        command.make_context(name, words, resilient_parsing=False)  # raises where an option or a value is none


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
def test_no_page_has_a_heading_in_english_only(words: tuple[str, ...]) -> None:
    shown = page(*words)
    assert "Cách dùng / Usage: rasoat" in shown
    assert ENGLISH_OF_TYPER.findall(shown) == []


def test_a_wrong_option_is_answered_in_vietnamese() -> None:
    done = subprocess.run([*BEGUN, "search", "--nope"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Cách dùng / Usage: rasoat search" in done.stderr
    assert "Lỗi / Error" in done.stderr
    assert "--nope" in done.stderr


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o default -F"), ("zsh", "#compdef rasoat"), ("fish", "complete --command rasoat")]
)
def test_the_completion_of_each_shell_is_shown(shell: str, mark: str) -> None:
    told = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # the shell is named, whatever runs the tests
    done = subprocess.run([*BEGUN, "--show-completion", shell], capture_output=True, text=True, env=told)
    assert done.returncode == 0, done.stderr
    assert mark in done.stdout
    assert "_RASOAT_COMPLETE" in done.stdout


def test_bash_completes_commands_and_options() -> None:
    assert asked(_RASOAT_COMPLETE="complete_bash", COMP_WORDS="rasoat fi", COMP_CWORD="1").split() == ["findings"]
    options = asked(_RASOAT_COMPLETE="complete_bash", COMP_WORDS="rasoat findings --ex", COMP_CWORD="2").split()
    assert options == ["--export"]


def test_zsh_completes_commands_with_what_they_do() -> None:
    said = asked(_RASOAT_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="rasoat fi")
    assert '"findings":"Xem, lọc, xuất phát hiện' in said


def test_fish_completes_commands_with_what_they_do() -> None:
    said = asked(_RASOAT_COMPLETE="complete_fish", _TYPER_COMPLETE_ARGS="rasoat fi", _TYPER_COMPLETE_FISH_ACTION="get-args")
    assert said.startswith("findings\tXem, lọc, xuất phát hiện")
