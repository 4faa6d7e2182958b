"""Webhooks: what happens to a case, told to other programs, at least once."""
