"""Whom the rows of published findings are computed for, as their `owner` column begins; what follows is a code, a key, a unit or a day."""

OF_PROCEDURE = "tt:"  # what a procedure's citations and bodies find
OF_DOCUMENT = "vb:"  # what a document finds by itself
OF_UNIT = "posting:"  # what is seen at a unit
OF_DECISIONS = "decided:"  # what decisions owe of a procedure
OF_ONE_DAY = "day:"  # what a store of before held of each checked day
AUDITED = (OF_UNIT, OF_DECISIONS)  # the posting audit: subject a unit, object a procedure
