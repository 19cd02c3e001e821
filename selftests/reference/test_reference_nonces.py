"""The memory of digest authentication: what is used, what is forgotten."""

from collections.abc import Iterator

from reference.nonces import CountWindow, NonceMemory


def counts(window: CountWindow, *taken: int) -> Iterator[bool]:
    """Whether counts can be taken, one after the other."""
    return (window.take(count) for count in taken)


def test_counts_may_come_out_of_order() -> None:
    """Within the window each count is good once, in whatever order; what is older is not."""
    window = CountWindow(8)

    assert list(counts(window, 0, 3, 1, 2, 3, 1, 11, 4, 3, 5, 5)) == [
        *(False, True, True, True, False, False),
        *(True, True, False, True, False),
    ]


def test_a_huge_count_takes_no_memory() -> None:
    """The memory of a window does not grow with the counts."""
    window = CountWindow(8)

    assert list(counts(window, 0xFFFFFFFF, 0xFFFFFFFE, 1)) == [True, True, False]
    assert window.seen < 1 << 8


def test_nonces_that_may_be_forgotten_are_worn_out() -> None:
    """When the memory is full the oldest nonce goes, and all that were issued before it."""
    memory = NonceMemory(2)
    first, second = memory.window("a", 5, 8), memory.window("b", 6, 8)

    assert memory.window("a", 5, 8) is first
    assert memory.window("c", 7, 8) is not None
    assert memory.window("a", 5, 8) is None
    assert memory.window("b", 6, 8) is second
    assert memory.window("d", 4, 8) is None
