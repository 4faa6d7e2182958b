"""The words of the web part: gathered from code and templates into a catalog, and compiled: `make messages`."""
