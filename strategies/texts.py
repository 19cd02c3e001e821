"""Texts that a server has to take as they are."""

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
"""Names of a customer, each with characters that form-encoding treats specially; within 60."""

TEXTS = {
    "scripts": "Åse ßŷǅ Ἀθῆ Жанна שלום عالم कार्य 株式会社 한국 ไทย",
    "astral": "Call 📞 𐌰𐌱 𠜎 𠮷 \U00010000 👩‍💻 🇸🇪 👍🏽 end",
    "combining": "A\u030asa e\u0301 \u1100\u1161 \u212b \u2126 \ufb01 Å é \uac00",
    "blanks": "a\u00a0b  c\u2003d\u200be\u202ff\u200fg\u00adh",
    "markup": "<b>&amp;</b> &#65; &eacute; <![CDATA[x]]> ]]>",
    "quotes": 'O\'Neil "Jr" \\ \\n \\u00e5 `x` %41 + %2B {0} $1',
}
"""Texts of every plane and direction that come back as they are; within 60 characters."""

WHITE_SPACE = {"newline": "one\ntwo", "tab": "one\ttwo", "both ends": "  two blanks  "}
"""Texts with white space that a server may refuse in a name, but not change."""

QUERY_TEXTS = {
    "reserved": "+ &=#;/?:@,%41%2541%zå",
    "other planes": "日本 📞",
}
"""Ends of a custnr that has to be found in the query string however it is URL-encoded."""
