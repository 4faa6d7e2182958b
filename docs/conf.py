"""How the documentation is built: `make docs`. Nothing is fetched, and the pages fetch nothing either."""

from __future__ import annotations

from importlib.metadata import version as installed

project = "Duban 督办"
author = "The Duban authors"
copyright = author
version = release = installed("duban")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["images"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["misc.highlighting_failure"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "undoc-members": True}

html_theme = "furo"
html_title = "Duban 督办"
html_show_sphinx = False
html_copy_source = False
