"""What guards publication: the contract of every record table and of every hand-over, judged before the index is built."""

from validators.quality.expectation import GateTier
from validators.quality.gate import expectations, gate, states
from validators.quality.touched_rows import TouchedRows, gate_touched
from validators.quality.verdict import Broken, GateVerdict, Row

__all__ = ["Broken", "GateTier", "GateVerdict", "Row", "TouchedRows", "expectations", "gate", "gate_touched", "states"]
