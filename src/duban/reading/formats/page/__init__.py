"""One reading as one web page: the report with its figures marked beside the table of them.

`render` gives a single file that needs nothing else: no server, no network, no font. The report's text
stands in it exactly, and every word of it is escaped.

What has more to say of a report than its reading (a verification) gives an `Addition`: a panel and its marks.

- `marks.py` lays the findings over the text, `outline.py` gives the tree of headings, `panels.py` the tables;
- `page.html.jinja` is the frame, `page.css` its looks, `page.js` what moves; `strings.yaml` its words.
"""

from __future__ import annotations

from duban.reading.formats.page.marks import Mark
from duban.reading.formats.page.page import Addition, render
from duban.reading.formats.page.panels import Cell, Panel, Row

__all__ = ["Addition", "Cell", "Mark", "Panel", "Row", "render"]
