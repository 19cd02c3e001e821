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
