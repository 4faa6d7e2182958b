"""Files that people bring: checked by what is in them, kept once under their hash, handed out only as downloads."""
