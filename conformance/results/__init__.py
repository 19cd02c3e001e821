"""The results of a run as values, and each form in which they are written."""
