"""The sample publisher's findings, decided on by tests in copies of their own."""

from __future__ import annotations

from tests.queries import conftest as asked

read_home, asked_home = asked.read_home, asked.asked_home
