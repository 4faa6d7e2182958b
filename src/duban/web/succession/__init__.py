"""Units that are renamed, merged or dissolved, posts that are given to somebody else; and the work that passes on with them."""
