"""A ledger as a static site: places, indicators, reports and what became of their promises, in Chinese and English.

- `source.py` gives the plain records (`records.py`) that everything else is made from;
- `addresses.py` says where each page and each piece of evidence stands; `views.py` puts promises and values into words;
- `pages.py` makes the pages out of `templates/`, with `charts.py`, `report_text.py` and the words of `strings.yaml`;
- `build.py` writes them into a folder (`folder.py`) that appears whole or not at all.
"""
