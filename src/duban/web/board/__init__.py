"""All work at a glance: the office's board, and the page on which a leader sees what is red, why, and whose it is."""
