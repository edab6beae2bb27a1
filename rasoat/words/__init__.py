"""The words people read for what records say: one place for each word, so that every table, page and report says the same."""

from rasoat.words.basis_words import basis, basis_sentence
from rasoat.words.effect_words import DAY_NOT_SAID, EFFECT
from rasoat.words.file_words import COUNTED, DECISION_PART, FILE_KIND, TAKEN_FOR, TEXT_FROM
from rasoat.words.labels import (
    CONFIDENCE,
    DURATION_UNIT,
    GONE_WHY,
    NO_UNIT,
    NON_ANSWER,
    PART,
    REASON,
    SETTLES,
    SEVERITY,
    STATE,
    STATUS,
    STATUS_NOTE,
    of_cited,
    part,
)
from rasoat.words.legal_texts import called, doubt, in_order, provision, provisions
from rasoat.words.posting_words import CHANNEL, POSTING_STATE, SEEN, UNIT_LEVEL
from rasoat.words.publishers import PUBLISHER, source
from rasoat.words.quotes import quoted, running
from rasoat.words.told_days import DAYS_LEFT, of_any_day, told_on
from rasoat.words.written import day, judged, number, share

__all__ = [
    "CHANNEL",
    "CONFIDENCE",
    "COUNTED",
    "DAYS_LEFT",
    "DAY_NOT_SAID",
    "DECISION_PART",
    "DURATION_UNIT",
    "EFFECT",
    "FILE_KIND",
    "GONE_WHY",
    "NON_ANSWER",
    "NO_UNIT",
    "PART",
    "POSTING_STATE",
    "PUBLISHER",
    "REASON",
    "SEEN",
    "SETTLES",
    "SEVERITY",
    "STATE",
    "STATUS",
    "STATUS_NOTE",
    "TAKEN_FOR",
    "TEXT_FROM",
    "UNIT_LEVEL",
    "basis",
    "basis_sentence",
    "called",
    "day",
    "doubt",
    "in_order",
    "judged",
    "number",
    "of_any_day",
    "of_cited",
    "part",
    "provision",
    "provisions",
    "quoted",
    "running",
    "share",
    "source",
    "told_on",
]
