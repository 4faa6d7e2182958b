"""What is run by hand to keep the package's data fresh; nothing in the package imports it."""
