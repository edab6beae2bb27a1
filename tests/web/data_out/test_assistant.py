"""The tools of assistants, asked through the SDK's own client over standard input and output of `rasoat serve --mcp`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client
from mcp.types import CallToolResult

from cli.demo_command import DEMO_DAY
from queries.contract import ProcedureCard, StatusAnswer

pytestmark = pytest.mark.slow
DAY = str(DEMO_DAY)
RASOAT = Path(sys.executable).with_name("rasoat")


def asked(home: Path, ask: Callable[[Client], Awaitable[None]]) -> None:
    """One session with a server of its own."""

    async def session() -> None:
        surroundings = {**os.environ, "RASOAT_HOME": str(home)}
        for name in ("RASOAT_DATABASE_URL", "RASOAT_SEARCH_ENGINE"):
            surroundings.pop(name, None)
        started = StdioServerParameters(command=str(RASOAT), args=["serve", "--mcp"], env=surroundings)
        async with Client(stdio_client(started)) as client:
            await ask(client)

    anyio.run(session)


def told(result: CallToolResult) -> dict[str, Any]:
    assert result.structured_content is not None
    return result.structured_content


def test_an_assistant_gets_a_clause_and_a_day_or_a_named_cannot_tell(web_home: Path) -> None:
    async def ask(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {one.name for one in tools} >= {"find_procedure", "procedure", "document_status", "who_cites", "expiring", "unjudged"}
        assert all(one.annotations and one.annotations.read_only_hint and one.output_schema for one in tools)

        ended = told(await client.call_tool("document_status", {"number": "15/2015/TT-BTP", "as_of": "22/11/2026"}))
        assert (ended["status"], ended["as_of"], ended["evidence"][0]["document"]) == ("expired", DAY, "04/2020/TT-BTP")
        StatusAnswer.model_validate(ended)
        part = told(await client.call_tool("document_status", {"number": "60/2014/QH13", "provision": "dieu-1", "as_of": "2027-03-01"}))
        assert part["status"] == "expired"
        silent = await client.call_tool("document_status", {"number": "99/1999/NĐ-CP", "as_of": DAY})
        assert (silent.is_error, told(silent)["status"]) == (False, "unknown_document")

        found = told(await client.call_tool("find_procedure", {"text": "dang ky ket hon", "limit": 3}))
        code = found["hits"][0]["key"]
        card = ProcedureCard.model_validate(told(await client.call_tool("procedure", {"code": code, "as_of": DAY})))
        assert card.legal_basis
        assert card.parts == {}
        citing = told(await client.call_tool("who_cites", {"number": "60/2014/QH13", "as_of": DAY}))
        assert citing["procedures"] == len({one["procedure"] for one in citing["items"]}) > 0
        ahead = told(await client.call_tool("expiring", {"as_of": DAY}))
        assert "60/2014/QH13" in {one["document"] for one in ahead["items"]}
        unjudged = told(await client.call_tool("unjudged", {"as_of": DAY, "limit": 1}))
        assert len(unjudged["items"]) == 1 <= unjudged["total"]
        assert told(await client.call_tool("ended", {"as_of": DAY, "days": 366}))["days"] == 366

    asked(web_home, ask)


def test_bad_input_is_refused_by_code_and_the_session_goes_on(web_home: Path) -> None:
    refused = [
        ("document_status", {"number": "1.000894"}, "document.is_procedure"),
        ("document_status", {"number": " "}, "question.number"),
        ("document_status", {"number": "60/2014/QH13", "as_of": "hôm qua"}, "question.day"),
        ("document_status", {"number": "60/2014/QH13", "provision": "../../etc/passwd"}, "question.provision"),
        ("procedure", {"code": "60/2014/QH13"}, "procedure.is_document"),
        ("procedure", {"code": "x" * 100_000}, "procedure.unknown"),
        ("who_cites", {"number": "99/1999/NĐ-CP"}, "document.unknown"),
    ]

    async def ask(client: Client) -> None:
        for name, given, code in refused:
            result = await client.call_tool(name, given)
            assert (result.is_error, told(result)["code"]) == (True, code)
        for name, given in (("unjudged", {"limit": "x"}), ("who_cites", {}), ("no_such_tool", {})):
            assert (await client.call_tool(name, given)).is_error
        within = await client.call_tool("unjudged", {"limit": 10**9, "as_of": DAY})
        assert len(told(within)["items"]) <= 50

    asked(web_home, ask)


def test_a_store_that_cannot_be_read_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    done = subprocess.run(
        [RASOAT, "serve", "--mcp"],
        env={**os.environ, "RASOAT_HOME": str(tmp_path), "RASOAT_DATABASE_URL": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip()
