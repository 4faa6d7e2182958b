"""Indicators, units, places and bodies: dated, sourced, found by any of their names."""

from duban.catalogue.entries import CatalogueError, Indicator, indicator, indicators
from duban.catalogue.linking import Link, Reason, link

__all__ = ["CatalogueError", "Indicator", "Link", "Reason", "indicator", "indicators", "link"]
