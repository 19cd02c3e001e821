"""Text of the target, made so that it only ever is text, wherever it is shown."""

from __future__ import annotations


def printable(text: str) -> str:
    """Replace control characters, which a terminal or an XML report must not see."""
    return "".join(
        char if char in "\n\t" or (char.isprintable() or char == " ") else f"\\x{ord(char):02x}"
        for char in text
    )
