"""The user's settings: the target, its file, options and profiles."""
