"""Units, posts and who holds them when. A post answers, not a person: what somebody may do follows from it."""
