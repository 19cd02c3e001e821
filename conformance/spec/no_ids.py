"""What is no id: the texts that a parser, a cast or a decoder may take for the id of a record.

Each stratum is a way to mistake a text, and holds several texts that are mistaken so. The document
names a record by its id: another number, or another text, is the id of another record or of none.
Spellings of the same number are a tail that it does not settle, and stand apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.spec.addressing import every_octet_encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Spelling = dict[str, "Sequence[str]"]

LAST_DIGIT = 9
NO_OWNERS = ("text behind", "cut to 32 bits", "without its fraction", "a value of JSON")
_GREATEST_SAFE = 2**50
"""Up to here a floating-point number has every quarter."""


def no_ids(id_: str, others: Mapping[str, str]) -> Spelling:
    """Return by strata the texts that are not the id given, whatever the document leaves open.

    `others` are unique values of the same record, by field. Where an id is no decimal number, the
    strata of numbers are empty.
    """
    return {
        "text behind": [f"{id_}{end}" for end in ("abc", "x", "_a", "-a", " abc", "e", "!")],
        **_of_number(id_, _other_numbers),
        "cut short": _cut_short(id_),
        "text before": [f"{start}{id_}" for start in ("abc", "x", "a-", "#", "id=", "no ")],
        "a value of JSON": [f"[{id_}]", f'"{id_}"'],
        "in brackets": [f"{{{id_}}}", f"({id_})", f"<{id_}>"],
        "a pattern of SQL": ["%", "_" * len(id_), f"{id_[:-1]}%", f"%{id_}"],
        "a pattern of names": ["*", f"{id_}*", f"{id_[:-1]}?"],
        "a word for all": ["all", "any"],
        "a word for nothing": ["null", "undefined", "NaN", "none"],
        "a word for yes or no": ["true", "false"],
        "an unseen character behind": [f"{id_}\u200b", f"{id_}\u2060", f"{id_}\u00ad"],
        "an unseen character before": [f"\u200d{id_}", f"\u200b{id_}", f"\u00ad{id_}"],
        "a NUL behind": [f"{id_}\x00", f"{id_}\x00abc"],
        "a control behind": [f"{id_}\x01", f"{id_}\x7f"],
        "a line behind": [f"{id_}\nx", f"{id_}\n0", f"{id_}\r\nx"],
        "a line before": [f"x\n{id_}", f"x\r\n{id_}", f"0\r\n{id_}"],
        "encoded twice": [
            every_octet_encoded(id_),
            every_octet_encoded(id_[:1]) + id_[1:],
            id_[:-1] + every_octet_encoded(id_[-1:]),
        ],
        **{f"its {field}": [value] for field, value in others.items()},
        "zero": ["0"],
        "another zero": ["00", "-0", "0.0", "0x0"],
    }


def no_owners(id_: str) -> Spelling:
    """Return some of these, as a new record may name its owner."""
    found = {**no_ids(id_, {}), **fractions(id_)}
    return {name: found[name] for name in NO_OWNERS if found.get(name)}


def _other_numbers(number: int) -> Spelling:
    """Return texts of other numbers, which a conversion may make the same."""
    return {
        "cut to 32 bits": [str(number + times * 2**32) for times in (1, 2, 3, 255, -1)],
        "cut to 64 bits": [str(number + 2**bits) for bits in (64, 65, 128)],
        "without its sign": [f"-{number}"],
        "a difference": [f"{number + 1}-1", f"{number + 2}-2"],
        "a product": [f"{number}*1", f"1*{number}"],
    }


def fractions(id_: str) -> Spelling:
    """Return numbers with a fraction; behind a path it could be taken for a suffix."""
    return _of_number(
        id_,
        lambda number: {
            "without its fraction": [f"{number}{end}" for end in (".5", ".9", ".1", ",5", ".999")],
        },
    )


def same_number(id_: str) -> Spelling:
    """Return other spellings of the same number, by which no reader of plain numbers knows it."""
    return _of_number(
        id_,
        lambda number: {
            "exponent": [f"{number}e0", f"{number}E+0", f"{number}0e-1"],
            "base": [f"0x{number:x}", f"0X{number:X}", f"0o{number:o}", f"0b{number:b}"],
            "digits": [_digits(id_, 0xFF10), _digits(id_, 0x0660), _digits(id_, 0x0966)],
            "underscore between its digits": _parted(number, "_"),
            "another sign between its digits": [
                *_parted(number, "'"),
                *_parted(number, " "),
                *_parted(number, "\u202f"),
            ],
            "list": [f"{number},{number}", f"{number}|{number}", f"{number}, {number}"],
        },
    )


def lenient(id_: str) -> Spelling:
    """Return spellings that a reader of numbers may forgive: zeros, blanks, a sign, a point."""
    return _of_number(
        id_,
        lambda number: {
            "zeros before": [f"0{number}", f"000{number}", f"{number:020}"],
            "blanks around": [f" {number}", f"{number} ", f"\t{number}"],
            "the end of a line behind": [f"{number}\n"],
            "sign before": [f"+{number}"],
            "empty fraction": [f"{number}{end}" for end in (".0", ".", ".00", ",0")],
        },
    )


def json_values(id_: str) -> dict[str, list[object]]:
    """Return by strata the JSON values that hold an id, or nearly, and are none."""
    found: dict[str, list[object]] = {
        "alone in a list": [[id_]],
        "nested": [[[id_]], [id_, id_], {"id": id_}, {"$eq": id_}, {id_: id_}],
    }
    if id_.isascii() and id_.isdecimal() and int(id_) < _GREATEST_SAFE:
        found["fraction"] = [int(id_) + part for part in (0.5, 0.25, 0.75)]
    return found


NO_NAMES = {
    "text behind": ("/customersx", "/customers_", "/customers1", "/customers-", "/sourcesx"),
    "text behind a name below": tuple(
        f"/customers/{{parent}}/voicemail_greetings{end}" for end in ("_old", "x", "2", "-all")
    ),
    "text before a name below": tuple(
        f"/customers/{{parent}}/{start}voicemail_greetings" for start in ("x", "my_", "old-")
    ),
    "text before": ("/xcustomers", "/my-customers", "/_customers", "/custom%25", "/*"),
    "text in a group": ("/statistics/cdrsx", "/statistics/xcdrs", "/statisticsx/cdrs"),
    "another group": ("/miscellaneous/customers", "/statistics/customers"),
    "no group": ("/cdrs", "/ping"),
}
"""Paths that resemble the name of a resource, by what a router may overlook.

`{parent}` is the id of a customer who has greetings.
"""


def _parted(number: int, sign: str) -> list[str]:
    """Return a number with a sign behind its first digit; nothing where it has no other."""
    return [f"{str(number)[:1]}{sign}{str(number)[1:]}"] if number > LAST_DIGIT else []


def _of_number(id_: str, strata: Callable[[int], Spelling]) -> Spelling:
    return strata(int(id_)) if id_.isascii() and id_.isdecimal() else {}


def _cut_short(id_: str) -> list[str]:
    """Return parts of an id; none that a reader who forgives zeros takes for another record's."""
    return [each for each in (id_[:-1], id_[1:], id_[:-2]) if each and not each.startswith("0")]


def _digits(id_: str, zero: int) -> str:
    """Return a number in other decimal digits, of which the first is given as a code point."""
    return "".join(chr(zero + int(digit)) for digit in id_)
