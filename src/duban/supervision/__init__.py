"""The year's work under supervision as pure rules: what a case's events make of it. No database, no Django."""
