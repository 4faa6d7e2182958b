"""The HTTP API: everything that the screens do, for programs, by tokens."""
