"""Servers that lie about ids: no run aims a write at what was there before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from running import suite, two_at_a_time

from reference.hostile import Hostile, modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from running import Outcome

pytestmark = pytest.mark.whole_run

LIES = (
    "id-empty",
    "id-nested",
    "id-query-after",
    "id-of-million",
    "id-stolen",
    "record-stolen",
    "record-by-other-id",
    "ids-swapped-in-lists",
    "put-changes-another",
)
DAILY = ("ids-swapped-in-lists",)
"""The one that is told each time; the others are left to the proof."""

PUT_WITHOUT_AN_ID = ("PUT customers/", "PUT voicemail_greetings/")
"""What the rules about a PUT without an id send: it can name no record."""


def lied_to(lie: str, target: Path) -> tuple[Outcome, Hostile]:
    """Run the rules that create, read and update against a server that tells a lie."""
    with Hostile(modes()[lie]) as hostile:
        options = ("--allow-writes", "--profile=quick", f"--target={target}", "suites/consuming")
        return suite(
            f"--base-url={hostile.base_url}", f"--ca-bundle={hostile.ca_file}", *options
        ), hostile


@pytest.fixture(scope="module")
def ended(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[object]]]:
    """Each run against a lie that is chosen, two at a time."""
    target = tmp_path_factory.mktemp("lies") / "target.toml"
    target.write_text("[limits]\ntimeout = 2\n", encoding="utf-8")
    names = {item.name for item in request.session.items if item.path == request.path}
    chosen = [lie for lie in LIES if any(f"[{lie}]" in name for name in names)]
    with two_at_a_time() as pool:
        yield {lie: pool.submit(lied_to, lie, target) for lie in chosen}


@pytest.mark.parametrize(
    "lie",
    [pytest.param(lie, marks=() if lie in DAILY else pytest.mark.proof) for lie in LIES],
)
def test_nothing_of_before_is_written_to(
    lie: str, ended: dict[str, Future[tuple[Outcome, Hostile]]]
) -> None:
    """The run ends with a verdict, other than conformant, and no record of before was aimed at."""
    outcome, hostile = ended[lie].result()

    assert hostile.account.harmed == []
    assert [each for each in hostile.account.aimed if each not in PUT_WITHOUT_AN_ID] == []
    assert outcome.exit_code in (1, 11)
    assert "Traceback" not in outcome.output
