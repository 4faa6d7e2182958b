"""Commands of `duban manage`."""
