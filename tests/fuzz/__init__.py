"""Mutated Go through all rules, fixes and reports; see `benchmarks/fuzz.py` for long runs."""
