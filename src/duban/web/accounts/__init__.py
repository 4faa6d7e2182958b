"""Who can sign in, and how: passwords, a second factor, an office's own provider; every attempt is on record."""
