"""What a run found, as values, and each form in which it is written."""
