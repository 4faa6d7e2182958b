"""What the templates of the demonstration ask for."""
