"""The first screen after signing in: what is to be done, by the posts that somebody holds."""
