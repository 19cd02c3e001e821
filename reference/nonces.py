"""Which counts of which nonces have been used: the memory of digest authentication."""


class CountWindow:
    """The counts that came with one nonce.

    Concurrent callers share a nonce, so counts may arrive out of order: the newest `size` of them
    are remembered one by one; a count older than these passes for used.
    """

    __slots__ = ("highest", "seen", "size")

    def __init__(self, size: int) -> None:
        """Start with nothing used but the count 0, which is never good."""
        self.size = size
        self.highest = 0
        self.seen = 1  # bit n stands for the count highest - n

    def take(self, count: int) -> bool:
        """Use a count up, and tell whether it was still to be had."""
        ahead = count - self.highest
        if ahead > 0:
            kept = self.seen << ahead if ahead < self.size else 0
            self.seen = (kept | 1) & ((1 << self.size) - 1)
            self.highest = count
            return True
        if -ahead >= self.size or self.seen >> -ahead & 1:
            return False
        self.seen |= 1 << -ahead
        return True

    def take_all(self) -> bool:
        """Use every count up, and tell whether all were still to be had."""
        untouched = self.highest == 0
        self.highest = 1 << 32  # counts have eight hexadecimal digits
        self.seen = (1 << self.size) - 1
        return untouched


class NonceMemory:
    """The nonces in use, `limit` of them at most.

    When one has to be forgotten, all that were issued no later are worn out with it: otherwise a
    request that used it could be repeated.
    """

    def __init__(self, limit: int) -> None:
        """Start without any nonce."""
        self.limit = limit
        self._windows: dict[str, tuple[int, CountWindow]] = {}
        self._horizon = 0

    def window(self, nonce: str, issued: int, size: int) -> CountWindow | None:
        """The counts of a nonce issued at the moment `issued`; None when they may be forgotten."""
        known = self._windows.get(nonce)
        if known is not None:
            return known[1]
        if issued <= self._horizon:
            return None
        if len(self._windows) >= self.limit:
            forgotten, _ = self._windows.pop(next(iter(self._windows)))
            self._horizon = max(self._horizon, forgotten)
        window = CountWindow(size)
        self._windows[nonce] = (issued, window)
        return window
