"""Hypothesis strategies for the texts, payloads and requests that callers may send."""
