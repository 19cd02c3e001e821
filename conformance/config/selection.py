"""The selection: which cases of the suite a run was asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

SMOKE = "smoke"
"""The mark of the rules that a smoke run consists of, and the mark expression that asks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run was narrowed down to; each field that is empty leaves every case in.

    `rules`, `statements`, `chapters` and `levels` are the names that our own options gave, spelt as
    the suite spells them; a rule may have the parameters of one case behind it. `keywords` and
    `marks` are pytest's -k and -m, `places` the paths and node ids of the command line where they
    are not the whole suite, and `others` the options of pytest that leave cases out, such as --lf.
    `left_out` counts the cases that were deselected although the marks let them in.
    """

    rules: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    keywords: str = ""
    marks: str = ""
    places: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the suite was left out."""
        return self == Selection()

    @property
    def is_smoke(self) -> bool:
        """Whether this is the smoke run, and the whole of it."""
        return self.marks == SMOKE and replace(self, marks="").is_whole

    @property
    def of_nothing(self) -> str:
        """The sentence that no rule is all that was asked for."""
        asked = (
            (self.rules, "called {}"),
            (self.chapters, "in chapter {}"),
            (self.statements, "about statement {}"),
            (self.levels, "at level {}"),
            (tuple(filter(None, [self.keywords])), "found by -k {!r}"),
            (tuple(filter(None, [self.marks])), "found by -m {!r}"),
            (self.places, "in {}"),
            (self.others, "left in by {}"),
        )
        parts = [" or ".join(map(said.format, names)) for names, said in asked if names]
        *first, last = parts or ["selected"]
        both = {0: "", 1: "both "}.get(len(first), "at once ")
        return f"no rule is {both}{', '.join(first)}{' and ' if first else ''}{last}"
