r"""Texts that some layer of a server may take for something else than a text.

Each look is one way to be misunderstood: a notation of a number, of a moment, of nothing, of
markup, of an escape. A layer that knows a notation takes all texts in it alike, so a run that takes
one text of each look has met each layer once. No text has more than 40 bytes, nor blanks at its
ends: none is beyond a documented length, however it is counted.
"""

from __future__ import annotations

from typing import Final

NUMBERS: Final = {
    "integer": ("7", "42", "1000", "123456", "-1", "-42"),
    "zero": ("0", "-0", "0.0", "00", "+0", "0e0"),
    "leading zeros": ("007", "00123", "0000000001", "-05", "0755"),
    "signed": ("+1", "+42", "+46701234567", "+0.5"),
    "decimal": ("1.0", "1.50", "10.00", "3.14", "1000.10", "0.1"),
    "bare point": (".5", "5.", "-.5", "0."),
    "comma": ("1,5", "1,000", "1,000,000.00", "1.000,50", "10,00"),
    "groups": ("1 000", "1'000", "1_000", "12 345 678", "1\u00a0000"),
    "exponent": ("1e3", "1E5", "2e+2", "1e-1", "1.5e3", "0e5", "1e308", "1e400", "9E9"),
    "other base": ("0x10", "0xFF", "0b101", "0o17", "0x0", "0XAB", "FFh"),
    "32 bits": ("2147483647", "2147483648", "4294967295", "4294967296", "-2147483649"),
    "53 bits": ("9007199254740991", "9007199254740993", "90071992547409931"),
    "64 bits": ("9223372036854775807", "9223372036854775808", "18446744073709551616"),
    "long": ("1" * 21, "12345678901234567890", "9" * 40, "0" * 30, "1" * 39),
    "long fraction": ("0.1234567890123456789", "3.14159265358979323846", "1.00000000000000001"),
    "percent and money": ("50%", "$100", "100 SEK", "€1.50", "1k", "10kB", "1.5M"),
    "suffixed": ("10L", "1f", "2d", "5n", "1u", "3.0f", "100px"),
    "digits of scripts": ("\u0661\u0662\u0663", "\u0967\u0968\u0969", "\uff11\uff12", "\u00b2"),
    "not finite": ("NaN", "Infinity", "-Infinity", "inf", "nan", "1/0", "-nan", "INF"),
    "version": ("1.2.3", "2.4.9", "10.0.0.1", "1.10", "2.0", "127.1", "::1"),
    "phone": ("0890510", "+46890510", "08-905 10", "(08) 905 10", "0046890510", "112"),
    "fraction": ("1/2", "3/4", "1:2", "16:9", "½", "1 1/2"),
}
"""Notations of numbers, and numbers at the edges of the types that hold them."""

MOMENTS: Final = {
    "ISO date": ("2016-05-09", "2024-02-29", "1970-01-01", "9999-12-31", "1900-01-01"),
    "ISO in UTC": ("2016-05-09T12:34:56Z", "2038-01-19T03:14:08Z", "1970-01-01T00:00:00Z"),
    "ISO with a zone": ("2016-05-09T12:34:56+02:00", "2016-05-09T23:30:00-0500"),
    "ISO without a zone": ("2016-05-09T12:34:56", "2016-05-09T12:34", "2016-05-09T24:00:00"),
    "ISO with a fraction": ("2016-05-09T12:34:56.789Z", "2016-05-09T12:34:56.123456"),
    "date and time": ("2016-05-09 12:34:56", "2016-05-09 00:00:00", "2016-05-09 12:34"),
    "basic ISO": ("20160509", "20160509T123456Z", "2016-130", "2016-W19-1", "2016-05"),
    "slashes": ("05/09/2016", "9/5/16", "2016/05/09", "05/09/2016 12:34:56", "13/13/2013"),
    "dots": ("09.05.2016", "9.5.2016", "09.05.16", "2016.05.09", "1.2.2003 4:05"),
    "month in words": ("May 9, 2016", "9 maj 2016", "09-May-2016", "Mon, 09 May 2016 12:34:56 GMT"),
    "time": ("12:34", "12:34:56", "00:00:00", "24:00", "9:05 PM", "1:2:3", "190:30"),
    "epoch": ("1462797296", "1462797296789", "2147483648", "@1462797296", "/Date(1462797296789)/"),
    "no date": ("0000-00-00", "2023-02-29", "0000-00-00 00:00:00", "2016-13-45", "31/02/2016"),
    "relative": ("now", "today", "tomorrow", "+1 day", "yesterday", "next month", "CURRENT_DATE"),
    "duration": ("P1D", "PT1H", "P1Y2M3DT4H5M6S", "1d", "2h30m", "00:00:90"),
    "name of a time": ("May", "March 1", "MARCH1", "SEPT2", "DEC1", "Monday", "1-2", "Q1"),
}
"""Notations of dates, times and durations."""

