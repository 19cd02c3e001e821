"""Every class and width of character, normal forms, blanks and line breaks, as short texts.

No text has more than 40 bytes: none is beyond a documented length, however it is counted.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from itertools import groupby, pairwise, zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 36
"""Bytes of the characters of one text, to which a letter is added at either end."""

WIDER_FROM: Final = (0x20, 0x80, 0x800, 0x10000, sys.maxunicode + 1)
"""From which characters on UTF-8 takes one byte, two, three and four; and where they end."""

TEXTS_OF_A_GROUP: Final = 6
"""Half the characters of one kind that the texts of a group have."""

GROUPS: Final = {
    "letters": ("Lu", "Ll", "Lt", "Lm", "Lo"),
    "marks": ("Mn", "Mc", "Me"),
    "numbers": ("Nd", "Nl", "No"),
    "punctuation": ("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
    "symbols": ("Sm", "Sc", "Sk", "So"),
    "blanks": ("Zs",),
    "formats": ("Cf",),
    "private use": ("Co",),
}
"""The general categories of characters that a text may have, but controls and line breaks."""

NORMAL_FORMS: Final = {
    "composable": ("e\u0301", "A\u030asa", "o\u0308l", "\u0418\u0306", "\u304b\u3099"),
    "decomposable": ("é", "Å", "ö", "Й", "が", "ệ", "ǖ"),
    "singleton": ("\u212b", "\u2126", "\u212a", "x\u2000x", "\u0340a", "\u037ea", "\u0387b"),
    "compatible": ("ﬁn", "①", "\uff21\uff11", "ｱ", "㎏", "x²", "Ⅳ", "ﷺ", "\u00bd", "\u017f"),
    "jamo": ("\u1100\u1161", "\u1112\u1161\u11ab", "\uac00\u11a8", "가"),
    "order of marks": ("a\u0323\u0301", "a\u0301\u0323", "q\u0307\u0323"),
    "ideograph": ("\uf900", "\U0002f800", "\ufa19", "\U0002fa1d"),
    "excluded": ("\u0958", "\u2adc", "\ufb1d", "\U0001d15e", "\u0344x"),
}
"""Texts that some normal form of Unicode would change, by the reason."""

SEQUENCES: Final = {
    "joined": (
        "👩\u200d💻",
        "👨\u200d👩\u200d👧",
        "क्\u200dष",
        "\u0646\u200c\u0647",
        "🏴\u200d☠\ufe0f",
    ),
    "modified": ("👍🏽", "☎\ufe0f", "☎\ufe0e", "1\ufe0f\u20e3", "🏳\ufe0f", "👋🏿"),
    "flags": ("🇸🇪", "🇸🇪🇳🇴", "🏴\U000e0067\U000e0062\U000e007f", "🇦"),
    "directions": ("שלום a", "a \u202eb\u202c c", "\u2067ש\u2069 1", "عالم 12", "\u061ca\u200f"),
    "many marks": ("a\u0300\u0301\u0302\u0303\u0304\u0305", "Z\u0351\u036b\u0343\u036a"),
    "surrogate pairs": ("a📞b", "📞📞", "a📞", "📞a", "\U00010000", "\U0010fffd", "\U0001f600"),
    "edges of widths": ("\x7e\u00a1x", "a\u07ff\u0800b", "a\uffee\U00010000b", "\ud7ff\ue000"),
    "inside marks": ("a\ufeffb", "a\u200bb", "a\u00adb", "a\u2060b", "a\u180eb", "a\u034fb"),
    "replacement": ("\ufffd", "a\ufffdb", "\ufffd\ufffd", "a\ufffcb"),
}
"""Sequences of characters that belong together, and characters at the edges of an encoding."""

SCRIPTS: Final = {
    "typographic": ("“a” ‘b’ – — … €", "€5 – „x“ ‚y‘", "‘a’…“b”—€™", "«x» ‹y› €"),
    "windows-1252": ("€‚ƒ„…†‡ˆ‰Šx", "‹ŒŽ‘’“”•–—x", "˜™š›œžŸx€"),
    "ISO-8859-15": ("a¤¦¨´¸¼½¾", "ŠšŽžŒœŸ€", "¤ÿÐð×÷Þþ", "¥±§¶µ·¿¡"),
    "Latin": ("Žižek Łódź", "Dvořák Şahin", "Nguyễn Đăng", "Ærø Łuków Ġgħ", "Ştefan Țăran"),
    "Greek and Cyrillic": ("Ελλάδα", "Москва", "Київ Ґєї", "Љубав Њ", "Ωμέγα ΐ"),
    "of the right": ("עברית", "العربية", "فارسی گچ", "اردو ٹڈ"),
    "of Asia": (
        "日本語ひらがな",
        "中文简体",
        "繁體中文",
        "한국어",
        "カタカナ",
        "ไทยที่",
        "हिन्दी",
        "தமிழ்",
    ),
    "of few fonts": ("ქართული", "Հայերեն", "አማርኛ", "ᏣᎳᎩ", "ᠮᠣᠩ", "𐌰𐌱𐌲", "𠮷野家"),
}
"""Names in scripts of the world, and the repertoires of code pages that are taken for UTF-8."""

LINE_BREAKS: Final = "\n\r\u0085\u2028"
"""Characters that XML takes for the end of a line where they are written as they are."""

BLANKS: Final = {
    "line feed": ("one\ntwo", "one\n\ntwo", "a\nb\nc"),
    "carriage return": ("one\r\ntwo", "one\rtwo", "one\n\rtwo"),
    "tab": ("one\ttwo", "one\t\ttwo"),
    "line separator": ("one\u2028two", "one\u2029two", "one\u0085two"),
    "blank before": (" one", "  one", "\tone", "\none"),
    "blank behind": ("one ", "one  ", "one\t", "one\n"),
    "wide blank before": ("\u00a0one", "\u3000one", "\u2003one"),
    "wide blank behind": ("one\u00a0", "one\u3000", "one\u2003"),
    "byte order mark before": ("\ufeffone",),
    "mark at an end": ("one\ufeff", "\u200bone", "one\u200b", "\u200fone"),
    "nothing but blanks": ("   ", "     "),
    "control": ("one\u0080two", "one\u009ftwo", "one\x7ftwo"),
}
"""Line breaks, outer blanks and controls: a server may refuse them, and some clean them up."""


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """Return texts of each group of characters; each text has several categories and widths."""
    category_groups = {each: group for group, categories in GROUPS.items() for each in categories}
    found: dict[str, dict[tuple[str, int], list[str]]] = {group: {} for group in GROUPS}
    for width, (first, beyond) in enumerate(pairwise(WIDER_FROM), start=1):
        for category, run in groupby(map(chr, range(first, beyond)), unicodedata.category):
            if category in category_groups:
                kinds = found[category_groups[category]]
                kinds.setdefault((category, width), []).extend(run)
    return {group: tuple(_texts_of([*kinds.values()])) for group, kinds in found.items()}


def character_texts() -> dict[str, tuple[str, ...]]:
    """Return the texts of every class, normal form, sequence and script, by its name."""
    return {**classes(), **NORMAL_FORMS, **SEQUENCES, **SCRIPTS}


def _texts_of(kinds: list[list[str]]) -> Iterator[str]:
    """Give a few texts, each with characters of as many kinds as it holds.

    Those of one kind lie all over its range, its first and its last among them.
    """
    spread = [_spread(characters, TEXTS_OF_A_GROUP * 2) for characters in kinds]
    order = [each for row in zip_longest(*spread) for each in row if each is not None]
    text = ""
    for character in order:
        if len((text + character).encode()) > MOST_BYTES:
            yield f"a{text}z"
            text = ""
        text += character
    yield f"a{text}z"


def _spread(characters: list[str], most: int) -> list[str]:
    step = max(1, len(characters) // most)
    return list(dict.fromkeys([characters[0], characters[-1], *characters[step::step][:most]]))


CONTROL_TEXTS: Final = {
    "like blanks": "a\x0bb\x0cc\x1cd\x1de\x1ef\x1fg\x85",
    "others": "".join(map(chr, (*range(1, 9), *range(14, 28), 127))),
    "no characters": "a\ufffeb\uffff",
}
"""Controls, most of which XML cannot hold: those that some call blanks, and the others."""
