"""The checks by family, one module for each."""
