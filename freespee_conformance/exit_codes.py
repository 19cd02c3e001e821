"""What each exit code of the command means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

USAGE = 4
INTERRUPTED = 2
INTERNAL_ERROR = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an exit code means in a few words, at length, and what to do about it."""

    word: str
    text: str
    remedy: str


EXIT_CODES = {
    0: Meaning(
        "conformant",
        "A full run found the server conformant; a run of any other kind found nothing broken; one "
        "with a baseline found nothing broken that held before. "
        "Deviations from SHOULD rules do not change that, unless --strict-should is given.",
        "Nothing. Of a run that is not full, the conclusion says what it did not look at.",
    ),
    1: Meaning(
        "not conformant",
        "A MUST rule is broken, or with --strict-should a SHOULD rule. It is never said for "
        "trouble of the suite, the disk, the network or the user.",
        "Read report.html: it names the statement, what was expected and what was observed, and "
        "has a curl line that repeats it.",
    ),
    INTERRUPTED: Meaning(
        "interrupted",
        "Ctrl-C, SIGTERM or SIGHUP ended the rules. The run has deleted its records, and has "
        "written its results.",
        "Start it again. Where the clean-up was interrupted as well, see the command cleanup.",
    ),
    INTERNAL_ERROR: Meaning(
        "internal error",
        "A bug of the suite, or results that could not be written. It says nothing about the "
        "server.",
        "See that there is room on the disk; otherwise report the text of the error.",
    ),
    USAGE: Meaning(
        "usage",
        "The command line, a variable of the environment or the target file cannot be used as "
        "they are. Nothing was sent.",
        "The message names what is wrong and what would be right; --show-config says what comes "
        "from where.",
    ),
    5: Meaning(
        "nothing selected",
        "No rule is selected by what was asked for.",
        "See with the command list which rules there are.",
    ),
    10: Meaning(
        "unreachable",
        "The server cannot be reached, or is gone; or it refused the credentials before the first "
        "rule, or refuses them for good after wrong ones.",
        "The conclusion names the cause: the host, the port, the certificate, or the credentials.",
    ),
    11: Meaning(
        "incomplete",
        "A MUST rule that applies could not be tried, the server stayed too busy, the budget was "
        "spent, or the run is not of the required kind.",
        "The conclusion names the rules. The report says of each what it lacks.",
    ),
    12: Meaning(
        "stale baseline",
        "A rule that was broken in the baseline holds now. Nothing that held before is broken.",
        "Take the run.json of this run as the baseline, so that the rule cannot break again "
        "unnoticed.",
    ),
    13: Meaning(
        "records left",
        "Records that the run made may be left on the server.",
        "freespee-conformance cleanup REPORTS shows them, and deletes them with --delete.",
    ),
}
"""The meaning of each exit code; 2 to 5 are those of pytest."""
