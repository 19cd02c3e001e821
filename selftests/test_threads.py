"""Cases on several threads: what they share is safe, and who interrupts them is obeyed."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.clients.made_once import made_once
from conformance.clients.needed import Needed
from conformance.clients.shared_records import SharedRecords, belonging_to, holding
from conformance.clients.workers import on_threads
from conformance.runner.crew import Crew
from conformance.spec.addressing import Identity
from conformance.spec.resources import CUSTOMERS
from conformance.wire.exchanges import Exchange
from conformance.wire.journal import Journal
from conformance.wire.overlaps import Moment, in_order
from conformance.wire.recorder import placed, recording
from conformance.wire.settling import Lag
from conformance.wire.transport import response_of

if TYPE_CHECKING:
    from collections.abc import Callable

ONE, OTHER = Identity(CUSTOMERS, "1"), Identity(CUSTOMERS, "2")


def asked(method: str, path: str) -> Exchange:
    """Return an exchange with such a request."""
    return Exchange("api", method, f"https://host/2.4.9{path}", {}, b"", None, 0.0)


def ordered(*moments: tuple[str, str, int, float, float]) -> list[str]:
    """Return what is certain of requests: method, path, place, begin and end."""
    given = [
        Moment(asked(method, path), place, began, ended)
        for method, path, place, began, ended in moments
    ]
    in_time = sorted(given, key=lambda each: each.ended)
    return [f"{each.method} {each.url.partition('2.4.9')[2]}" for each in in_order(in_time)]


def test_a_read_beside_a_write_of_the_same_is_uncertain() -> None:
    """What a list or a record shows while another case writes it says nothing of the order."""
    found = ordered(
        ("PUT", "/customers/1", 0, 1.0, 3.0),
        ("GET", "/customers/1", 1, 2.0, 4.0),
        ("GET", "/customers/2", 1, 2.0, 4.1),
        ("GET", "/customers", 2, 0.0, 2.0),
        ("GET", "/users", 3, 0.0, 2.1),
    )

    assert found == ["GET /users", "PUT /customers/1", "GET /customers/2"]


def test_an_answer_may_show_what_its_request_does_not_name() -> None:
    """A server may ignore an id that it cannot read, and answer with all that there is."""
    body = b'{"customers": [{"customer_id": "1"}]}'
    response = response_of(200, (("Content-Type", "application/json"),), body)
    odd = replace(asked("GET", "/customers?customer_id=x"), response=response)
    write = asked("PUT", "/customers/1")

    found = in_order([Moment(write, 0, 1.0, 2.0), Moment(odd, 1, 1.5, 2.5)])

    assert found == [write]


def test_a_read_beside_a_write_of_another_thread_of_its_case_is_uncertain() -> None:
    """A case that sends at once with several threads does not know what came first either."""
    read, write = asked("GET", "/customers/1"), asked("PUT", "/customers/1")

    beside = in_order([Moment(read, 0, 1.5, 1.9, thread=1), Moment(write, 0, 1.0, 2.0, thread=2)])
    behind = in_order([Moment(read, 0, 1.5, 1.9, thread=1), Moment(write, 0, 1.0, 2.0, thread=1)])

    assert [beside, behind] == [[write], [read, write]]


def test_a_read_that_may_lag_is_uncertain() -> None:
    """A list that is known to be behind by a second is one, until that second is over."""
    write, read = asked("PUT", "/customers/1"), asked("GET", "/customers/1")
    early, late = asked("GET", "/customers"), asked("GET", "/customers?page=0")
    given = [Moment(write, 0, 1.0, 2.0), Moment(read, 0, 2.1, 2.2)]
    given += [Moment(early, 0, 2.3, 2.4), Moment(late, 0, 3.3, 3.4)]

    assert in_order(given, Lag(lists=1.0)) == [write, read, late]
    assert in_order(given) == [write, read, early, late]


def test_what_a_case_sent_itself_is_certain() -> None:
    """Its own order is kept, and so is a read that ended before another case wrote."""
    found = ordered(
        ("PUT", "/customers/1", 0, 1.0, 2.0),
        ("GET", "/customers/1", 0, 2.0, 3.0),
        ("GET", "/customers/1", 1, 3.1, 4.0),
        ("DELETE", "/customers/1", 0, 4.1, 5.0),
    )

    assert found == [
        "PUT /customers/1",
        "GET /customers/1",
        "GET /customers/1",
        "DELETE /customers/1",
    ]


def test_an_id_may_be_given_out_before_its_delete_is_answered() -> None:
    """A DELETE comes where it began; what goes with a customer is uncertain meanwhile."""
    found = ordered(
        ("DELETE", "/customers/1", 0, 1.0, 3.0),
        ("POST", "/customers", 1, 1.5, 2.0),
        ("GET", "/users", 2, 1.5, 2.5),
        ("GET", "/customers/1/voicemail_greetings/7", 3, 1.5, 2.6),
    )

    assert found == ["DELETE /customers/1", "POST /customers"]


def test_rules_about_a_run_see_one_case_after_the_other() -> None:
    """Whatever the order in which exchanges ended; what was sent again belongs to its case."""
    journal, kept = Journal(), {}
    for place, path in ((1, "/a"), (0, "/b"), (1, "/c"), (0, "/b"), (1, "/d")):
        with placed(place), recording():
            kept[path] = asked("GET", path)
            journal.add(kept[path])

    assert [each.url[-2:] for each in journal.judged] == ["/b", "/b", "/a", "/c", "/d"]

    journal.supersede(kept["/b"])

    assert [each.url[-2:] for each in journal.judged] == ["/a", "/c", "/d"]


def test_a_shared_record_is_with_one_case_at_a_time() -> None:
    """Whoever asks beside its holder gets another one; later cases get it again."""
    pool = SharedRecords()
    with holding():
        pool.hold("bait", ONE)
        assert pool.held("bait") == ONE
        assert on_threads(_held_by_another, [pool, pool], 2) == [None, None]

    with holding():
        assert pool.held("bait") == ONE


def test_a_shared_owner_comes_with_what_it_owns() -> None:
    """Of the customers that are free a case gets the one that has what it asks for below it."""
    pool = SharedRecords()
    with holding():
        pool.hold("customers", ONE)
        pool.hold(belonging_to(ONE, "bait"), OTHER)
    with holding():
        pool.hold("customers", OTHER)

    with holding():
        assert pool.held("customers", owning="bait") == ONE
    with holding():
        assert pool.held("customers") == ONE  # the last one that was given back


def _held_by_another(pool: SharedRecords) -> Identity | None:
    with holding():
        return pool.held("bait")


def test_what_is_being_deleted_is_handed_out_to_nobody() -> None:
    """A record that no case needs may be deleted, and no case gets it meanwhile."""
    needed = Needed()
    with recording() as recorder, needed.running(recorder):
        needed.note(OTHER)
        with needed.giving_up([ONE, OTHER], list) as going:
            assert going == [ONE]
            assert not needed.hand_out(ONE)
            assert needed.hand_out(OTHER)

        assert needed.hand_out(ONE)
        with needed.giving_up([ONE, OTHER], list) as going:
            assert going == []


class Slow:
    """Makes something that takes its time."""

    made = 0

    @made_once
    def thing(self) -> int:
        """How often it was made by then."""
        time.sleep(0.01)
        self.made += 1
        return self.made


def test_a_property_is_made_once_by_all_threads() -> None:
    """Each object has its own."""
    slow = Slow()

    assert on_threads(lambda _: slow.thing, range(8), 8) == [1] * 8
    assert Slow().thing == 1


def nothing() -> None:
    """Do nothing."""


def noting(done: list[int], number: int) -> Callable[[], None]:
    """Return what notes a number."""
    return lambda: done.append(number)


def test_a_crew_does_all_there_is_to_do() -> None:
    """Also after one of its members has failed; that is raised."""
    done: list[int] = []

    def fail() -> None:
        message = "one of them"
        raise ValueError(message)

    crew = Crew(3)
    with pytest.raises(ValueError, match="one of them"):
        crew.do([fail, *(noting(done, number) for number in range(20))], nothing)
    crew.dismiss()

    assert sorted(done) == [*range(20)]


def test_a_crew_that_is_dismissed_begins_nothing_more() -> None:
    """Whoever looks may interrupt it; what is under way ends."""
    done: list[int] = []
    started, going_on = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        going_on.wait()
        done.append(0)

    def interrupt() -> None:
        if started.is_set():
            raise KeyboardInterrupt

    crew = Crew(1)
    with pytest.raises(KeyboardInterrupt):
        crew.do([work, noting(done, 1)], interrupt)
    going_on.set()
    crew.dismiss()

    assert done == [0]
