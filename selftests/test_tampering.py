"""A tampered value differs for every decoder, strict and lenient ones alike."""

from __future__ import annotations

import base64

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.digest import first_changed, last_changed


@given(st.binary(min_size=3, max_size=60))
def test_base64_decodes_to_something_else(octets: bytes) -> None:
    """The first character is always significant, the last ones are not."""
    text = base64.b64encode(octets).decode()
    changed = first_changed(text)

    assert len(changed) == len(text)
    if any(character.isalnum() for character in text.rstrip("=")[:-1]):
        assert base64.b64decode(changed) != octets


@given(st.binary(min_size=1, max_size=40))
def test_hexadecimal_digits_stay_such(octets: bytes) -> None:
    """In either case of the letters, and at both ends."""
    for text in (octets.hex(), octets.hex().upper()):
        for changed in (first_changed(text), last_changed(text)):
            assert bytes.fromhex(changed) != octets
            assert len(changed) == len(text)
            assert changed.islower() or changed.isupper() or changed.isdigit()


@given(st.text(max_size=20))
def test_what_has_no_letter_stays_as_it_is(text: str) -> None:
    """Only letters and digits have others of the same kind."""
    kept = "".join(each for each in text if not (each.isascii() and each.isalnum()))

    assert first_changed(kept) == kept
