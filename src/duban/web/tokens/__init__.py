"""Tokens: what lets a program ask in somebody's stead, for as long and as far as it was given."""
