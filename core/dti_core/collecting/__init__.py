"""sources → facts: read tidy files, check every row, tell every fault at once."""

from dti_core.collecting.collect import collect

__all__ = ["collect"]
