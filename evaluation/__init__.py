"""How right the reading is: readings held against reports that were annotated by hand."""
