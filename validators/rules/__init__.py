"""The rules: a procedure and what it cites, judged by the validity graph, give findings.

    world = World(graph, horizon_days=120)
    found = check_procedure(procedure, citations, world, as_of, known_at)   # CITE-*, AUTH-01
    items = check_documents(world, as_of, known_at)                         # REVIEW, CONS-01, once per document

A rule is a row of the catalogue and one pure function. Nothing is stored here and no clock is asked.
"""

from validators.rules.citations.overrides import index_overrides
from validators.rules.rule_catalogue import RULES, Rule
from validators.rules.run_rules import check_documents, check_procedure
from validators.rules.siblings import siblings
from validators.rules.world import World

__all__ = ["RULES", "Rule", "World", "check_documents", "check_procedure", "index_overrides", "siblings"]