WORDS: Final = {
    "boolean": ("true", "false", "TRUE", "False", "True"),
    "yes and no": ("yes", "no", "Yes", "NO", "on", "off", "On", "y", "n", "t", "f", "Y", "N"),
    "boolean in words": ("ja", "nej", "vrai", "faux", "sant", "falskt", "wahr", "Nein", "sí"),
    "nothing": ("null", "NULL", "Null", "None", "nil", "undefined", "(null)", "\\N", "void"),
    "no value": ("N/A", "n/a", "NA", "-", "--", "#N/A", "none", "empty", "missing", "?", "~"),
    "array or object": ("[]", "{}", "[1,2]", '{"a":1}', '["a"]', '""', "''", "()", "[[]]"),
    "keyword": ("default", "DEFAULT", "self", "this", "class", "constructor", "__proto__"),
    "keyword of SQL": ("SELECT", "NULL;", "DROP TABLE x", "1 OR 1=1", "ORDER BY 1", "rownum"),
    "constructor": ("Array", "[object Object]", "Object", "System.String", "java.lang.Object"),
}
"""Words that stand for a value which is no text."""

MARKUP: Final = {
    "element": ("<b>x</b>", "<br>", "<br/>", "<name>a</name>", "a<b", "</name>", "<a href=x>y</a>"),
    "named entity": (
        "&amp;",
        "&lt;b&gt;",
        "a&nbsp;b",
        "&eacute;",
        "&copy",
        "AT&amp;T",
        "&amp;amp;",
    ),
    "numbered entity": ("&#65;", "&#x41;", "&#0;", "&#128222;", "&#39;x&#39;", "&#xD800;"),
    "bare ampersand": ("a&b", "AT&T", "&", "a & b", "x&y=z", "&&", "a&;b"),
    "section": ("<![CDATA[x]]>", "]]>", "a]]>b", "x]]>", "]]>]]>"),
    "comment": ("<!-- x -->", "-->", "<!--", "<!-", "<![CDATA[", "a]]b>"),
    "instruction": ("<?xml version='1.0'?>", "<?php x ?>", "<!DOCTYPE a>", "<%= x %>", "<? ?>"),
    "script": ("<script>x</script>", "javascript:x", "<img src=x>", "onload=x", "<svg/onload=x>"),
    "scripting": (
        "window.location",
        "document.cookie",
        "document.write(x)",
        ".parentNode",
        "eval(x)",
    ),
    "light markup": ("*x*", "_x_", "**x**", "# x", "`x`", "[x](y)", "~~x~~", "> x", "- x", "1. x"),
    "typography": ("a--b", "...", "(c)", "(tm)", '"x"', "'x'", "1/2", "->", ":-)", ":phone:"),
    "quotes": (
        "O'Neil",
        '"x"',
        "'x'",
        "it's",
        '5"',
        "\u201cx\u201d",
        "a'b\"c",
        "''x''",
        "\u00b4x\u00b4",
    ),
}
"""Markup, entities, and what is made prettier."""

