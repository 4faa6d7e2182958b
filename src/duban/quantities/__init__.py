"""Numerals, units, ranges and qualifiers as official Chinese writes them → Quantity."""
