"""Profiles and seeds: how many examples the rules with generated payloads try, and which.

A profile is one of Hypothesis. Runs with the same profile and seed send the same requests; only
`development` draws at random and keeps failures in `.hypothesis`, to try them first next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, core, settings

if TYPE_CHECKING:
    import pytest

EXAMPLES = {"quick": 2, "standard": 5, "thorough": 150}
"""The number of examples of a rule beside the explicit ones."""

STEPS = {"quick": 8, "standard": 10, "thorough": 25}
"""The number of steps of a walk of a state machine."""

DEVELOPMENT = "development"
DEFAULT = "standard"
NAMES = (*EXAMPLES, DEVELOPMENT)

_ANYWHERE = settings(
    deadline=None,
    derandomize=False,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.function_scoped_fixture),
)
"""Settings that Hypothesis would otherwise choose by the machine: in CI it ignores the seed."""

_SHARED = settings(_ANYWHERE, database=None, phases=(Phase.explicit, Phase.generate, Phase.shrink))


def use(config: pytest.Config, profile: str, seed: int) -> None:
    """Have Hypothesis use a profile and a seed.

    This has to be called before Hypothesis' own plugin is configured, which reads the seed.
    """
    for name, examples in EXAMPLES.items():
        settings.register_profile(
            name, _SHARED, max_examples=examples, stateful_step_count=STEPS[name]
        )
    settings.register_profile(
        DEVELOPMENT,
        _ANYWHERE,
        max_examples=EXAMPLES["thorough"],
        stateful_step_count=STEPS["thorough"],
        phases=(*_SHARED.phases, Phase.reuse),
    )
    settings.load_profile(profile)
    if config.getoption("prove"):  # that something is noticed is enough there
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("proof", settings.get_profile(profile), phases=phases)
        settings.load_profile("proof")
    if profile != DEVELOPMENT and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(seed)


def reseed(seed: int) -> None:
    """Have Hypothesis use another seed from here on, in a session of several runs."""
    core.global_force_seed = seed  # type: ignore[assignment]  # declared as None alone
