"""Growth: levels, rates, contributions, shares and averages of monthly, quarterly and annual statistics."""
