"""What the user said: the target, its file, options, profiles."""
