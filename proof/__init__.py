"""The proof that the suite can fail, and that it cries no wolf: faults, variants and the matrix."""
