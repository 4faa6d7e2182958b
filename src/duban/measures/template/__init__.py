"""Hotline requests: how many came in, and what share was settled within the time limit. Make it your own."""
