"""What a run says of the changes since its baseline, in the parts of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.results.counts import named_few, number_of

if TYPE_CHECKING:
    from conformance.results.baseline import Changes


def told_broken(changes: Changes, rules: int) -> str:
    """Say which of so many rules are broken and were not before."""
    parts = []
    if changes.since:
        broken = number_of(len(changes.since), "rule")
        parts.append(
            f"{broken} of {rules} held in the baseline and broken: {named_few(changes.since)}"
        )
    if changes.untried:
        broken = number_of(len(changes.untried), "rule")
        parts.append(
            f"{broken} broken that the baseline has not tried: {named_few(changes.untried)}"
        )
    return "; ".join([*parts, *remarks(changes)])


def told_withdrawn(changes: Changes) -> str:
    """Say which rules the target cannot be held to any more."""
    text = (
        f"{number_of(len(changes.withdrawn), 'MUST rule')} held in the baseline, and what they are "
        f"about is not offered any more: {named_few(changes.withdrawn)}"
    )
    return "; ".join([text, *remarks(changes)])


def told_stale(changes: Changes) -> str:
    """Say which rules hold again, and what to do."""
    text = (
        f"{number_of(len(changes.fixed), 'rule')} broken in the baseline and held now: "
        f"{named_few(changes.fixed)}; take the run.json of this run as the baseline"
    )
    return "; ".join([text, *remarks(changes)])


def remarks(changes: Changes) -> list[str]:
    """Say what is to be known beside that: no part for what there is none of."""
    parts = []
    if changes.known:
        parts.append(f"{len(changes.known)} broken as in the baseline: {named_few(changes.known)}")
    if changes.unseen:
        unseen = named_few(changes.unseen)
        parts.append(f"{len(changes.unseen)} held in the baseline and not seen now: {unseen}")
    if changes.readings:
        other = number_of(len(changes.readings), "open question")
        parts.append(
            f"{other} answered otherwise than in the baseline: {named_few(changes.readings)}"
        )
    return parts
