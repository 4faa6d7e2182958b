"""The sample city of `duban serve --demo`: units, accounts that everybody knows, its report, and some months of work."""
