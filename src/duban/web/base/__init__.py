"""What every screen is made of: the page's frame, its style and script, forms, error pages, languages."""
