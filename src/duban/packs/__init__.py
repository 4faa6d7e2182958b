"""Packs: one domain each, its tables, parameters, measures and cases. Loaded by entry point, never imported."""