ESCAPES: Final = {
    "percent": ("%41", "%2B", "100%", "%", "%zz", "%25", "%2541", "50%25", "%C3%A5", "%u00e5"),
    "plus and blank": ("a+b", "1+1=2", "+", "C++", "a%20b", "a+ b", "+a+"),
    "pairs": ("a=b", "a=b&c=d", "=", "x;y", "name=x", "a[]=1", "&email=x", "a;b=c"),
    "backslash": ("\\", "a\\b", "C:\\temp\\new", "\\n", "\\t", "\\0", "\\\\", "a\\", "\\'", '\\"'),
    "escape of a character": ("\\u0041", "\\u00e5", "a\\u0020b", "\\uD83D\\uDCDE"),
    "escape of a byte": ("\\x41", "\\xc3\\xa5", "\\U0001F4DE", "\\e[1m", "\\cA"),
    "octal escape": ("\\101", "a\\040b", "\\303\\245", "\\12"),
    "encoded word": ("=?utf-8?q?x?=", "=C3=A5", "xn--ls8h", "+AOU-", "&AOU-", "=3D", "rawurl"),
    "base64": ("SGVsbG8=", "TWFu", "data:,x", "data:text/plain;base64,TWFu", "====", "dGVzdA=="),
    "mojibake": ("Ã¥", "Ã¶l", "Â£", "Ã©tÃ©", "Â©"),
    "mojibake of more": ("â€™", "ï»¿x", "?", "ðŸ“ž", "Ã„", "\ufffdx"),
    "hash": ("d41d8cd98f00b204e9800998ecf8427e", "0e462097431906509019562988736854", "$2y$10$x"),
    "UUID": ("6F0C1D52-3A7E-4C1B-9D28-0000000000AB", "{6f0c1d52-3a7e-4c1b-9d28-0000000000ab}"),
}
"""Escapes and encodings that are to be left as they are."""

TEMPLATES: Final = {
    "format": ("%s", "%d", "%1$s", "%(x)s", "%n", "100%s", "%%", "%5.2f", "%@", "%x%x"),
    "braces": ("{0}", "{}", "{x}", "{{x}}", "{{7*7}}", "{", "}", "{name}", "{{", "}}"),
    "dollar": ("$1", "$&", "${x}", "$x", "$", "$$", "$(x)", "${7*7}", "US$", "$name", "\\1"),
    "hash and at": ("#{x}", "#x", "@x", "@", "#", ":x", ":name", "?", "?1", "@p1", "#{7*7}"),
    "wildcard": ("%", "_", "*", "a%b", "a_b", ".*", "[a-z]", "^a$", "a|b", "a?", "(a)", "x{2}"),
    "quoting of SQL": ("' OR '1'='1", "x'; --", "''", "'", '"', "/* x */", "x -- y", "\\'", "a;b"),
    "formula": ("=1+1", "=A1", "@SUM(A1)", "+1+1", "-1+1", "=cmd|x", "'1", "'=1"),
    "shell": ("$(id)", "`id`", "a;id", "a|b", "a && b", "~", "!x", "!!", "a>b", "-rf", "--help"),
}
"""Placeholders, patterns, and what a query, a sheet or a shell would carry out."""

PLACES: Final = {
    "path": ("../x", "/etc/passwd", "a/b", ".", "..", "/", "//", "a/../b", "./x", "~/x", "C:\\x"),
    "file name": ("x.xml", "x.json", "a.php", ".htaccess", "CON", "NUL", "x.", "a/b.txt", "aux"),
    "address": ("http://x.example/", "https://x.example/?a=b&c=d", "//x.example", "file:///x"),
    "mail": ("a@example.com", "A.B+c@Example.COM", "mailto:a@example.com", "<a@example.com>"),
    "short address": ("www.example.com", "example.com", "EXAMPLE.COM", "x.example/a b", "a@b"),
}
"""Paths, file names and addresses."""

SHAPES: Final = {
    "letter case": ("ada", "ADA", "mCdONALD", "iPhone", "ada lovelace", "aDA LOVELACE AB", "aB"),
    "case of scripts": ("ß", "İstanbul", "\u0131i", "ǆǅǄ", "ﬁn", "ΑΣ", "ŉ", "ẞ", "ΐ", "Σίσυφος"),
    "repeated": ("aaaaaaaaaa", "!!!!!!", "a--b", "__", "abab", "a , b"),
    "blanks in a row": ("a  b", "a   b    c", "a  b  c  d", "Ada  Lovelace"),
    "punctuation": (".", ",", "-", "!", "...", "a.", "a,", "-a-", ";", ":", ".a", "(a", "a)"),
    "names": ("O'Brien-Smith, Jr.", "van der Berg", "d'Arc", "X Æ A-12", "Nguyễn", "McDonald"),
    "separated": ("a,b,c", "a;b;c", "a|b|c", "a\u00a7b", "a/b/c", "a:b:c", "a, b", '"a","b"'),
}
"""Texts whose form somebody may want to tidy up."""

