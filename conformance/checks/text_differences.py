"""How a text that is shown differs from the one that was sent, in words."""

from __future__ import annotations


def difference_of(sent: str, shown: object) -> str:
    """Return in words where a text that is shown begins to differ from what was sent."""
    if not isinstance(shown, str):
        return "null" if shown is None else f"{shown!r}, which is no text"
    if is_cut(sent, shown):
        return f"only its first {len(shown)} of {len(sent)} characters"
    pairs = zip(sent, shown, strict=False)
    alike = min(len(sent), len(shown))
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), alike)
    place = f"at character {at + 1} of {len(sent)}"
    return f"{_character(shown, at)} in place of {_character(sent, at)} {place}"


def is_cut(sent: str, shown: object) -> bool:
    """Tell whether a text that is shown is the beginning of what was sent."""
    return isinstance(shown, str) and 0 < len(shown) < len(sent) and sent.startswith(shown)


def _character(text: str, at: int) -> str:
    return f"{text[at]!r} (U+{ord(text[at]):04X})" if at < len(text) else "nothing"
