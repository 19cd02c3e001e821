"""Texts that a server has to store unchanged."""

from __future__ import annotations

from hypothesis import strategies as st

PLAIN_LENGTH = 20
"""UTF-16 code units of a text that is below every documented limit, in any unit of length."""

SPECIAL = (
    *("&", "=", "+", "%", "#", ";", "?", "/", "%41", "%2B", "%25", "a=b&c=d", "+1"),
    *("<", ">", '"', "'", "&amp;", "&#65;", "<b>", "</customer>", "]]>", "<!--", "<?x?>"),
    *("\\", "\\n", "\\u00e5", "{", "}", "[1]", "null", "true", "//", "/*"),
    *("--", "' OR '1'='1", "_", "%s", "%d", "$1", "${x}", "{0}", "`", "*", "~", "^", "|", "@"),
)
"""Texts that form-encoding, JSON, XML, SQL or templates treat specially."""

PLANES = ("å", "ß", "Ж", "ش", "א", "कि", "ไ", "株", "한", "e\u0301", "\u200d", "﷽", "ﬁ", "Å")
"""Characters of the basic plane that need special encoding, composition or layout."""

OUTER_PLANES = (
    "📞",
    "👩\u200d💻",
    "🇸🇪",
    "𐌰",
    "\U00010000",
    "𠜎",
    "\U0002fa1d",
    "𰻞",
    "☎\U000e0100",
)
"""Characters of the planes 1, 2, 3 and 14."""

FORM_TEXTS = {
    "space": "Ada Byron King",
    "plus": "1+1=2",
    "percent": "100% of 5%25 and %41",
    "ampersand": "Smith & Sons; Ltd",
    "quotes": 'O\'Neil "Jr" \\ `x`',
    "markup": "<b>&amp;</b> &#65;",
    "latin": "Åse Müller-Îñtërnâtiônàl",
    "cjk": "株式会社テスト",
    "emoji": "Call 📞 centre 👩‍💻",
    "combining": "A\u030asa e\u0301",
    "right-to-left": "שלום عالم",
    "leading zeros": "00712",
    "zero": "0",
    "exponent": "1e3",
    "null": "null",
}
"""Names of a customer, of up to 60 characters, that form-encoding treats specially."""

FIXED = {
    "0": ("0", "00", "0.0", "-0"),
    "1e3": ("1e3", "1E3", "2e5", "1e+3"),
    "null": ("null", "NULL", "None", "undefined"),
}
"""Texts that cannot carry anything unique, with others of their kind."""

TEXTS = {
    "scripts": "Åse ßŷǅ Ἀθῆ Жанна שלום عالم कार्य 株式会社 한국 ไทย",
    "astral": "Call 📞 𐌰𐌱 𠜎 𠮷 \U00010000 👩‍💻 🇸🇪 👍🏽 end",
    "combining": "A\u030asa e\u0301 \u1100\u1161 \u212b \u2126 \ufb01 Å é \uac00",
    "blanks": "a\u00a0b  c\u2003d\u200be\u202ff\u200fg\u00adh",
    "markup": "<b>&amp;</b> &#65; &eacute; <![CDATA[x]]> ]]>",
    "quotes": 'O\'Neil "Jr" \\ \\n \\u00e5 `x` %41 + %2B {0} $1',
}
"""Texts of every plane and direction, of up to 60 characters, that have to read back unchanged."""

WHITE_SPACE = {"newline": "one\ntwo", "tab": "one\ttwo", "both ends": "  two blanks  "}
"""Texts with white space that a server may refuse in a name, but must not change."""

QUERY_TEXTS = {
    "reserved": "+ &=#;/?:@,%41%2541%zå",
    "other planes": "日本 📞",
}
"""Ends of a custnr that a query has to find in every way to URL-encode it."""


def forms_of(text: str, unique: str, number: str) -> tuple[str, ...]:
    """Return a text made unique, or else the forms that it can have; see `FIXED`."""
    known = {**FIXED, "00712": (f"00{number}",)}
    return known.get(text, (f"{text} {unique}",))


def pieces() -> st.SearchStrategy[str]:
    """Draw short texts to compose others of: letters, blanks, special characters, every plane."""
    return st.one_of(
        st.text("abcXYZ019", min_size=1, max_size=4),
        st.sampled_from((" ", "-", ".", ",")),
        st.sampled_from(SPECIAL),
        st.sampled_from(PLANES),
        st.sampled_from(OUTER_PLANES),
        st.characters(exclude_categories=("C", "Z")),
    )


def texts(limit: int = PLAIN_LENGTH) -> st.SearchStrategy[str]:
    """Draw texts of at least one character, without a blank at either end.

    They have no control characters and at most `limit` UTF-16 code units, hence no more code
    points.
    """
    joined = st.lists(pieces(), min_size=1, max_size=limit).map("".join)
    return joined.map(lambda text: fitted(text, limit)).filter(bool)


def full_texts(limit: int) -> st.SearchStrategy[str]:
    """Draw texts of exactly `limit` UTF-16 code units: of ASCII, of one plane or of several."""
    unit = st.sampled_from(("a", "0", "å", "株", "📞", "𠜎", "a📞", "株a", "åé"))
    starts = st.sampled_from(("", "x", "'", "&", "株", "📞"))
    return st.builds(lambda start, each: filled(start, each, limit), starts, unit)


def numbers() -> st.SearchStrategy[str]:
    """Draw texts like numbers: with leading zeros, signs, fractions, exponents or a base."""
    return st.builds(
        "{}{}{}{}{}".format,
        st.sampled_from(("", "+", "-")),
        st.sampled_from(("", "0", "000", "0x")),
        st.sampled_from(("0", "1", "7", "12", "255", "1000", "2147483648", "9007199254740993")),
        st.sampled_from(("", ".0", ".50", "000")),
        st.sampled_from(("", "e3", "E5", "e+2", "e-1")),
    )


def words() -> st.SearchStrategy[str]:
    """Draw keywords that programs may not treat as texts."""
    return st.sampled_from(("null", "NULL", "true", "False", "NaN", "Infinity", "None", "[]", "{}"))


def units(text: str) -> int:
    """Return the number of UTF-16 code units of a text; no other count of characters is greater."""
    return len(text.encode("utf-16-le")) // 2


def fitted(text: str, limit: int) -> str:
    """Return the beginning of a text with at most `limit` code units and no blanks at its ends."""
    text = text.strip(" \u200d")
    while units(text) > limit:
        text = text[:-1].rstrip(" \u200d")
    return text


def filled(start: str, each: str, limit: int) -> str:
    """Return a text of `limit` code units: a beginning, then another text repeated."""
    text = fitted(start + each * limit, limit)
    return text + "x" * (limit - units(text))
