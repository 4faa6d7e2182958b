"""The list of places, made anew from published packages and our own dated corrections: `make places`."""
