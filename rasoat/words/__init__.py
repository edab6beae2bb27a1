"""The words people read for what records say: one place for each word, so that every table, page and report says the same."""

from rasoat.words.basis_words import basis, basis_sentence
from rasoat.words.labels import CHANNEL, CONFIDENCE, DURATION_UNIT, NON_ANSWER, PART, REASON, SEVERITY, STATE, STATUS, part, source
from rasoat.words.legal_texts import called, doubt, provision
from rasoat.words.written import day, number, share

__all__ = [
    "CHANNEL",
    "CONFIDENCE",
    "DURATION_UNIT",
    "NON_ANSWER",
    "PART",
    "REASON",
    "SEVERITY",
    "STATE",
    "STATUS",
    "basis",
    "basis_sentence",
    "called",
    "day",
    "doubt",
    "number",
    "part",
    "provision",
    "share",
    "source",
]
