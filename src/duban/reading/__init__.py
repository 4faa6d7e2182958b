"""Document → Reading: statements, figures and distinctions. A claim keeps the report's own words."""
