"""What every answer's shape shares."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """What all shapes share: frozen, and printed by the names that programs know ("from", not a Python word)."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, serialize_by_alias=True)

    def as_json(self) -> dict[str, Any]:
        """Plain values, ready for any JSON writer."""
        return self.model_dump(mode="json", exclude_unset=True)
