"""An evaluation as bytes: one module for each format, the same numbers in each."""
