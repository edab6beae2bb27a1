"""The day from which a superseded decision is one (CITE-12)."""

from __future__ import annotations

import pytest

from rasoat.records import Part, Verb


@pytest.mark.parametrize(("day", "rules"), [("2026-05-31", []), ("2026-06-01", ["CITE-12"]), ("2026-06-02", ["CITE-12"])])
def test_a_decision_is_superseded_from_the_first_day_it_is_replaced(law, desk, day, rules):
    old = law.doc("9/QĐ-BTC", "2016-05-01", issuer="Bộ Tài chính", type="Quyết định")
    new = law.doc("30/QĐ-BTC", "2026-05-10", issuer="Bộ Tài chính", type="Quyết định")
    law.effect(Verb.REPLACES, new, old, "2026-06-01")
    assert [rule for rule, *_ in desk.cite(old, Part.STEPS).rules(day)] == rules
