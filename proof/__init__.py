"""The proof that verdicts can be trusted: rules can fail, and fail for their own reason alone."""
