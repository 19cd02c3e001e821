"""Charset and encoding: from bytes to text, in UTF-8 and nothing else."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote_to_bytes

from .refusal import Refusal

BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Decoding:
    """URL-encoded text, read strictly."""

    def decoded_segment(self, segment: str) -> str:
        """A segment of a path."""
        return self.unescaped(segment.encode("utf-8", "surrogateescape"))

    def decoded_query(self, query: str) -> Mapping[str, str]:
        """The parameters of a query string."""
        return self.decoded_form(query.encode("utf-8", "surrogateescape"))

    def decoded_form(self, form: bytes) -> Mapping[str, str]:
        """The parameters of URL-encoded key/value pairs."""
        pairs = (part.partition(b"=") for part in form.split(b"&") if part)
        return self.joined(
            (self.decoded_name(name), self.decoded_word(value)) for name, _, value in pairs
        )

    def joined(self, pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """The parameters that pairs make: of a name given twice, the last value counts."""
        return dict(pairs)

    def decoded_name(self, word: bytes) -> str:
        """The key of a pair."""
        return self.decoded_word(word)

    def decoded_word(self, word: bytes) -> str:
        """A key or a value, in which a plus sign stands for a space."""
        return self.unescaped(word.replace(b"+", b" "))

    def unescaped(self, word: bytes) -> str:
        """Text without its percent-encoding."""
        if b"%" in word:
            if BAD_ESCAPE.search(word):
                self.bad_encoding()
            word = unquote_to_bytes(word)
        return self.decoded(word)

    def decoded(self, octets: bytes) -> str:
        """The text that bytes stand for."""
        try:
            return octets.decode()
        except UnicodeDecodeError:
            return self.bad_charset(octets)

    def bad_encoding(self) -> None:
        """Refuse a percent sign without two hexadecimal digits behind it."""
        raise Refusal(400, "The request has a percent sign that encodes nothing")

    def bad_charset(self, octets: bytes) -> str:
        """Refuse bytes that are not UTF-8."""
        del octets
        raise Refusal(400, "The request is not in UTF-8")
