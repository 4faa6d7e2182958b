"""Indicators, units, places and bodies: dated, sourced, found by any of their names."""
