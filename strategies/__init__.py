"""What callers may send: texts, payloads and limits."""
