"""Response data: the two representations of the same records."""