SERIALISED: Final = {
    "text of JSON": ('{"b": 1, "a": 2}', '{"a":1,"a":2}', "[1 ,2]", '{"a": 1.0}'),
    "serialised": ('s:2:"ab";', "i:7;", "b:1;", "a:0:{}", 'a:1:{i:0;s:1:"x";}'),
    "serialised otherwise": ("!ruby/object:x", "--- x", "- x", "x: y", "!!int 7", "{x: y}"),
}
"""Values as languages write them to be read again."""

COMMON_TEXTS: Final = (
    "2016-05-09T12:34:56Z",
    "null",
    "true",
    "12345678901234567890",
    "1e3",
    "007",
    '{"b": 1, "a": 2}',
    "email",
    "constructor",
)
"""Of the looks that layers know best the best known: some parse these, wherever they stand.

The last two are names that a database or a language has given to something of its own.
"""

MIXTURES: Final = (
    "select drop union delete insert update",
    "<script>x</script> onload= javascript:x",
    "&lt;&amp;&eacute;&#65; %41%2B =3D \\u0041",
    "a\\nb\\tc\\rd\\0e\\\\f\\/g\\x41h\\'i\\\"j\\u0041",
    "${x}{{x}}#{x}<%x%>%{x}%(x)s%s{0}$x:x@x",
    "a,b;c|d:e/f\\g&h=i?j#k%l@m!n~o^p*q(r)s",
    "\"a\" 'b' `c` \u201cd\u201d \u2019e\u2019 ''f'' \\'g",
)
"""Texts with many signs and words at which a filter may take something out, or cut."""

SHORT_MIXTURES: Final = (
    "<b>x</b> &amp; %41 \\u0041 ${x} 'a' \"b\"",
    "a\\nb=c&d;e,f|g #{h}{{i}}%s <!--j-->",
)
"""The best known of these in two texts."""

LOOKS: Final[dict[str, tuple[str, ...]]] = {
    **NUMBERS,
    **MOMENTS,
    **WORDS,
    **MARKUP,
    **ESCAPES,
    **TEMPLATES,
    **PLACES,
    **SHAPES,
    **SERIALISED,
}
"""The texts of every look, by its name."""

LIKE_TEXTS: Final = (
    ("Ada Lovelace", "ADA LOVELACE"),
    ("Zoe", "Zoé"),
    ("00123", "123"),
    ("1e3", "1000"),
    ("1.50", "1.5"),
    ("Strasse", "Straße"),
    ("0", "false"),
    ("one two", "one  two"),
)
"""Texts, and others that a loose comparison or a collation takes for the same."""

CUSTNR_LOOKS: Final[dict[str, tuple[str, ...]]] = {
    "leading zeros": ("00{}", "0{}", "000000{}"),
    "signed": ("+{}", "-{}", "-0{}"),
    "decimal": ("{}.0", "{}.50", "0.{}", "{}."),
    "exponent": ("{}e5", "1e{}", "{}E+2", "{}e-1"),
    "other base": ("0x{}", "{}L", "0b{}"),
    "grouped": ("{},5", "{} 1", "1_{}", "{}'0"),
    "moment": ("2016-05-09T{}", "{}-05-09", "05/09/{}"),
    "path": ("a/{}", "../{}", "{}/", "{}.xml", "{}.json"),
    "quoted": ("'{}'", '"{}"', "{}'", "\\{}", "{}\\"),
    "wildcard": ("{}%", "{}*", "_{}", "{}?", "[{}]"),
    "reserved": ("{}&a=b", "{}+b", "{}#b", "{}%41", "{};b", "a={}"),
    "markup": ("<{}>", "{}&amp;", "&#{};"),
    "list": ("{},{}", "{}|1", "{}:1", "!{}", "<{}", ">={}", "~{}"),
}
"""Shapes of a custnr, in which "{}" stands for digits that no customer has."""

CUSTNRS_BEYOND_ASCII: Final[dict[str, tuple[str, ...]]] = {
    "accent before": ("é{}", "Å{}", "ü{}"),
    "accent behind": ("{}ö", "{}ñ", "{}ç"),
    "other letters": ("ø{}", "Ж{}", "{}日本", "ß{}", "{}א"),
    "signs": ("{}€", "“{}”", "{}📞"),
    "in pieces": ("e\u0301{}", "{}o\u0308", "\u212b{}", "A\u030a{}"),
}
"""Shapes of a custnr that a column, a collation or a code page may write otherwise."""
