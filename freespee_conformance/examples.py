"""What the help of each command shows at its end: lines that can be typed as they stand."""

from __future__ import annotations

PROGRAM = "freespee-conformance"

EXAMPLES = {
    "certify": (
        "certify",
        "certify https://host/2.4.9 --allow-writes",
        "certify https://host/2.4.9 --allow-writes --ca-bundle ca.pem",
        "certify --target partner.toml --profile thorough",
    ),
    "smoke": (
        "smoke https://host/2.4.9",
        "smoke https://host/2.4.9 --contact me@host.example --rate 2",
    ),
    "check": (
        "check https://host/2.4.9",
        "check https://host/2.4.9 --chapter Paging --level MUST",
        "check https://host/2.4.9 --allow-writes --rule post-creates-exactly-one",
        "check https://host/2.4.9 --baseline run.json",
        "check https://host/2.4.9 --show-config",
    ),
    "plan": (
        "plan https://host/2.4.9",
        "plan https://host/2.4.9 --allow-writes --profile thorough",
    ),
    "list": (
        "list",
        "list --chapter Paging --level SHOULD",
    ),
    "explain": (
        "explain put-unknown-id-creates-nothing",
        "explain S13",
        "explain 11",
    ),
    "init": (
        "init https://host/2.4.9",
        "init https://host/2.4.9 --ca-bundle ca.pem --output partner.toml",
    ),
    "cleanup": (
        "cleanup reports",
        "cleanup reports --delete",
        "cleanup reports --older-than 24h --base-url https://host/2.4.9",
    ),
    "serve": (
        "serve",
        "serve --port 8443 --log",
    ),
    "completion": (
        "completion bash >> ~/.bashrc",
        "completion fish > ~/.config/fish/completions/freespee-conformance.fish",
    ),
}
"""The examples of each command, without the name of the program."""


def epilog_of(name: str) -> str:
    """Return the end of a command's help, with marks that have click leave its lines as they are.

    Raises KeyError for a command without examples.
    """
    return "\n".join(["Examples:", "", "\b", *(f"  {PROGRAM} {each}" for each in EXAMPLES[name])])
