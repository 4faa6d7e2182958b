"""Tasks and whatever else is supervised: their events, kept for ever, and what the rules make of them."""
