"""What guards publication: the contract of every record table and of every hand-over, judged before the index is built."""

from pipeline.reports.quality_page import write_page
from validators.quality.expectation import Tier
from validators.quality.gate import expectations, gate, states
from validators.quality.verdict import Broken, Row, Verdict

__all__ = ["Broken", "Row", "Tier", "Verdict", "expectations", "gate", "states", "write_page"]
