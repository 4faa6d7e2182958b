"""Search over tasks, reports, units and people: whoever asks finds what they may see."""
