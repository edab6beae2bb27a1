"""Clauses of law become typed effects: entry into force, replacement, repeal (whole or of provisions), suspension …"""

from extractors.effects.clause_reading import read_clauses
from extractors.effects.clauses import ClauseEffect, SourceHead
from extractors.effects.first_look import may_act
from extractors.effects.resolving import ArticleEffects, Doubt, UnresolvedClause, effects_of, placed, read_article

__all__ = [
    "ArticleEffects", "ClauseEffect", "Doubt", "SourceHead", "UnresolvedClause", "effects_of", "may_act", "placed", "read_article", "read_clauses",
]  # fmt: skip
