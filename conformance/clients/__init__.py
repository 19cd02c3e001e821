"""The callers of a run by their roles, and what the target offers them."""
