"""Duban (督办): a city government's year from promise to proof."""
