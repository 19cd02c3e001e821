"""The spaces of the rules about access hold what they say, and a share of them is repeatable."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from conformance.checks.forgeries import FORGERIES
from conformance.config import profiles
from conformance.config.sampling import share
from conformance.spec import entrances
from conformance.spec.addressing import Form, Override
from conformance.spec.digest_writings import BY_GRAMMAR, OF_CLIENTS, OF_VENDOR, Writing
from conformance.spec.plain_ways import METHODS, PLAIN_WRITES
from reference.digest import credentials_in
from suites.security.test_entrances import OF_METHODS, OF_TARGETS
from suites.security.test_forgeries import OF_FORGERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBERS = list(range(40))
FIELDS = {
    "username": "ada",
    "realm": 'an "API", too',
    "nonce": "0a",
    "uri": "/2.4.9/customers?custnr=a,b=c",
    "response": "0b",
    "qop": "auth",
    "nc": "00000001",
    "cnonce": "0c",
    "algorithm": "MD5",
    "opaque": "0d",
}


@pytest.fixture(params=[*profiles.EXAMPLES.items()], ids=[*profiles.EXAMPLES])
def profile(request: pytest.FixtureRequest) -> Iterator[str]:
    """Use a profile, by its name."""
    name, examples = request.param
    before = settings.get_current_profile_name()
    settings.register_profile("share", max_examples=examples)
    settings.load_profile("share")
    yield str(name)
    settings.load_profile(before)


def test_a_share_is_as_large_as_the_profile_says(profile: str) -> None:
    """A thorough run takes all, in order; any other begins with the first members."""
    found = share(MEMBERS, standard=10)

    assert len(found) == {"quick": 3, "standard": 10, "thorough": len(MEMBERS)}[profile]
    assert found[:2] == MEMBERS[:2]
    assert found == sorted(set(found))
    assert share(MEMBERS, standard=10) == found


def test_a_share_is_never_more_than_there_is() -> None:
    """Of few members it takes all, and none twice."""
    assert share(MEMBERS[:3], standard=10) == MEMBERS[:3]


def test_a_method_token_is_one_and_none_of_the_document() -> None:
    """Each may stand on a request line, and is in one stratum only."""
    tokens = [token for stratum in entrances.METHOD_TOKENS.values() for token in stratum]

    assert len(tokens) == len(set(tokens))
    assert set(tokens) & {"GET", "POST", "PUT", "DELETE", "CONNECT", "PRI"} == set()
    assert [
        token for token in tokens if not token.replace("-", "").replace("_", "").isalpha()
    ] == []


@pytest.mark.parametrize("side", ["claim", "accept", "place"])
def test_each_way_to_ask_meets_each_member_of_a_side(side: str) -> None:
    """But for writes, which aim at a record in every row, and for names of the server's machine."""
    array = [row for row in entrances.ENTRANCES if "Host" not in row.claim]
    reading = [row for row in array if row.asked.meant not in entrances.WRITES]
    members = {str(getattr(row, side)) for row in reading}
    met = {(str(row.asked), str(getattr(row, side))) for row in reading}

    assert len(met) == len({str(row.asked) for row in reading}) * len(members)


def test_writes_aim_at_a_record() -> None:
    """No list of an account is what an override aims at."""
    writing = [row for row in entrances.ENTRANCES if row.asked.meant in entrances.WRITES]

    assert writing
    assert {row.place for row in writing} == {entrances.RECORD}


def test_plain_writes_meet_two_by_two() -> None:
    """Any two of method, override, form, body and claim come together in some row."""
    sides = [METHODS, tuple(Override), tuple(Form), ("form", "JSON"), (False, True)]
    rows = [
        (row.method, row.way.override, row.way.form, row.way.body, row.claims)
        for row in PLAIN_WRITES
    ]

    for one, other in combinations(range(len(sides)), 2):
        met = {(row[one], row[other]) for row in rows}
        assert met == set(product(sides[one], sides[other]))


def test_each_stratum_has_its_share() -> None:
    """No stratum of a space is left out by the rule that walks through it."""
    assert set(OF_METHODS) == set(entrances.METHOD_TOKENS)
    assert set(OF_TARGETS) == set(entrances.LIST_TARGETS)
    assert set(OF_FORGERIES) == set(FORGERIES)


@pytest.mark.parametrize("writing", [*OF_VENDOR, *OF_CLIENTS, *BY_GRAMMAR], ids=str)
def test_a_writing_is_read_as_what_was_written(writing: Writing) -> None:
    """Whoever reads by the grammar gets the same values, however they are written."""
    fields = {**FIELDS, "cnonce": writing.cnonce or FIELDS["cnonce"]}

    found = credentials_in(writing.written(fields))

    assert found is not None
    assert {name: getattr(found, name) for name in fields} == fields
