"""The encoding of a body: what its bytes are, and what they are said to be (S26)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.wire.documents import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from conformance.wire.responses import Response

UTF_8 = ("", "utf-8", "utf8")
"""The accepted names of a body's encoding; it may also be left out."""

ASCII = ("us-ascii", "ascii")
"""The names of an encoding whose every text is the same in UTF-8."""

_DECLARED_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


def other_than_utf_8(response: Response) -> str:
    """Return why a body is not UTF-8, or is said to be something else; "" where neither holds.

    A body of nothing but ASCII is UTF-8 as well, and may be called ASCII. What stands before a
    server may say of such a refusal what it likes.
    """
    try:
        response.content.decode()
    except UnicodeDecodeError as error:
        return str(error)
    is_ascii = response.content.isascii()
    told = [declared_encoding(response.content)]
    if response.ok or not is_ascii:
        told.append(charset_of(response))
    right = UTF_8 + ASCII if is_ascii else UTF_8
    return ", ".join(f"said to be in {name}" for name in told if name not in right)


def declared_encoding(content: bytes) -> str:
    """Return the encoding in an XML declaration, in lower case; "" where there is none."""
    found = _DECLARED_ENCODING.match(content.removeprefix(BYTE_ORDER_MARK))
    return found[1].decode("latin-1").lower() if found else ""


def charset_of(response: Response) -> str:
    """Return the charset parameter of the Content-Type, in lower case; "" where there is none."""
    parameters = response.headers.get("Content-Type", "").split(";")[1:]
    values = dict(each.strip().partition("=")[::2] for each in parameters)
    named = {name.strip().lower(): value for name, value in values.items()}
    return named.get("charset", "").strip(" \"'").lower()
