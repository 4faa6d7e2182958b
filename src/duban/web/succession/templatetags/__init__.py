"""Template tags of succession."""
